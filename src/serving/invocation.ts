import { randomUUID } from 'node:crypto';
import { messageOf } from '../common/errors.js';
import { totalOf, type OddValues } from '../models/bundle/odd-values.js';
import type { AnswerText, AskedBody } from './answering/answer-text.js';
import { capture, type Sent } from './capture-exchange.js';
import { failureAnswer, runtimeFailure } from './failure.js';
import type { Answer, Asked, Outcome, Request, Route } from './http/route.js';
import { jsonLines, mediaType } from './input/decode.js';
import { badRequest, RequestError } from './request-error.js';
import type { Service } from './service.js';
import type { shadowing } from './shadow.js';
import { after, finish, type Soon } from './soon.js';
import { baselineOf, chooseVariant, using, type ServedVariant, type Serving } from './traffic.js';

/** In lower case as they are read; sent as SageMaker spells them. */
const read = {
  inferenceId: 'x-amzn-sagemaker-inference-id',
  targetVariant: 'x-amzn-sagemaker-target-variant',
  customAttributes: 'x-amzn-sagemaker-custom-attributes',
  explain: 'x-amzn-sagemaker-enable-explanations',
};
const sent = {
  customAttributes: 'X-Amzn-SageMaker-Custom-Attributes',
  invokedVariant: 'x-Amzn-Invoked-Production-Variant',
};

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
export function invocationRoute(
  service: Service,
  { path, most, runtime }: InvocationRoute,
  shadow: ReturnType<typeof shadowing>,
): Route {
  function count({ at, began }: Asked, status: number, outcome: Outcome | undefined): void {
    const { variant, modelLatency } = outcome ?? { variant: service.serving().variants[0]!.name };
    const total = (performance.now() - began) * 1000;
    service.counted({ at, variant, status, modelLatency, overheadLatency: total - (modelLatency ?? 0) });
  }

  function ask(request: Request, variant: ServedVariant, asked: AskedBody): Soon<AnswerText> {
    const outcome: Outcome = { variant: variant.name, modelLatency: undefined };
    request.outcome = outcome;
    const began = performance.now();
    return finish(
      () => service.answerer.answer(variant.predictor, asked),
      () => (outcome.modelLatency = (performance.now() - began) * 1000),
    );
  }

  /** Where a candidate fails, the baseline answers: who did not ask for the candidate does not hear of it. */
  async function askCandidate(serving: Serving, request: Request, variant: ServedVariant, asked: AskedBody) {
    try {
      return { variant, answer: await ask(request, variant, asked) };
    } catch (error) {
      const baseline = baselineOf(serving, Math.random());
      if (baseline === undefined || isBusy(error)) throw error;
      const failed = request.outcome;
      // What the baseline refuses too is the caller's own mistake.
      const answer = await ask(request, baseline, asked);
      count(request, 500, failed);
      service.log(`candidate ${variant.name} failed, ${baseline.name} answered: ${messageOf(error)}`);
      return { variant: baseline, answer };
    }
  }

  return {
    ...{ method: 'POST', path, most },
    answer(request) {
      const { params, at, body, headers } = request;
      if (runtime && service.endpoint !== undefined && params.name !== service.endpoint)
        throw badRequest(`Endpoint ${params.name} not found`);
      const serving = service.serving();
      const form = formOf(headers.accept);
      const asked = {
        contentType: headers['content-type'] ?? 'application/json',
        body,
        at,
        as: form.as,
        explain: explainOf(request),
      };
      const answered = (variant: ServedVariant, { text, odd, drift }: AnswerText): Answer => {
        service.odd(variant.name, at, odd);
        if (drift !== undefined) service.drifted?.(variant.name, at, drift);
        const sentAnswer: Sent = {
          text,
          contentType: form.contentType,
          eventId: Math.random() < serving.config.capture ? randomUUID() : undefined,
          inferenceId: headers[read.inferenceId],
          customAttributes: headers[read.customAttributes],
        };
        capture(service, variant, asked, sentAnswer);
        shadow(serving, { asked, sent: sentAnswer });
        count(request, 200, request.outcome);
        return { status: 200, headers: headersOf(form, variant.name, odd), body: text };
      };
      return using(serving, () => {
        const target = headers[read.targetVariant];
        const variant = chooseVariant(serving, target, Math.random());
        if (variant.candidate === true && target === undefined)
          return askCandidate(serving, request, variant, asked).then((by) => answered(by.variant, by.answer));
        return after(ask(request, variant, asked), (answer) => answered(variant, answer));
      });
    },
    refuse(error, asked) {
      const { outcome } = asked;
      const answer = runtime ? runtimeFailure(error) : failureAnswer(error);
      // A model's failure is told as 424 on the runtime's route, and is the model's 500 in the metrics.
      const status = answer.status === 424 ? 500 : answer.status;
      if (status !== 401 && status !== 403) count(asked, status, outcome);
      return outcome ? { ...answer, headers: { ...answer.headers, [sent.invokedVariant]: outcome.variant } } : answer;
    },
  };
}

/** Refused for the moment, whatever was asked. */
const isBusy = (error: unknown) => error instanceof RequestError && (error.status === 503 || error.status === 429);

/**
 * What is to be explained: `?explain=all`, `explain=comp1` among the custom attributes, or SageMaker's own header, whose
 * expression is `true` or `false` here.
 */
function explainOf({ query, headers }: Request): string | undefined {
  const attribute = headers[read.customAttributes]
    ?.split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith('explain='));
  const asked = query.get('explain') ?? (attribute && decoded(attribute.slice('explain='.length)));
  if (asked !== undefined) return asked === '' || asked === 'true' ? 'predicted' : asked;
  const expression = headers[read.explain]?.trim().replaceAll('`', '');
  if (expression === undefined || expression === 'false') return undefined;
  if (expression === 'true') return 'predicted';
  throw badRequest(`${read.explain}: found ${headers[read.explain]}, expected \`true\` or \`false\``);
}

/** Names of classes are encoded as in an address: a header holds few letters. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Form {
  as: AskedBody['as'];
  contentType: string;
}

const json: Form = { as: undefined, contentType: 'application/json' };

/** As SageMaker's own containers: CSV, or lines of JSON, for a caller that asks for nothing else. */
function formOf(accept: string | undefined): Form {
  if (accept === undefined || accept === '*/*') return json;
  const contentType = mediaType(accept);
  if (contentType === 'text/csv') return { as: 'csv', contentType };
  return jsonLines.has(contentType) ? { as: 'jsonlines', contentType } : json;
}

function headersOf({ as, contentType }: Form, variant: string, odd: OddValues): Record<string, string> {
  const said = {
    'content-type': as === 'csv' ? 'text/csv; charset=utf-8' : contentType,
    [sent.invokedVariant]: variant,
  };
  const [unseen, missing] = [totalOf(odd.unseen), totalOf(odd.missing)];
  // As a model's container tells more than its answer: SageMaker hands this header on to the caller.
  if (unseen + missing > 0) said[sent.customAttributes] = `unseen=${unseen};missing=${missing}`;
  return said;
}
