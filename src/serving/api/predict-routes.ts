import { randomUUID } from 'node:crypto';
import type { Answer, Asked, Request } from '../http/route.js';
import { json } from '../http/route.js';
import type { Predictor } from '../predictor.js';
import type { Service } from '../service.js';
import type { OpenedApi, OpenedRoute } from './api-service.js';
import { answerBody, answerNames, type Figures } from './answer-words.js';
import { truthOf } from './feedback/truth.js';
import { headerId, readRequest, type ReadRow } from './read-request.js';
import { refuseFaults } from './refusal.js';

/** What the service's own invocation answers to rows by name: one record, or many. */
export interface Invocation {
  answer(request: Request): Answer | Promise<Answer>;
}

/** Answers one record, in the words of the route. */
export function predictOne(opened: OpenedApi, own: OpenedRoute, service: Service, invocation: Invocation) {
  const names = answerNames(own.route, false);
  return async (request: Request): Promise<Answer> => {
    const began = performance.now();
    const [row] = readRequest(request, own.fields(), own.layout) as [ReadRow];
    const wantsId = opened.feedback !== undefined || names.some(([, figure]) => figure === 'inference_id');
    const id = headerId(request) ?? row.inferenceId ?? (wantsId ? randomUUID() : undefined);
    const truth = row.label === undefined ? undefined : labelOf(row.label, own, service);
    const { said, version } = await ask(request, { features: row.features }, service, invocation, id);
    const took = performance.now() - began;
    opened.figures.predicted(1, took / 1000);
    const { prediction } = said as { prediction: string | number };
    if (truth !== undefined) await judged(opened, service, id ?? null, prediction, truth);
    else if (id !== undefined) opened.feedback?.predicted(id, prediction);
    const figures: Figures = { ...said, ...known(id, version, took), model_version: version };
    // Why there is no drift score belongs beside it.
    const body = answerBody(names, figures, own.route.answer !== undefined);
    const reasons = 'drift_score' in body && said.reasons !== undefined ? { reasons: said.reasons } : {};
    return json({ ...body, ...reasons });
  };
}

/** Answers many rows at once; what each of them has stands in a list. */
export function predictMany(opened: OpenedApi, own: OpenedRoute, service: Service, invocation: Invocation) {
  const names = answerNames(own.route, true);
  const asked = own.route.answer !== undefined;
  return async (request: Request): Promise<Answer> => {
    const began = performance.now();
    const rows = readRequest(request, own.fields(), own.layout);
    const header = headerId(request);
    const ids = rows.map(
      ({ inferenceId }, at) =>
        inferenceId ?? (header === undefined ? null : rows.length === 1 ? header : `${header}/${at + 1}`),
    );
    const features = rows.map((row) => row.features);
    const { said, version } = await ask(request, { features }, service, invocation, header);
    const took = performance.now() - began;
    opened.figures.predicted(rows.length, took / 1000);
    const { predictions } = said as { predictions: (string | number)[] };
    ids.forEach((id, at) => {
      if (id !== null) opened.feedback?.predicted(id, predictions[at]!);
    });
    const named = ids.some((id) => id !== null) ? ids : undefined;
    const figures = { ...manyFigures(said), ...known(named, version, took), timestamp: request.at.toISOString() };
    return json(answerBody(names, figures, asked));
  };
}

function known(inference_id: unknown, model_version: string, took: number): Figures {
  return { inference_id, model_version, processing_time_ms: Math.round(took * 1000) / 1000 };
}

/** The lists of an answer to rows; a row's probability is that of what was predicted, or of class 1. */
function manyFigures(said: Record<string, unknown>): Figures {
  const { predictions, probabilities, classes, threshold, feature_names } = said as {
    predictions: (string | number)[];
    probabilities?: number[] | number[][];
    classes?: string[];
    threshold?: number;
    feature_names: string[];
  };
  if (classes === undefined) return { prediction: predictions, probability: probabilities, threshold, feature_names };
  const all = probabilities as number[][];
  const probability = predictions.map((name, row) => all[row]![classes.indexOf(String(name))]);
  return { prediction: predictions, probability, probabilities: all, classes, feature_names };
}

/**
 * Has the service's own invocation answer, which knows of variants, captures and counts. The request is that of the
 * caller, rewritten into the model's own words.
 */
async function ask(
  request: Request,
  body: unknown,
  service: Service,
  invocation: Invocation,
  id: string | undefined,
): Promise<{ said: Record<string, unknown>; version: string }> {
  const named = id === undefined ? {} : { 'x-amzn-sagemaker-inference-id': id };
  request.body = Buffer.from(JSON.stringify(body));
  request.headers = { ...request.headers, 'content-type': 'application/json', accept: 'application/json', ...named };
  const answer = await invocation.answer(request);
  const name = answer.headers?.['x-Amzn-Invoked-Production-Variant'];
  const { variants } = service.serving();
  const version = (variants.find((one) => one.name === name) ?? variants[0]!).modelVersion;
  const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString('utf8');
  return { said: JSON.parse(text) as Record<string, unknown>, version };
}

/** A label that came along. @throws Refusal (422) for one that the model could never say */
export function labelOf(value: unknown, { layout }: OpenedRoute, service: Service): string | number {
  const found = truthOf(value, servedBy(service));
  if ('truth' in found) return found.truth;
  refuseFaults([{ loc: ['body', layout.label ?? 'label'], ...found }]);
  throw new Error('a fault is refused');
}

export function servedBy(service: Service): Predictor {
  return service.serving().variants[0]!.predictor;
}

export async function judged(
  { feedback, figures }: OpenedApi,
  service: Service,
  id: string | null,
  prediction: string | number,
  truth: string | number,
): Promise<void> {
  if (feedback === undefined) return;
  await feedback.judged(id, prediction, truth);
  figures.feedback(feedback.score(servedBy(service).task === 'regression').accuracy);
}

/** What a request is refused with counts as one that was made, as those of the service itself do. */
export function countRefused(service: Service, { at, began }: Asked, status: number): void {
  if (status === 401 || status === 403) return;
  const overheadLatency = (performance.now() - began) * 1000;
  service.counted({ at, variant: service.serving().variants[0]!.name, status, overheadLatency });
}
