import type { DataQualityBaseline } from '../../documents/baselines.js';
import { keys } from '../../documents/keys.js';
import { textStatistics } from '../../drift/category-baseline.js';
import { statisticsOf, histogramOf } from '../../drift/statistics.js';
import { categoryTexts, columnsAsSeen } from '../evaluating/drift-table.js';
import { csvText, labelText, predictionsCsv } from '../evaluating/predictions.js';
import type { StageContext } from '../stage.js';
import { writeDocument } from '../store.js';
import { joinParts, type Part } from '../evaluating/parts.js';
import type { FittedCandidate } from '../candidates/candidate.js';
import type { Scored, SplitFigures } from '../evaluating/evaluate.js';

/** What a version was fitted on, and rows it never saw with its scores on them. */
export interface BaselineRows {
  candidate: FittedCandidate;
  fitted: Part;
  /** Rows of the same parts that have no label: nothing was learned from them, but they are what such data look like. */
  unlabelled: Part;
  test: { part: Part; figures: SplitFigures } & Scored;
}

/** The data baseline (statistics of all rows of what it was fitted on, labelled or not, and the labelled ones) and the quality baseline (its test predictions). */
export async function writeBaselines(context: StageContext, version: string, fresh: BaselineRows): Promise<void> {
  const { objects } = context.writers;
  const prefix = keys.baselines(version);
  const { bundle } = fresh.candidate;
  const seen = joinParts([fresh.fitted, fresh.unlabelled]);
  const numbers = [...columnsAsSeen(bundle, seen)].map(
    ([name, { filled, raw }]) =>
      [name, { ...statisticsOf(filled, raw), rows: raw.length, histogram: histogramOf(filled) }] as const,
  );
  const texts = categoryTexts(seen).map(
    ({ name, text }) => [name, { ...textStatistics(text), rows: text.length }] as const,
  );
  const statistics = Object.fromEntries([...numbers, ...texts]);
  const quality = { kind: 'data-quality-baseline', schemaVersion: 1, ...statistics } as DataQualityBaseline;
  await writeDocument(objects, `${prefix}data_quality_baseline.json`, quality);
  const columns = [...fresh.candidate.columns];
  const rows = rowsCsv(fresh.fitted, columns, context.project.file.model.target);
  await objects.put(`${prefix}training_data_baseline.csv`, rows);
  const judged = { part: fresh.test.part, judged: fresh.test };
  await objects.put(`${prefix}model_quality_baseline.csv`, predictionsCsv(judged, bundle));
}

/** The rows a model was fitted on, nulls as empty cells. */
function rowsCsv(part: Part, columns: string[], target: string): string {
  const values = columns.map((name) => part.matrix.values[part.matrix.columns.indexOf(name)]!);
  const lines = [[...columns, target].join(',')];
  for (let row = 0; row < part.target.length; row += 1) {
    const cells = values.map((column) => (Number.isNaN(column[row]!) ? '' : String(column[row])));
    lines.push([...cells, csvText(labelText(part, row))].join(','));
  }
  return lines.join('\n') + '\n';
}
