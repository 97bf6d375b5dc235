import { eachChunk } from '../../data/each-chunk.js';
import type { Session } from '../../data/duckdb/session.js';
import type { Scoring } from '../../data/scored-copy.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import type { Matrix } from '../../models/table/matrix.js';
import { NothingScored } from '../../serving/scorers/command/told.js';
import { openScorer } from '../../serving/scorers/open-scorer.js';
import type { ScorerPlace } from '../../serving/scorers/scorer.js';
import { matrixOf } from './row-scorer.js';

/**
 * Scoring of a table by a model that others compute. They answer in their own time, and DuckDB waits for nobody: all rows
 * are scored first, a few thousand at a time, and looked up by their numbers while the table is copied. Memory is a number
 * an output and row.
 * @throws UntrustedCommand, PredictionError where the model gives no row a score
 */
export async function scoredBefore(
  bundle: Bundle,
  { session, select }: { session: Session; select: string },
  inputs: Scoring['inputs'],
  place: ScorerPlace,
  seen: (rows: Matrix) => void,
): Promise<Pick<Scoring, 'inputs' | 'score'>> {
  const parts: Float64Array[][] = [];
  // A block without a score is one of gaps where other blocks have some.
  const without: NothingScored[] = [];
  const scorer = await openScorer(bundle, place);
  try {
    await eachChunk(session, select, inputs, async (columns, rows) => {
      place.signal?.throwIfAborted();
      const given = matrixOf(bundle, columns, rows);
      seen(given);
      try {
        parts.push(await scorer.scores(given, place.signal));
      } catch (error) {
        if (!(error instanceof NothingScored)) throw error;
        parts.push(error.scores);
        without.push(error);
      }
    });
    const [none] = without;
    if (none !== undefined && without.length === parts.length) throw none;
  } finally {
    await scorer.close();
  }
  const all = joined(parts);
  return {
    inputs: [{ sql: 'row_number() OVER ()', kind: 'number' }],
    score: ([numbers]) => all.map((scores) => (numbers as Float64Array).map((number) => scores[number - 1]!)),
  };
}

/** The parts' scores one behind the other, an array an output. */
function joined(parts: readonly Float64Array[][]): Float64Array[] {
  const rows = parts.reduce((sum, [first]) => sum + first!.length, 0);
  return Array.from({ length: parts[0]?.length ?? 0 }, (_, output) => {
    const all = new Float64Array(rows);
    let at = 0;
    for (const part of parts) {
      all.set(part[output]!, at);
      at += part[output]!.length;
    }
    return all;
  });
}
