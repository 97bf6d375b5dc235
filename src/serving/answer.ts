import { rowsOfRecord } from './input/json.js';
import { requireFeatures, toMatrix, type Decoded, type Rows } from './input/rows.js';
import { driftScore } from './drift-score.js';
import { firstUnscored, unscoredText } from '../models/explain/unscored.js';
import { oddValues, type OddValues } from '../models/bundle/odd-values.js';
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

function answerRows(predictor: Predictor, rows: Rows): Answer {
  const table = toMatrix(rows, predictor.inputs);
  const scores = Array.from(scoresOf(predictor, table));
  const odd = oddValues(predictor.bundle, table);
  const feature_names = predictor.inputs.map(({ name }) => name);
  const { threshold } = predictor;
  if (threshold === null) return { odd, body: { predictions: scores, feature_names } };
  const predictions = scores.map((score) => classOf(score, threshold));
  return { odd, body: { predictions, probabilities: scores, threshold, feature_names } };
}

function answerRecord(predictor: Predictor, features: Record<string, unknown>, now: Date): Answer {
  requireFeatures(Object.keys(features), predictor.inputs);
  const known = Object.fromEntries(predictor.inputs.map(({ name }) => [name, features[name]]));
  const table = toMatrix(rowsOfRecord(known), predictor.inputs);
  const [score] = scoresOf(predictor, table);
  const odd = oddValues(predictor.bundle, table);
  const { threshold } = predictor;
  const body = {
    ...(threshold === null
      ? { prediction: score }
      : { prediction: classOf(score!, threshold), probability: score, threshold }),
    ...driftScore(features, predictor.baseline),
    timestamp: now.toISOString(),
    features_received: features,
  };
  return { odd, body };
}

/** @throws RequestError (422) naming row and columns where a score is no number: no class follows from that */
function scoresOf(predictor: Predictor, table: Matrix): Float64Array {
  const scores = predictor.predict(table);
  const unscored = firstUnscored([scores], table, (rows) => [predictor.predict(rows)]);
  if (unscored === null) return scores;
  throw new RequestError(422, unscoredText(unscored), {
    row: unscored.row + 1,
    columns: unscored.columns.map(({ name }) => name),
  });
}

function classOf(score: number, threshold: number): 0 | 1 {
  return score >= threshold ? 1 : 0;
}
