import { partNames, type AdoptedSystem } from './facts.js';
import { isReserved } from '../from-table/reserved-words.js';

/** `mlops.json` and `features.sql` of a project that begins with a system which runs already. */
export function adoptedTexts(system: AdoptedSystem): { mlops: string; sql: string } {
  const { name, endpoint, capture, instance, task, columns, target, entity, time, environment } = system;
  const file = {
    name,
    sources: { records: { files: system.table } },
    features: {
      entity,
      time,
      split: { by: 'entity', seed: 42, train: 0.4, validation: 0.1, test: 0.1, production: 0.4 },
    },
    model: {
      task,
      target,
      candidates: [
        task === 'binary'
          ? { name: 'lightgbm', family: 'lightgbm', columns, classWeight: 'sqrt' }
          : { name: 'lightgbm', family: 'lightgbm', columns },
      ],
      threshold: task === 'binary' ? { keep: `recall >= ${system.targetRecall ?? 0.7}` } : undefined,
      choose: task === 'binary' ? { metric: 'average_precision' } : { metric: 'rmse' },
    },
    endpoint: { name: endpoint, capture, instance },
    monitor: {
      gates: gatesOf(system),
      soft: task === 'binary' && !system.dataGatesOnly ? { fail: 2, action: 'retrain' } : undefined,
    },
    environments: { aws: { kind: 'aws', ...environment } },
  };
  return { mlops: `${JSON.stringify(file, null, 2)}\n`, sql: sqlOf(system) };
}

function sqlOf(system: AdoptedSystem): string {
  if (!system.dataGatesOnly) return `${groupsSql(system).join('\n')}\n`;
  const { target } = system;
  return `-- What the endpoint was asked, a row each. Nobody knows yet what was true: put it in place of NULL, by event_id.
SELECT *, NULL::DOUBLE AS ${quoted(target)} FROM records
`;
}

/**
 * The records of the feature groups, from files that they are exported to. One that stands in two groups counts once:
 * this machine divides the rows anew.
 */
function groupsSql({ name, table, environment, group }: AdoptedSystem): string[] {
  const { recordId, eventTime } = group ?? { recordId: 'record_id', eventTime: 'event_time' };
  const id = recordId === 'record_id' ? '' : `, ${quoted(recordId)} AS record_id`;
  const named = Object.keys(environment.featureGroups ?? {});
  const parts = named.length > 0 ? named : Object.values(partNames);
  return [
    '-- The records as the feature groups hold them, to learn from them on this machine. Fetch them first:',
    ...parts.map((part) => `--   mlops feature-group export ${name}-${part} ${table.replace('*', part)} --env aws`),
    `SELECT * EXCLUDE (${quoted(eventTime)})${id} FROM records`,
    `QUALIFY row_number() OVER (PARTITION BY ${quoted(recordId)} ORDER BY ${quoted(eventTime)} DESC) = 1`,
  ];
}

const quoted = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !isReserved(name) ? name : `"${name.replaceAll('"', '""')}"`;

function gatesOf({ task, targetRecall, dataGatesOnly }: AdoptedSystem): object[] {
  const data = [
    { id: 'nulls', level: 'advisory', rule: 'null_pct(*) <= 5', minSamples: 30 },
    { id: 'drift', level: 'hard', rule: 'z_mean(*) <= 2', minSamples: 30, action: 'retrain' },
  ];
  if (dataGatesOnly) return data;
  if (task === 'regression')
    return [{ id: 'rmse', level: 'hard', rule: 'rmse <= 1.25 * baseline', minSamples: 30 }, ...data];
  const recall = `recall >= ${targetRecall ?? 0.7}`;
  return [
    { id: 'recall', level: 'hard', rule: recall, minSamples: 5, action: 'retrain' },
    { id: 'false-positives', level: 'soft', rule: 'fpr <= 1.25 * baseline', minSamples: 30 },
    { id: 'roc-auc', level: 'soft', rule: 'roc_auc >= 0.95 * baseline', minSamples: 30 },
    { id: 'average-precision', level: 'soft', rule: 'average_precision >= 0.90 * baseline', minSamples: 30 },
    { id: 'precision', level: 'advisory', rule: 'precision >= 0.80 * baseline', minSamples: 10 },
    ...data,
  ];
}
