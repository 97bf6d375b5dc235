import { monitoringResultsSchema } from '../../documents/monitoring.js';
import type { Run } from '../../documents/run.js';
import { parseJson } from '../../pipeline/store.js';
import type { Environment } from '../../platform/ports/environment.js';
import { comparableOf, withCommonStages, type Comparable } from '../../report/comparison/comparable.js';
import { compare } from '../../report/comparison/compare.js';
import { reads } from '../operation.js';
import { mustRead } from './show.js';

/** Two runs side by side: their stages' figures, and the gates and columns that their monitor stages judged. */
export const compareRuns = reads('runs.compare', async (at, { a, b }: { a: string; b: string }) => {
  const [left, right] = [await mustRead(at, a), await mustRead(at, b)];
  const [ofLeft, ofRight] = withCommonStages(left, right);
  return compare(await withResults(at.environment, left, ofLeft), await withResults(at.environment, right, ofRight));
});

async function withResults({ objects }: Environment, run: Run, common: Run): Promise<Comparable> {
  const own = comparableOf(run.id, { kind: 'run', document: common })!;
  const stages = run.stages.map(({ name }) => name);
  const key = run.stages
    .flatMap(({ outputs }) => outputs)
    .find(({ uri }) => uri.endsWith('/monitoring_results.json'))?.uri;
  const bytes = key === undefined ? undefined : await objects.read(key);
  const results = bytes && monitoringResultsSchema.safeParse(parseJson(bytes, key!)).data;
  const judged = results && comparableOf(run.id, { kind: 'monitoring-results', document: results });
  return judged
    ? {
        ...own,
        gates: judged.gates,
        columns: judged.columns,
        looks: judged.looks,
        settings: { ...own.settings, ...judged.settings, stages },
      }
    : { ...own, settings: { ...own.settings, stages } };
}
