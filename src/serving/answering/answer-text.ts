import { answer, answerCsv } from '../answer.js';
import { PredictionError } from '../failure.js';
import { decode } from '../input/decode.js';
import type { Predictor } from '../predictor.js';
import { RequestError } from '../request-error.js';

/** A request's body as it came. */
export interface AskedBody {
  contentType: string;
  body: Uint8Array;
  at: Date;
  /** What the answer is written as; absent: JSON. */
  csv?: boolean;
}

/** The answer's text. @throws RequestError for a body that cannot be answered, PredictionError for a model that broke */
export function answerText(predictor: Predictor, { contentType, body, at, csv }: AskedBody): string {
  try {
    const decoded = decode(contentType, body, predictor.inputs);
    return csv ? answerCsv(predictor, decoded) : JSON.stringify(answer(predictor, decoded, at));
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new PredictionError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
