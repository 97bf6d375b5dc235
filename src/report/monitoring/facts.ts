import { fact, runFact } from '../blocks/facts.js';
import { formatWindow } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { plural, shortened, versionWord } from '../format/words.js';
import type { FactView } from '../view-parts.js';
import type { ReportSource } from './report-source.js';

/** The line of facts: what was judged, by what, and when. What is not recorded says so. */
export function factsOf(source: ReportSource, now: Date): FactView[] {
  return [
    fact('Project', source.project),
    fact('Environment', source.environment),
    fact('Model', modelText(source)),
    dataFact(source),
    ...unlabelledFact(source),
    fact('Baseline', source.baselineId),
    runFact(source.runAt, now),
  ];
}

/** Rows that no label has reached yet are said, for no figure of quality counts them. */
function unlabelledFact({ unlabelled }: ReportSource): FactView[] {
  if (unlabelled === null || unlabelled === 0) return [];
  const full = 'Without a label yet: they count for drift and nulls, not for quality.';
  return [{ label: 'Unlabelled', text: `${formatCount(unlabelled)} ${plural(unlabelled, 'row')}`, full }];
}

/** "v3 lightgbm". */
export function modelText({
  modelVersion,
  modelName,
}: Pick<ReportSource, 'modelVersion' | 'modelName'>): string | null {
  return [modelVersion === null ? null : versionWord(modelVersion), modelName].filter(Boolean).join(' ') || null;
}

function dataFact({ data, window, n }: ReportSource): FactView {
  const parts = [
    data === null ? '' : shortened(data),
    window ? formatWindow(window.from, window.to) : '',
    n === null ? '' : `n ${formatCount(n)}`,
  ].filter(Boolean);
  return { label: 'Data', text: parts.join(', ') || 'not recorded', full: data };
}
