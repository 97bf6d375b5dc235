import { InputError } from '../../common/errors.js';
import { evaluateAlarm, evaluationRange } from '../../alarms/evaluate-alarm.js';
import type { ReleaseDocument, Watched } from '../../documents/releases/release.js';
import type { AlarmState } from '../../platform/ports/alarms.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { AlarmDefinition } from '../../project/alarms/alarm-schema.js';
import { looksLikeRule } from '../../project/rules/live-rule.js';

export async function findAlarm(
  { alarms }: Pick<Environment, 'alarms'>,
  name: string,
  options: CallOptions = {},
): Promise<AlarmState | undefined> {
  for await (const alarm of everyItem((page) => alarms.list({ ...page, ...options })))
    if (alarm.name === name) return alarm;
  return undefined;
}

/**
 * What an alarm says of the new version. One on the variant that served before is judged on the new one's metrics instead:
 * what the version before does is not its fault, and a caller's failure there is what the new one must not have.
 */
export async function watchAlarm(
  environment: Environment,
  release: ReleaseDocument,
  name: string,
  now: Date,
  options: CallOptions,
): Promise<Watched> {
  const alarm = await findAlarm(environment, name, options);
  const blank = { rule: name, value: null, limit: null, baseline: null };
  if (alarm === undefined) return { ...blank, answer: 'unknown', why: 'there is no such alarm any more' };
  const { definition } = alarm;
  const own =
    definition !== undefined && isOnBaseline(definition, release) ? onCandidate(definition, release) : undefined;
  const { state, reason, latest } =
    own === undefined ? alarm : await evaluated(environment, own, release, now, options);
  const answers = { ALARM: 'bad', OK: 'good', INSUFFICIENT_DATA: 'unknown' } as const;
  return { ...blank, value: latest ?? null, limit: definition?.threshold ?? null, answer: answers[state], why: reason };
}

function isOnBaseline({ dimensions }: AlarmDefinition, { endpoint, baseline }: ReleaseDocument): boolean {
  return dimensions.EndpointName === endpoint && dimensions.VariantName === baseline;
}

function onCandidate(definition: AlarmDefinition, { candidate }: ReleaseDocument): AlarmDefinition {
  return { ...definition, dimensions: { ...definition.dimensions, VariantName: candidate } };
}

async function evaluated(
  { metrics }: Environment,
  definition: AlarmDefinition,
  { startedAt }: ReleaseDocument,
  now: Date,
  options: CallOptions,
) {
  const { namespace, metric, dimensions, statistic, period } = definition;
  const range = evaluationRange(definition, now);
  const points = await metrics.query({ namespace, metric, dimensions, statistic, period, ...range }, options);
  return evaluateAlarm(definition, points, undefined, now, new Date(startedAt));
}

/** @throws InputError for an alarm that is not there, or that is in ALARM before anything begins */
export async function alarmsMustBeQuiet(environment: Environment, rollbackOn: readonly string[]): Promise<void> {
  const names = rollbackOn.filter((word) => !looksLikeRule(word));
  if (names.length === 0) return;
  for (const name of names) {
    const alarm = await findAlarm(environment, name);
    if (alarm === undefined)
      throw new InputError(
        `release: found no alarm "${name}", which rollbackOn names; make it with: mlops alarm apply`,
      );
    if (alarm.state === 'ALARM')
      throw new InputError(
        `release: alarm ${name} is in ALARM already (${alarm.reason}), so it could not tell what the new version does`,
      );
  }
}
