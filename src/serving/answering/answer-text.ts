import type { OddValues } from '../../models/bundle/odd-values.js';
import { answer, answerCsv, answerLines } from '../answer.js';
import { PredictionError } from '../failure.js';
import { checkSignature } from '../input/check-signature.js';
import { decode } from '../input/decode.js';
import type { Predictor } from '../predictor.js';
import { badRequest, RequestError } from '../request-error.js';

/** A request's body as it came. */
export interface AskedBody {
  contentType: string;
  body: Uint8Array;
  at: Date;
  /** What the answer is written as; absent: JSON. */
  as?: 'csv' | 'jsonlines';
  /** Of which classes the answer says what moved their scores: `predicted`, `all`, or names; absent: of none. */
  explain?: string;
}

/** An answer's text, and the values of the request that training never had. */
export interface AnswerText {
  text: string;
  odd: OddValues;
  /** How far a record lies from the training rows; absent of rows, and where that is not known. */
  drift?: number;
}

/** The answer to a body. @throws RequestError for one that cannot be answered, PredictionError for a model that broke */
export function answerText(predictor: Predictor, { contentType, body, at, as, explain }: AskedBody): AnswerText {
  try {
    const decoded = decode(contentType, body, predictor.inputs);
    if (predictor.strict) checkSignature(decoded, predictor.inputs);
    if (as === 'csv') {
      if (explain === undefined) return answerCsv(predictor, decoded);
      throw badRequest(
        'explain: found text/csv asked for, expected JSON or JSON lines, which have room for explanations',
      );
    }
    if (as !== undefined) return answerLines(predictor, decoded, explain);
    const found = answer(predictor, decoded, at, explain);
    return { text: JSON.stringify(found.body), odd: found.odd, drift: found.drift };
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new PredictionError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
