import { formatAge, formatMoment, formatWindow } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import type { ReportSource } from '../monitoring/report-source.js';
import type { FactView } from '../view.js';
import { plural, shortened, versionWord } from '../format/words.js';

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

/** @param most characters that are shown of it */
export function fact(label: string, text: string | null, most?: number): FactView {
  if (text === null || text === '') return { label, text: 'not recorded', full: null };
  const short = shortened(text, most);
  return { label, text: short, full: short === text ? null : text };
}

/** An address is what people copy: only a very long one is shortened. */
export const whereFact = (uri: string): FactView => fact('Where', uri, 120);

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

export function runFact(at: string | null, now: Date): FactView {
  if (at === null) return { label: 'Run', text: 'not recorded', full: null };
  return { label: 'Run', text: formatMoment(at), full: formatAge(at, now) || null };
}
