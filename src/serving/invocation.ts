import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { answer } from './answer.js';
import { failureAnswer, PredictionError, runtimeFailure } from './failure.js';
import { decode } from './input/decode.js';
import { RequestError } from './request-error.js';
import type { Service } from './service.js';
import { chooseVariant, type ServedVariant } from './traffic.js';

/** What a handler tells the counting around it. */
export interface Outcome {
  variant: string;
  modelLatency?: number;
}
export interface Variables {
  Variables: { outcome?: Outcome };
}

const headers = {
  inferenceId: 'X-Amzn-SageMaker-Inference-Id',
  targetVariant: 'X-Amzn-SageMaker-Target-Variant',
  customAttributes: 'X-Amzn-SageMaker-Custom-Attributes',
  invokedVariant: 'x-Amzn-Invoked-Production-Variant',
};

/** Counts every invocation that its caller was allowed to make, whatever came of it. */
export function counting(service: Service) {
  return createMiddleware<Variables>(async (c, next) => {
    const at = service.now();
    const began = performance.now();
    await next();
    if (c.res.status === 401 || c.res.status === 403) return;
    const { variant, modelLatency } = c.get('outcome') ?? { variant: service.serving().variants[0]!.name };
    const total = (performance.now() - began) * 1000;
    // A model's failure is told as 424 on the runtime's route, and is the model's 500 in the metrics.
    const status = c.res.status === 424 ? 500 : c.res.status;
    service.counted({ at, variant, status, modelLatency, overheadLatency: total - (modelLatency ?? 0) });
  });
}

/** Answers `POST /invocations`, `/predict` and, with `runtime`, SageMaker's own invocation route. */
export function invoke(service: Service, route: { runtime: boolean }) {
  return async (c: Context<Variables>): Promise<Response> => {
    try {
      return await predict(service, c);
    } catch (error) {
      if (!(error instanceof RequestError)) service.log(`prediction failed: ${describe(error)}`);
      if (route.runtime) return runtimeFailure(c, error);
      const { status, body } = failureAnswer(error);
      return c.json(body, status);
    }
  };
}

async function predict(service: Service, c: Context<Variables>): Promise<Response> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const at = service.now();
  const serving = service.serving();
  const variant = chooseVariant(serving, c.req.header(headers.targetVariant), Math.random());
  c.set('outcome', { variant: variant.name });
  c.header(headers.invokedVariant, variant.name);
  const contentType = c.req.header('content-type') ?? 'application/json';
  const began = performance.now();
  try {
    const text = JSON.stringify(answerOf(variant, contentType, body, at));
    if (Math.random() < serving.config.capture)
      service.answered({
        at,
        variant: variant.name,
        input: { contentType, body },
        output: { contentType: 'application/json', body: text },
        inferenceId: c.req.header(headers.inferenceId),
        customAttributes: c.req.header(headers.customAttributes),
      });
    return c.body(text, 200, { 'content-type': 'application/json' });
  } finally {
    c.set('outcome', { variant: variant.name, modelLatency: (performance.now() - began) * 1000 });
  }
}

function answerOf({ predictor }: ServedVariant, contentType: string, body: Uint8Array, at: Date) {
  try {
    return answer(predictor, decode(contentType, body, predictor.inputs), at);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new PredictionError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function describe(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
