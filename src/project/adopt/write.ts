import type { AdoptedSystem } from './facts.js';

/** `mlops.json` and `features.sql` of a project that begins with a system which runs already. */
export function adoptedTexts(system: AdoptedSystem): { mlops: string; sql: string } {
  const { name, endpoint, capture, instance, task, columns, target, entity, time, environment } = system;
  const file = {
    name,
    sources: { records: { files: system.table, optional: true } },
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
  const origin = system.dataGatesOnly
    ? ['-- What the endpoint was asked, a row a request.']
    : [
        '-- The records as the feature groups hold them. Nothing is read from here until you put a table there:',
        `--   mlops feature-group export ${name}-production ${system.table} --env aws`,
      ];
  const sql = [...origin, 'SELECT * FROM records', ''];
  return { mlops: `${JSON.stringify(file, null, 2)}\n`, sql: sql.join('\n') };
}

function gatesOf({ task, targetRecall, dataGatesOnly }: AdoptedSystem): object[] {
  const data = [
    { id: 'nulls', level: 'advisory', rule: 'null_pct(*) <= 5' },
    { id: 'drift', level: 'hard', rule: 'z_mean(*) <= 2', action: 'retrain' },
  ];
  if (dataGatesOnly) return data;
  if (task === 'regression') return [{ id: 'rmse', level: 'hard', rule: 'rmse <= 1.25 * baseline' }, ...data];
  const recall = `recall >= ${targetRecall ?? 0.7}`;
  return [
    { id: 'recall', level: 'hard', rule: recall, minSamples: 5, action: 'retrain' },
    { id: 'false-positives', level: 'soft', rule: 'fpr <= 1.25 * baseline' },
    { id: 'roc-auc', level: 'soft', rule: 'roc_auc >= 0.95 * baseline' },
    { id: 'average-precision', level: 'soft', rule: 'average_precision >= 0.90 * baseline' },
    { id: 'precision', level: 'advisory', rule: 'precision >= 0.80 * baseline' },
    ...data,
  ];
}
