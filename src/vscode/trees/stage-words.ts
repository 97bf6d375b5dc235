import type { MonitoringResults } from '../../documents/monitoring.js';
import type { RunFigures } from '../../documents/run.js';
import type { StageStatus } from '../../pipeline/status/status.js';
import { metricTitle, nameOf, parseMetric } from '../../report/format/figure-names.js';
import { formatCount, formatNumber } from '../../report/format/numbers.js';
import { operatorSigns, versionWord } from '../../report/format/words.js';
import type { Operator } from '../../documents/gates/verdict.js';

/** The one figure that says most of a task, in the order in which it is looked for. */
const telling = ['roc_auc', 'rmse', 'macro_f1', 'accuracy'];

/** What a stage last came to, in the few words that fit beside its name; its own summary where there are none. */
export function stageWords(
  { name, summary, figures }: Pick<StageStatus, 'name' | 'summary' | 'figures'>,
  results: MonitoringResults | undefined,
): string | null {
  const version = typeof figures.modelVersion === 'string' ? versionWord(figures.modelVersion) : null;
  switch (name) {
    case 'ingest': {
      const counts = Object.entries(figures).flatMap(([key, value]) =>
        key.endsWith('_rows') && typeof value === 'number' ? [value] : [],
      );
      return counts.length === 0 ? summary : `${formatCount(counts.reduce((sum, count) => sum + count, 0))} rows`;
    }
    case 'features':
      return typeof figures.entities === 'number' ? `${formatCount(figures.entities)} rows` : summary;
    case 'train':
      return version === null ? summary : [version, figureWords(figures)].filter(Boolean).join(' · ');
    case 'deploy':
      return version === null ? summary : `serves ${version}`;
    case 'monitor':
      return results === undefined ? summary : verdictWords(results);
    case 'retrain':
      return summary?.split(':', 1)[0] ?? null;
  }
}

function figureWords(figures: RunFigures): string | null {
  const found = telling.find((figure) => typeof figures[figure] === 'number');
  return found === undefined ? null : `${nameOf(found).title} ${formatNumber(figures[found] as number)}`;
}

/** "recall 0.625 < 0.70": the first gate that made the verdict; of one that is well, how many gates hold. */
function verdictWords({ verdict, gates }: MonitoringResults): string {
  const first = verdict === 'pass' ? undefined : gates.find(({ status }) => status === verdict);
  if (first === undefined) return `${verdict} · ${gates.length} gates`;
  return gateWords(first);
}

type Gate = MonitoringResults['gates'][number];

const opposite: Partial<Record<Operator, string>> = { '>=': '<', '<=': '>', '>': '≤', '<': '≥' };

function gateWords({ metric, value, operator, threshold, status }: Gate): string {
  const words = metricTitle(parseMetric(metric));
  // A long name leaves no room for the figures; what the rule calls it is known to who wrote it.
  const title = words.length <= 18 ? words : metric.replace(/\(.*/, '');
  if (value === null || threshold === null) return `${status}: ${title}`;
  const broken = status === 'fail' || status === 'warn';
  const sign = (broken ? opposite[operator] : undefined) ?? operatorSigns[operator];
  return `${title} ${formatNumber(value)} ${sign} ${formatNumber(threshold)}`;
}
