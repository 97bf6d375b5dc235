import { rowsOfRecord } from './input/json.js';
import { requireFeatures, toMatrix, type Decoded, type Rows } from './input/rows.js';
import { driftScore } from './drift-score.js';
import { firstUnscored, unscoredText } from '../models/explain/unscored.js';
import { oddValues, type OddValues } from '../models/bundle/odd-values.js';
import { mostProbable } from '../models/metrics/class-scores.js';
import type { Matrix } from '../models/table/matrix.js';
import type { Predictor } from './predictor.js';
import { RequestError } from './request-error.js';

/** What is sent back, and the values of the request that training never had. */
export interface Answer {
  body: Record<string, unknown>;
  odd: OddValues;
}

/** The answer to a request's body: rows get arrays, a record gets one prediction with its drift score. */
export function answer(predictor: Predictor, decoded: Decoded, now: Date): Answer {
  return decoded.form === 'rows' ? answerRows(predictor, decoded.rows) : answerRecord(predictor, decoded.features, now);
}

/** The same as CSV: a line a row with the prediction and, of classes, its probability. */
export function answerCsv(predictor: Predictor, decoded: Decoded): { text: string; odd: OddValues } {
  const rows = decoded.form === 'rows' ? decoded.rows : recordRows(predictor, decoded.features);
  const { answered, odd } = predictedRows(predictor, rows);
  const lines = answered.map(({ prediction, probability }) =>
    [prediction, ...(probability === undefined ? [] : [probability])].map(csvCell).join(','),
  );
  return { text: `${lines.join('\n')}\n`, odd };
}

/** A line of JSON a row: the prediction and, where there is one, its probability or those of all classes. */
export function answerLines(predictor: Predictor, decoded: Decoded): { text: string; odd: OddValues } {
  const rows = decoded.form === 'rows' ? decoded.rows : recordRows(predictor, decoded.features);
  const { answered, odd } = predictedRows(predictor, rows);
  const { classes } = predictor;
  const lines = answered.map(({ prediction, probability, all }) =>
    JSON.stringify({
      prediction,
      probability,
      probabilities: classes && Object.fromEntries(classes.map((name, place) => [name, all![place]])),
    }),
  );
  return { text: `${lines.join('\n')}\n`, odd };
}

function answerRows(predictor: Predictor, rows: Rows): Answer {
  const { answered, odd } = predictedRows(predictor, rows);
  const feature_names = predictor.inputs.map(({ name }) => name);
  const predictions = answered.map(({ prediction }) => prediction);
  const { threshold, classes } = predictor;
  if (classes !== undefined)
    return { odd, body: { predictions, probabilities: answered.map(({ all }) => all), classes, feature_names } };
  if (threshold === null) return { odd, body: { predictions, feature_names } };
  const probabilities = answered.map(({ probability }) => probability);
  return { odd, body: { predictions, probabilities, threshold, feature_names } };
}

function answerRecord(predictor: Predictor, features: Record<string, unknown>, now: Date): Answer {
  const { answered, odd } = predictedRows(predictor, recordRows(predictor, features));
  const { prediction, probability, all } = answered[0]!;
  const { threshold, classes } = predictor;
  const body = {
    prediction,
    ...(probability === undefined ? {} : { probability }),
    ...(classes && { probabilities: Object.fromEntries(classes.map((name, place) => [name, all![place]])) }),
    ...(threshold === null ? {} : { threshold }),
    ...driftScore(features, predictor.baseline),
    timestamp: now.toISOString(),
    features_received: features,
  };
  return { odd, body };
}

function recordRows({ inputs }: Predictor, features: Record<string, unknown>): Rows {
  if (!inputs.every(({ name }) => Object.hasOwn(features, name))) requireFeatures(Object.keys(features), inputs);
  return rowsOfRecord(features, inputs);
}

interface Predicted {
  /** A value, 0 or 1, or the name of a class. */
  prediction: number | string;
  /** Of class 1, or of the class that is predicted. */
  probability?: number;
  /** Of every class. */
  all?: number[];
}

function predictedRows(predictor: Predictor, rows: Rows): { answered: Predicted[]; odd: OddValues } {
  const table = toMatrix(rows, predictor.inputs);
  const scores = scoresOf(predictor, table);
  const odd = oddValues(predictor.bundle, table);
  const { threshold, classes } = predictor;
  if (classes !== undefined) {
    const answered = Array.from(mostProbable(scores, table.rows), (place, row) => ({
      prediction: classes[place]!,
      probability: scores[place]![row]!,
      all: scores.map((column) => column[row]!),
    }));
    return { answered, odd };
  }
  const values = Array.from(scores[0]!);
  const answered = values.map((value) =>
    threshold === null ? { prediction: value } : { prediction: value >= threshold ? 1 : 0, probability: value },
  );
  return { answered, odd };
}

/** @throws RequestError (422) naming row and columns where a score is no number: no class follows from that */
function scoresOf(predictor: Predictor, table: Matrix): Float64Array[] {
  const scores = predictor.predict(table);
  const unscored = firstUnscored(scores, table, (rows) => predictor.predict(rows));
  if (unscored === null) return scores;
  throw new RequestError(422, unscoredText(unscored), {
    row: unscored.row + 1,
    columns: unscored.columns.map(({ name }) => name),
  });
}

function csvCell(value: number | string): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
