import { alarms } from './own/alarms.js';
import { endpoints, type Endpoints } from './own/endpoints.js';
import { featureGroups, type Features } from './own/features.js';
import { refusal, type Answer, type Json, type Part } from './own/part.js';
import { modelPackages } from './own/registry.js';
import { schedules, type Schedules } from './own/schedules.js';
import { jsonBody, type AwsRequest } from './request.js';
import { tagsDouble } from './tags.js';

/** What the double answers itself, from what it saw pass: moto has no such operation, or answers otherwise than AWS. */
export interface OwnAnswers {
  /** The answer, or undefined to leave it to moto. */
  answer(operation: string, request: AwsRequest): Answer | undefined;
  /** Tells of a request that moto has answered well; may replace the answer. */
  passed(operation: string, request: AwsRequest, answer: Buffer): Buffer;
  endpoints: Endpoints;
  features: Features;
  schedules: Schedules;
}

export function ownAnswers(): OwnAnswers {
  const watched = alarms();
  const served = endpoints(watched.isInAlarm);
  const scheduled = schedules();
  const features = featureGroups();
  const parts: Part[] = [features.part, served.part, scheduled.part, modelPackages(), watched.part, tagsDouble().part];
  return {
    schedules: scheduled,
    endpoints: served,
    features,
    answer(operation, request) {
      const invoked = /^POST \/endpoints\/([^/]+)\/invocations$/.exec(operation)?.[1];
      if (invoked !== undefined && !served.exists(invoked))
        return refusal('ValidationError', `Endpoint ${invoked} of account 123456789012 not found.`);
      if (invoked !== undefined && request.body.toString() === 'refuse') return modelsRefusal;
      const own = parts.map(({ answers }) => answers?.[operation]).find((one) => one !== undefined);
      return own?.(jsonBody(request), request);
    },
    passed(operation, request, answer) {
      for (const { seen } of parts) seen?.[operation]?.(jsonBody(request));
      const shown = parts.map((part) => part.shown?.[operation]).find((one) => one !== undefined);
      if (shown === undefined) return answer;
      return Buffer.from(JSON.stringify(shown(JSON.parse(answer.toString('utf8')) as Json, jsonBody(request))));
    },
  };
}

/** What SageMaker makes of a model's own 400. */
const modelsRefusal: Answer = {
  status: 424,
  body: {
    __type: 'ModelError',
    Message: 'from primary',
    OriginalStatusCode: 400,
    OriginalMessage: 'a field is missing',
  },
};
