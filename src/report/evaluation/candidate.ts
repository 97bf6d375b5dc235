import type { Evaluation } from '../../documents/evaluation.js';
import { fact } from '../blocks/facts.js';
import { formatNumber } from '../format/numbers.js';
import type { CandidateView, FactView } from '../view.js';

type Candidate = Evaluation['models'][number];

export function candidateView(model: Candidate, chosen: boolean): CandidateView {
  return { name: model.name, chosen, facts: factsOf(model), importance: importanceOf(model) };
}

function factsOf({ family, columns, threshold, thresholdReason, training }: Candidate): FactView[] {
  const facts = [
    fact('Family', family),
    { label: 'Features', text: String(columns.length), full: columns.join(', ') },
    ...(threshold === null ? [] : [{ label: 'Threshold', text: formatNumber(threshold), full: thresholdReason }]),
  ];
  const { rounds, bestIteration } = training;
  if (bestIteration === undefined) return facts;
  return [...facts, { label: 'Best round', text: `${bestIteration}${rounds ? ` of ${rounds}` : ''}`, full: null }];
}

/** How much of all gain each column brings; bars are drawn against the largest. */
function importanceOf({ importance }: Candidate): CandidateView['importance'] {
  const total = importance.reduce((sum, { gain }) => sum + Math.abs(gain), 0);
  if (total === 0) return { absent: 'This model does not say how much it uses each feature.' };
  const rows = importance
    .map(({ column, gain }) => ({ column, part: Math.abs(gain) / total }))
    .sort((a, b) => b.part - a.part);
  const top = rows[0]!.part;
  return rows.map(({ column, part }) => ({ column, share: part / top, text: formatNumber(part, 2) }));
}
