import { totalOf } from '../models/bundle/odd-values.js';
import { failureAnswer, runtimeFailure } from './failure.js';
import type { Answer, Asked, Request, Route } from './http/route.js';
import { recordable, recordableText } from './private-input.js';
import { badRequest } from './request-error.js';
import { mediaType } from './input/decode.js';
import type { Service } from './service.js';
import { chooseVariant, type ServedVariant } from './traffic.js';

/** In lower case as they are read; sent as SageMaker spells them. */
const read = {
  inferenceId: 'x-amzn-sagemaker-inference-id',
  targetVariant: 'x-amzn-sagemaker-target-variant',
  customAttributes: 'x-amzn-sagemaker-custom-attributes',
};
const sent = {
  customAttributes: 'X-Amzn-SageMaker-Custom-Attributes',
  invokedVariant: 'x-Amzn-Invoked-Production-Variant',
};

/** Who answered, and how long that took in microseconds. */
interface Outcome {
  variant: string;
  modelLatency?: number;
}

interface InvocationRoute {
  path: string;
  most: number;
  /** SageMaker's own: its words for what goes wrong. */
  runtime?: boolean;
}

/**
 * Answers `POST /invocations`, `/predict` and, with `runtime`, SageMaker's own invocation route. Every invocation that
 * its caller was allowed to make is counted, whatever came of it.
 */
export function invocationRoute(service: Service, { path, most, runtime }: InvocationRoute): Route {
  const outcomes = new WeakMap<Asked, Outcome>();

  function count({ at, began }: Asked, status: number, outcome: Outcome | undefined): void {
    const { variant, modelLatency } = outcome ?? { variant: service.serving().variants[0]!.name };
    const total = (performance.now() - began) * 1000;
    service.counted({ at, variant, status, modelLatency, overheadLatency: total - (modelLatency ?? 0) });
  }

  return {
    ...{ method: 'POST', path, most },
    async answer(request) {
      const { name } = request.params;
      if (runtime && service.endpoint !== undefined && name !== service.endpoint)
        throw badRequest(`Endpoint ${name} not found`);
      const variant = chooseVariant(service.serving(), request.headers[read.targetVariant], Math.random());
      const outcome: Outcome = { variant: variant.name };
      outcomes.set(request, outcome);
      const answer = await predict(service, request, variant, outcome);
      count(request, answer.status, outcome);
      return answer;
    },
    refuse(error, asked) {
      const outcome = outcomes.get(asked);
      const answer = runtime ? runtimeFailure(error) : failureAnswer(error);
      // A model's failure is told as 424 on the runtime's route, and is the model's 500 in the metrics.
      const status = answer.status === 424 ? 500 : answer.status;
      if (status !== 401 && status !== 403) count(asked, status, outcome);
      return outcome ? { ...answer, headers: { ...answer.headers, [sent.invokedVariant]: outcome.variant } } : answer;
    },
  };
}

async function predict(
  service: Service,
  { at, body, headers }: Request,
  variant: ServedVariant,
  outcome: Outcome,
): Promise<Answer> {
  const { config } = service.serving();
  const contentType = headers['content-type'] ?? 'application/json';
  // As SageMaker's own containers: CSV for a caller that asks for nothing else.
  const csv = mediaType(headers.accept) === 'text/csv';
  const answerType = csv ? 'text/csv' : 'application/json';
  const began = performance.now();
  try {
    const { text, odd } = await service.answerer.answer(variant.predictor, { contentType, body, at, csv });
    const said: Record<string, string> = {
      'content-type': csv ? 'text/csv; charset=utf-8' : answerType,
      [sent.invokedVariant]: variant.name,
    };
    const [unseen, missing] = [totalOf(odd.unseen), totalOf(odd.missing)];
    // As a model's container tells more than its answer: SageMaker hands this header on to the caller.
    if (unseen + missing > 0) said[sent.customAttributes] = `unseen=${unseen};missing=${missing}`;
    service.odd(variant.name, at, odd);
    if (Math.random() < config.capture) {
      const { bundle } = variant.predictor;
      const input = recordable(bundle, { contentType, body });
      // An answer to a record says what was received.
      const output = recordableText(bundle, { contentType: answerType, text });
      if (input !== undefined && output !== undefined)
        service.answered({
          at,
          variant: variant.name,
          input: { contentType, body: input },
          output: { contentType: answerType, body: output },
          inferenceId: headers[read.inferenceId],
          customAttributes: headers[read.customAttributes],
        });
    }
    return { status: 200, headers: said, body: text };
  } finally {
    outcome.modelLatency = (performance.now() - began) * 1000;
  }
}
