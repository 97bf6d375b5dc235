import type { Matrix } from '../../models/table/matrix.js';
import { checkSignature } from '../input/check-signature.js';
import { decode } from '../input/decode.js';
import { rowsOfRecord } from '../input/json.js';
import { requireFeatures, toMatrix, type Decoded } from '../input/rows.js';
import type { Predictor } from '../predictor.js';
import type { Scorer } from '../scorers/scorer.js';
import { answerText, type AnswerText, type AskedBody } from './answer-text.js';

/**
 * The answer to a body by a model that others compute: scored first, and then said as any other is.
 * @throws as `answerText` does
 */
export async function answerOutside(predictor: Predictor, scorer: Scorer, asked: AskedBody): Promise<AnswerText> {
  const decoded = decode(asked.contentType, asked.body, predictor.inputs);
  if (predictor.strict) checkSignature(decoded, predictor.inputs);
  const table = tableOf(predictor, decoded);
  const scores = await scorer.scores(table);
  return answerText({ ...predictor, predict: () => scores }, asked);
}

function tableOf({ inputs }: Predictor, decoded: Decoded): Matrix {
  if (decoded.form === 'rows') return toMatrix(decoded.rows, inputs);
  requireFeatures(Object.keys(decoded.features), inputs);
  return toMatrix(rowsOfRecord(decoded.features, inputs), inputs);
}
