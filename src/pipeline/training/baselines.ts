import { keys } from '../../documents/keys.js';
import { dataBaselineOf } from '../evaluating/data-baseline.js';
import { csvCell, labelText, predictionsCsv } from '../evaluating/predictions.js';
import type { StageContext } from '../stage.js';
import { writeDocument } from '../store.js';
import { textsOf } from '../../models/table/texts.js';
import { joinParts, type Part } from '../evaluating/parts.js';
import type { FittedCandidate } from '../candidates/candidate.js';
import type { Scored, SplitFigures } from '../evaluating/evaluate.js';
import { wordsOf } from '../../models/table/columns.js';

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
  const quality = dataBaselineOf(bundle, seen);
  await writeDocument(objects, `${prefix}data_quality_baseline.json`, quality);
  const columns = [...fresh.candidate.columns];
  const rows = rowsCsv(fresh.fitted, columns, context.project.file.model.target);
  await objects.put(`${prefix}training_data_baseline.csv`, rows);
  const judged = { part: fresh.test.part, judged: fresh.test };
  await objects.put(`${prefix}model_quality_baseline.csv`, predictionsCsv(judged, bundle));
}

/** The rows a model was fitted on, nulls as empty cells. */
function rowsCsv(part: Part, columns: string[], target: string): string {
  const { matrix } = part;
  const numbers = (values: Float64Array) => (row: number) => (Number.isNaN(values[row]!) ? '' : String(values[row]));
  const texts = (words: (string | null)[]) => (row: number) => csvCell(words[row] ?? '');
  const cells = columns.map((name) =>
    wordsOf(matrix, name) ? texts(textsOf(matrix, name)) : numbers(matrix.values[matrix.columns.indexOf(name)]!),
  );
  cells.push((row) => csvCell(labelText(part, row)));
  const lines = [[...columns, target].join(',')];
  for (let row = 0; row < part.target.length; row += 1) lines.push(cells.map((cell) => cell(row)).join(','));
  return lines.join('\n') + '\n';
}
