import type { Json } from './part.js';

/** How traffic is shifted: how long all of it takes, and which alarms take it back. */
export interface Guardrails {
  ms: number;
  alarms: string[];
}

/** A second of SageMaker's waiting lasts so long here. */
const secondMs = 10;

/** A DeploymentConfig as it would be carried out; or in AWS's words what is wrong with it. */
export function guardrailsOf(config: Json | undefined): Guardrails | string {
  if (config === undefined) return { ms: 0, alarms: [] };
  const policy = (config.BlueGreenUpdatePolicy ?? {}) as Json;
  const routing = policy.TrafficRoutingConfiguration as Json | undefined;
  const rollback = config.AutoRollbackConfiguration as { Alarms?: { AlarmName: string }[] } | undefined;
  const alarms = (rollback?.Alarms ?? []).map(({ AlarmName }) => AlarmName);
  if (routing === undefined) return 'TrafficRoutingConfiguration is required';
  if (rollback !== undefined && (alarms.length < 1 || alarms.length > 10)) return 'Alarms must have 1 to 10 members';
  const wait = Number(routing.WaitIntervalInSeconds);
  if (!(wait >= 0 && wait <= 3600)) return 'WaitIntervalInSeconds must be between 0 and 3600';
  const percent = (size: unknown) => Number((size as Json | undefined)?.Value);
  const [canary, linear] = [percent(routing.CanarySize), percent(routing.LinearStepSize)];
  if (routing.Type === 'CANARY' && !(canary >= 1 && canary <= 50)) return 'CanarySize must be between 1 and 50 percent';
  if (routing.Type === 'LINEAR' && !(linear >= 10 && linear <= 50))
    return 'LinearStepSize must be between 10 and 50 percent';
  const steps = routing.Type === 'CANARY' ? 2 : routing.Type === 'LINEAR' ? Math.ceil(100 / linear) : 1;
  const most = policy.MaximumExecutionTimeoutInSeconds as number | undefined;
  if (most !== undefined && !(most >= 600 && most <= 28_800))
    return 'MaximumExecutionTimeoutInSeconds must be between 600 and 28800';
  if (most !== undefined && most < steps * wait)
    return 'MaximumExecutionTimeoutInSeconds must be larger than the total waiting time';
  return { ms: steps * wait * secondMs, alarms };
}
