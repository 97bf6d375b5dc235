import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { totalOf } from '../models/bundle/odd-values.js';
import { failureAnswer, runtimeFailure } from './failure.js';
import { recordable } from './private-input.js';
import { RequestError } from './request-error.js';
import { mediaType } from './input/decode.js';
import type { Service } from './service.js';
import { chooseVariant } from './traffic.js';
import type { HeldBody, Variables } from './variables.js';

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

interface InvocationRoute {
  /** SageMaker's own. */
  runtime: boolean;
  body: (c: Context<Variables>) => Promise<HeldBody>;
}

/** Answers `POST /invocations`, `/predict` and, with `runtime`, SageMaker's own invocation route. */
export function invoke(service: Service, route: InvocationRoute) {
  return async (c: Context<Variables>): Promise<Response> => {
    try {
      return await predict(service, c, (await route.body(c)).bytes);
    } catch (error) {
      if (!(error instanceof RequestError)) service.log(`prediction failed: ${describe(error)}`);
      if (route.runtime) return runtimeFailure(c, error);
      const { status, body } = failureAnswer(error);
      return c.json(body, status);
    }
  };
}

async function predict(service: Service, c: Context<Variables>, body: Uint8Array): Promise<Response> {
  const at = service.now();
  const serving = service.serving();
  const variant = chooseVariant(serving, c.req.header(headers.targetVariant), Math.random());
  c.set('outcome', { variant: variant.name });
  c.header(headers.invokedVariant, variant.name);
  const contentType = c.req.header('content-type') ?? 'application/json';
  // As SageMaker's own containers: CSV for a caller that asks for nothing else.
  const csv = mediaType(c.req.header('accept')) === 'text/csv';
  const answerType = csv ? 'text/csv' : 'application/json';
  const began = performance.now();
  try {
    const { text, odd } = await service.answerer.answer(variant.predictor, { contentType, body, at, csv });
    const [unseen, missing] = [totalOf(odd.unseen), totalOf(odd.missing)];
    // As a model's container tells more than its answer: SageMaker hands this header on to the caller.
    if (unseen + missing > 0) c.header(headers.customAttributes, `unseen=${unseen};missing=${missing}`);
    service.odd(variant.name, at, odd);
    if (Math.random() < serving.config.capture) {
      const { bundle } = variant.predictor;
      const input = recordable(bundle, { contentType, body });
      // An answer to a record says what was received.
      const output = recordable(bundle, { contentType: answerType, body: Buffer.from(text) });
      if (input !== undefined && output !== undefined)
        service.answered({
          at,
          variant: variant.name,
          input: { contentType, body: input },
          output: { contentType: answerType, body: Buffer.from(output).toString('utf8') },
          inferenceId: c.req.header(headers.inferenceId),
          customAttributes: c.req.header(headers.customAttributes),
        });
    }
    return c.body(text, 200, { 'content-type': csv ? 'text/csv; charset=utf-8' : answerType });
  } finally {
    c.set('outcome', { variant: variant.name, modelLatency: (performance.now() - began) * 1000 });
  }
}

function describe(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
