import type { Environment } from '../../platform/ports/environment.js';
import { resultsIn } from '../../pipeline/stored-results.js';
import type { GateOfRun } from '../../report/runs/rows.js';
import type { RunLine } from '../../report/runs/run-line.js';

/** The gates of so many runs are kept: those that a person looks at. */
const most = 2000;

export interface GatesOfRuns {
  /** Undefined while they were not read, or where the run judged nothing. */
  get: (line: RunLine) => readonly GateOfRun[] | undefined;
  /** Reads those that are missing; whether there were any. */
  read: (lines: readonly RunLine[]) => Promise<boolean>;
}

/** What the gates said in each run: read for the rows that are seen alone, for results carry curves and columns too. */
export function gatesOfRuns(environment: Environment): GatesOfRuns {
  const held = new Map<string, readonly GateOfRun[]>();
  return {
    get: ({ results }) => (results === null ? undefined : held.get(results)),
    async read(lines) {
      const missing = lines.flatMap(({ results }) => (results === null || held.has(results) ? [] : [results]));
      await Promise.all(missing.map(async (key) => held.set(key, await gatesAt(environment, key))));
      for (const key of held.keys()) if (held.size > most) held.delete(key);
      return missing.length > 0;
    },
  };
}

/** Results that cannot be read have no limits to draw; opening the run says what is wrong with them. */
async function gatesAt(environment: Environment, key: string): Promise<GateOfRun[]> {
  const found = await resultsIn(environment, key.slice(0, key.lastIndexOf('/') + 1)).catch(() => undefined);
  return (found?.results.gates ?? []).map(({ id, level, metric, status, value, operator, threshold }) => {
    return { id, level, metric, status, value, operator, threshold };
  });
}
