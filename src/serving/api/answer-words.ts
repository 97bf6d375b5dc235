import { type AnswerFigure, type ApiRoute } from '../../project/parts/api-schema.js';

/** What is known of an answered request, by the words of an answer. What a model has not is absent. */
export type Figures = Partial<Record<AnswerFigure, unknown>>;

/** Of an answer to one record. */
const ofRecord: AnswerFigure[] = [
  ...(['prediction', 'probability', 'probabilities', 'threshold', 'drift_score'] as const),
  ...(['timestamp', 'features_received', 'inference_id', 'model_version'] as const),
];
/** Of an answer to many: what each row has stands there as a list. */
const ofRows: AnswerFigure[] = [
  'prediction',
  'probability',
  'probabilities',
  'classes',
  'inference_id',
  'model_version',
  'timestamp',
  'processing_time_ms',
];
const many: Partial<Record<AnswerFigure, string>> = {
  prediction: 'predictions',
  probability: 'probabilities',
  probabilities: 'class_probabilities',
  inference_id: 'inference_ids',
};

/** The names under which an answer holds its figures, in their order. */
export function answerNames(
  { answer }: Pick<ApiRoute, 'answer'>,
  rows: boolean,
): [name: string, figure: AnswerFigure][] {
  if (answer !== undefined && !Array.isArray(answer)) return Object.entries(answer);
  const figures = answer ?? (rows ? ofRows : ofRecord);
  return figures.map((figure) => [(rows ? many[figure] : undefined) ?? figure, figure]);
}

/** An answer's body. A figure that was asked for and is not there is null; where nothing was asked for it is left out. */
export function answerBody(
  names: readonly [string, AnswerFigure][],
  figures: Figures,
  asked: boolean,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, figure] of names) {
    const value = figures[figure];
    if (value !== undefined) body[name] = value;
    else if (asked) body[name] = null;
  }
  return body;
}
