import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDelimited } from '../../data/files/delimited-table.js';
import { readCsv } from '../../data/files/read-csv.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import type { StageContext } from '../stage.js';
import { groupSession } from '../features/read-groups.js';
import type { Judgement } from './judge-rows.js';
import { predictionsCsv, type Predicted } from '../evaluating/predictions.js';

/** The columns that stand before the features; a feature of such a name gets `_feature` after it. */
export const rowColumns = ['record_id', 'time', 'label', 'score', 'predicted'] as const;

/**
 * Writes the rows behind every figure of a verdict: label, score and prediction beside all columns of the feature group
 * as they stand there. Rows without a label yet are there too, for drift and nulls look at them. `predicted` is 0 or 1 at the version's threshold,
 * the predicted value of a regression, or a class, whose probability the score is.
 */
export async function writeMonitoredRows(
  context: StageContext,
  judged: Judgement,
  bundle: Bundle,
  key: string,
): Promise<void> {
  const { signal, writers } = context;
  const { time, entity } = context.project.file.features;
  const { target } = context.project.file.model;
  const { files, select: latest } = judged.records;
  const folder = await mkdtemp(join(context.scratch, 'rows-'));
  const [scores, out] = [join(folder, 'scores.csv'), join(folder, 'rows.parquet')];
  try {
    await writeFile(scores, predictionsCsv(withWaiting(judged), bundle));
    await groupSession(folder, files, signal, async (session) => {
      const own = new Set([
        'record_id',
        'event_time',
        target,
        ...(time === entity || time === undefined ? [] : [time]),
      ]);
      const columns = (await session.describe(latest)).filter(({ name }) => !own.has(name));
      const features = columns.map(({ name }) => `g.${identifier(name)} AS ${identifier(featureName(name))}`);
      const when = time === undefined ? 'NULL' : `g.${identifier(time)}`;
      await session.run(
        `COPY (SELECT s.record_id, ${when}::VARCHAR AS "time", s.label, s.score, s.predicted${features.map((sql) => `, ${sql}`).join('')} ` +
          `FROM (${await scoresSql(scores, bundle)}) s JOIN (${latest}) g ON g.record_id::VARCHAR = s.record_id ` +
          `ORDER BY s.record_id) TO ${literal(out)} (FORMAT parquet)`,
      );
    });
    await writers.objects.putFile(key, out, { signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withWaiting({ part, judged, waiting }: Judgement): Predicted {
  const { several } = judged;
  const joined = (one: Float64Array, other: Float64Array) => {
    const both = new Float64Array(one.length + other.length);
    both.set(one);
    both.set(other, one.length);
    return both;
  };
  return {
    part: {
      target: joined(part.target, waiting.part.target),
      classes: part.classes,
      recordIds: [...part.recordIds, ...waiting.part.recordIds],
    },
    judged: {
      scores: joined(judged.scores, waiting.scores),
      several: several && {
        ...several,
        probabilities: several.probabilities.map((column, place) =>
          joined(column, waiting.several!.probabilities[place]!),
        ),
      },
    },
  };
}

export function featureName(name: string): string {
  return (rowColumns as readonly string[]).includes(name) ? `${name}_feature` : name;
}

/** The predictions file with one name for score and prediction, whatever the task. */
async function scoresSql(file: string, { task }: Bundle): Promise<string> {
  const texts = ['record_id', ...(task === 'multiclass' ? ['prediction', 'label'] : [])];
  const typed = (column: string) => (texts.includes(column) ? 'VARCHAR' : 'DOUBLE');
  return (
    `SELECT record_id, label, ${task === 'regression' ? 'prediction' : 'probability'} AS score, prediction AS predicted ` +
    `FROM ${readCsv(await openDelimited([file], 'csv'), { typed })}`
  );
}
