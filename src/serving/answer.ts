import { rowsOfRecord } from './input/json.js';
import { requireFeatures, toMatrix, type Decoded, type Rows } from './input/rows.js';
import { driftScore } from './drift-score.js';
import { firstUnscored, unscoredText } from '../models/explain/unscored.js';
import { oddValues, type OddValues } from '../models/bundle/odd-values.js';
import { mostProbable } from '../models/metrics/class-scores.js';
import type { Matrix } from '../models/table/matrix.js';
import { explanationsOf, type Explanation } from './answering/explanations.js';
import type { Predictor } from './predictor.js';
import { RequestError } from './request-error.js';

/** What is sent back, and the values of the request that training never had. */
export interface Answer {
  body: Record<string, unknown>;
  odd: OddValues;
  /** How far a record lies from the training rows; absent of rows, and where that is not known. */
  drift?: number;
}

/** The answer to a request's body: rows get arrays, a record gets one prediction with its drift score. */
export function answer(predictor: Predictor, decoded: Decoded, now: Date, explain?: string): Answer {
  return decoded.form === 'rows'
    ? answerRows(predictor, decoded.rows, explain)
    : answerRecord(predictor, decoded.features, now, explain);
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
export function answerLines(
  predictor: Predictor,
  decoded: Decoded,
  explain?: string,
): { text: string; odd: OddValues } {
  const rows = decoded.form === 'rows' ? decoded.rows : recordRows(predictor, decoded.features);
  const { answered, odd, explanations } = predictedRows(predictor, rows, explain);
  const { classes } = predictor;
  const lines = answered.map(({ prediction, probability, all }, row) =>
    JSON.stringify({
      prediction,
      probability,
      probabilities: classes && Object.fromEntries(classes.map((name, place) => [name, all![place]])),
      explanations: explanations?.[row],
    }),
  );
  return { text: `${lines.join('\n')}\n`, odd };
}

function answerRows(predictor: Predictor, rows: Rows, explain?: string): Answer {
  const { answered, odd, explanations } = predictedRows(predictor, rows, explain);
  const feature_names = predictor.inputs.map(({ name }) => name);
  const predictions = answered.map(({ prediction }) => prediction);
  const { threshold, classes } = predictor;
  const ofClasses = classes && { probabilities: answered.map(({ all }) => all), classes };
  const ofTwo = classes === undefined &&
    threshold !== null && { probabilities: answered.map(({ probability }) => probability), threshold };
  return { odd, body: { predictions, ...ofClasses, ...ofTwo, feature_names, ...(explanations && { explanations }) } };
}

function answerRecord(predictor: Predictor, features: Record<string, unknown>, now: Date, explain?: string): Answer {
  const { answered, odd, explanations } = predictedRows(predictor, recordRows(predictor, features), explain);
  const { prediction, probability, all } = answered[0]!;
  const { threshold, classes } = predictor;
  const drift = driftScore(features, predictor.baseline);
  const body = {
    prediction,
    ...(probability === undefined ? {} : { probability }),
    ...(classes && { probabilities: Object.fromEntries(classes.map((name, place) => [name, all![place]])) }),
    ...(threshold === null ? {} : { threshold }),
    ...(explanations && { explanations: explanations[0] }),
    ...drift,
    timestamp: now.toISOString(),
    features_received: features,
  };
  return { odd, body, drift: drift.drift_score ?? undefined };
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

interface PredictedRows {
  answered: Predicted[];
  odd: OddValues;
  explanations?: Explanation[][];
}

function predictedRows(predictor: Predictor, rows: Rows, explain?: string): PredictedRows {
  const table = toMatrix(rows, predictor.inputs);
  const scores = scoresOf(predictor, table);
  const odd = oddValues(predictor.bundle, table);
  const explained = (answered: Predicted[]) =>
    explain === undefined
      ? undefined
      : explanationsOf(
          predictor,
          table,
          explain,
          answered.map(({ prediction }) => prediction),
        );
  const { threshold, classes } = predictor;
  if (classes !== undefined) {
    const answered = Array.from(mostProbable(scores, table.rows), (place, row) => ({
      prediction: classes[place]!,
      probability: scores[place]![row]!,
      all: scores.map((column) => column[row]!),
    }));
    return { answered, odd, explanations: explained(answered) };
  }
  const values = Array.from(scores[0]!);
  const answered = values.map((value) =>
    threshold === null ? { prediction: value } : { prediction: value >= threshold ? 1 : 0, probability: value },
  );
  return { answered, odd, explanations: explained(answered) };
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
