import { keys } from '../../documents/keys.js';
import { InputError, MissingRight } from '../../common/errors.js';
import { differences, type Difference } from '../../export/differences.js';
import type { LifecycleRule } from '../../platform/ports/lifecycle.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Lifecycle } from '../../project/schema.js';

/**
 * The rules that `mlops.json` asks for. Captures go by their endpoint, for others may capture beside it. Results go each by its own folder: `monitoring/` as a whole also holds overrides and
 * waivers, which must last.
 */
export function wantedRules(
  lifecycle: Lifecycle | undefined,
  endpoint: string,
  { cloud }: Environment,
): LifecycleRule[] {
  if (lifecycle === undefined || cloud === undefined) return [];
  const { captureDays, monitoringDays, noncurrentDays } = lifecycle;
  const expire = (name: string, prefix: string, expireDays: number | undefined): LifecycleRule[] =>
    expireDays === undefined ? [] : [{ id: `${cloud.lifecycle.idPrefix}${name}`, prefix, expireDays }];
  return [
    ...expire('capture', keys.capture(endpoint), captureDays),
    ...expire('results', keys.monitoringRuns, monitoringDays),
    ...expire('drift-reports', keys.driftReports, monitoringDays),
    ...expire('retrain-triggers', keys.retrainTriggers, monitoringDays),
    ...(noncurrentDays === undefined
      ? []
      : [{ id: `${cloud.lifecycle.idPrefix}noncurrent`, prefix: '', noncurrentDays }]),
  ];
}

/**
 * What putting them would change. A user who may not look at the rules is stopped only where some are wanted: a project
 * without any needs no right for them.
 */
export async function ruleChanges(
  wanted: readonly LifecycleRule[],
  { cloud, bucket }: Environment,
  options: CallOptions,
): Promise<Difference[]> {
  if (cloud === undefined || bucket === '') {
    if (wanted.length > 0) throw new InputError('lifecycle: found no bucket, expected the environment to name one');
    return [];
  }
  const byId = (rules: readonly LifecycleRule[]) =>
    new Map(rules.map(({ id, ...rule }) => [id, { ...rule, prefix: rule.prefix || 'all of the bucket' }]));
  try {
    const { ours } = await cloud.lifecycle.read(options);
    const rules = [...ours, ...wanted];
    return differences(byId(wanted), byId(ours)).map((difference) =>
      difference.change === 'add' || difference.change === 'remove'
        ? { ...difference, details: [ruleWords(rules.find(({ id }) => id === difference.name)!)] }
        : difference,
    );
  } catch (error) {
    options.signal?.throwIfAborted();
    if (wanted.length > 0 || !(error instanceof MissingRight)) throw error;
    return [];
  }
}

/** "monitoring/runs/: objects go after 90 days": what deletes by itself is said in full before it is made. */
function ruleWords({ prefix, expireDays, noncurrentDays }: LifecycleRule): string {
  const where = prefix === '' ? 'all of the bucket' : prefix;
  const goes = [
    expireDays === undefined ? '' : `objects go after ${expireDays} days`,
    noncurrentDays === undefined ? '' : `replaced and deleted versions go after ${noncurrentDays} days`,
  ];
  return `${where}: ${goes.filter(Boolean).join(', ')}`;
}
