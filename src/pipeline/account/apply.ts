import { endpointDashboard } from '../../export/dashboard.js';
import { anyChange, differences, sparing, type Difference } from '../../export/differences.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment, Writers } from '../../platform/ports/environment.js';
import { everyItem } from '../../platform/ports/pages.js';
import { comparableAlarm, type WantedAlarm } from '../../project/alarms/alarm-schema.js';
import { dashboardName, isDashboardOf, type DashboardOwner } from '../../project/names.js';
import type { LifecycleRule } from '../../platform/ports/lifecycle.js';
import type { Project } from '../../project/schema.js';
import { ownAlarms, wantedAlarms } from '../alarms-of.js';
import type { Intent } from '../../platform/ports/intents.js';
import { keys } from '../../documents/keys.js';
import { mustBeReady } from './ready.js';
import { ruleChanges, wantedRules } from './lifecycle.js';

/** What applying would change, and what it would make so. */
export interface ApplyPlan {
  alarms: Difference[];
  dashboards: Difference[];
  /** Rules by which the bucket forgets. */
  lifecycle: Difference[];
  wanted: { alarms: WantedAlarm[]; dashboards: Map<string, unknown>; lifecycle: LifecycleRule[] };
}

/**
 * Compares the alarms and dashboards that `mlops.json` asks for with those of the environment. What others made is
 * left out of the comparison: in an account only what carries the project's tag or mark would be removed.
 */
export async function planApply(
  project: Project,
  environment: Environment,
  options: CallOptions = {},
): Promise<ApplyPlan> {
  const { wanted: alarms, reused } = await wantedAlarms(project.file, environment, options);
  const byName = new Map(alarms.map((alarm) => [alarm.name, withTopics(comparableAlarm(alarm), topicsOf(alarm))]));
  const dashboards = await wantedDashboards(project, environment, alarms, options);
  const lifecycle = wantedRules(
    project.file.environments[environment.name]?.lifecycle,
    project.file.endpoint.name,
    environment,
  );
  const { current, own } = await currentAlarms(
    environment,
    new Map(alarms.map((one) => [one.name, topicsOf(one)])),
    options,
  );
  const shown = await currentDashboards(project.file.name, environment, dashboards, options);
  return {
    alarms: [
      ...sparing(differences(byName, current), (name) => own !== undefined && !own.has(name)),
      ...reused.map(({ name, instead }): Difference => ({
        ...{
          name,
          change: 'reused',
          details: [`theirs, left alone; it does what ${instead} would, which is not made`],
        },
      })),
    ],
    dashboards: sparing(differences(dashboards, shown.current), (name) => !shown.own.has(name)),
    lifecycle: await ruleChanges(lifecycle, environment, options),
    wanted: { alarms, dashboards, lifecycle },
  };
}

export function planChanges({ alarms, dashboards, lifecycle }: ApplyPlan): boolean {
  return anyChange(alarms) || anyChange(dashboards) || anyChange(lifecycle);
}

/** @throws RefusedError, InputError when something stands in the way of the plan; asked before it is carried out */
export function mustBeApplicable(plan: ApplyPlan, environment: Environment, options: CallOptions = {}): Promise<void> {
  const changed = (all: Difference[]) => all.filter(({ change }) => ['add', 'change', 'theirs'].includes(change));
  const dashboards = changed(plan.dashboards).map(({ name }) => name);
  const expires = expiresOf(plan);
  return mustBeReady(environment, { alarms: plan.wanted.alarms, dashboards, ...(expires && { expires }) }, options);
}

/** What rules that are new or changed would delete by themselves. */
function expiresOf({ lifecycle, wanted }: ApplyPlan): Intent['expires'] {
  const changed = new Set(lifecycle.filter(({ change }) => change !== 'unchanged').map(({ name }) => name));
  const rules = wanted.lifecycle.filter(({ id, expireDays }) => changed.has(id) && expireDays !== undefined);
  if (rules.length === 0) return undefined;
  return {
    prefixes: rules.flatMap(({ prefix }) => (endpointOfCapture(prefix) === undefined ? [prefix] : [])),
    capturedBy: rules.map(({ prefix }) => endpointOfCapture(prefix)).find((name) => name !== undefined),
  };
}

/** Whose captures lie below a prefix. */
function endpointOfCapture(prefix: string): string | undefined {
  return prefix.startsWith(keys.captures) ? prefix.slice(keys.captures.length, -1) : undefined;
}

/** Makes the environment what the plan says; what is unchanged is not written. */
export async function carryOut(plan: ApplyPlan, writers: Writers, options: CallOptions = {}): Promise<void> {
  const { wanted } = plan;
  const named = (all: Difference[], ...changes: Difference['change'][]) =>
    all.filter(({ change }) => changes.includes(change)).map(({ name }) => name);
  const alarms = new Set(named(plan.alarms, 'add', 'change'));
  await writers.alarms.put(
    wanted.alarms.filter(({ name }) => alarms.has(name)),
    options,
  );
  await removeAll(named(plan.alarms, 'remove'), (names) => writers.alarms.remove(names, options));
  for (const name of named(plan.dashboards, 'add', 'change'))
    await writers.cloud!.dashboards.put(name, JSON.stringify(wanted.dashboards.get(name)), options);
  await removeAll(named(plan.dashboards, 'remove'), (names) => writers.cloud!.dashboards.remove(names, options));
  if (anyChange(plan.lifecycle)) await writers.cloud!.lifecycle.put(wanted.lifecycle, options);
}

/** Names of dashboards that a project made in an environment, by the mark in their bodies. */
export async function ownDashboards(
  project: string,
  environment: Environment,
  options: CallOptions,
): Promise<string[]> {
  const own: string[] = [];
  const { cloud } = environment;
  if (cloud === undefined) return own;
  const owner = ownerIn(environment, project);
  for await (const name of everyItem((page) => cloud.dashboards.list(`${project}-`, page), options)) {
    const body = await cloud.dashboards.read(name, options);
    if (body !== undefined && isDashboardOf(owner, body)) own.push(name);
  }
  return own;
}

function ownerIn({ name, region = '' }: Environment, project: string): DashboardOwner {
  return { project, environment: name, region };
}

async function removeAll(names: string[], remove: (names: string[]) => Promise<void>): Promise<void> {
  if (names.length > 0) await remove(names);
}

/** The topics that an alarm is to tell when it goes off, as a comparison shows them. */
const topicsOf = ({ topics }: WantedAlarm): readonly string[] => topics?.alarm ?? [];
const withTopics = <Alarm extends object>(alarm: Alarm, topics: readonly string[]) =>
  topics.length === 0 ? alarm : { ...alarm, tells: [...topics].sort() };

async function currentAlarms(
  environment: Environment,
  wanted: ReadonlyMap<string, readonly string[]>,
  options: CallOptions,
) {
  const own = await ownAlarms(environment, options);
  const current = new Map<string, object>();
  for await (const found of everyItem((page) => environment.alarms.list(page), options)) {
    const { name, definition, asked, rule, actions } = found;
    const said = definition ?? asked;
    // A local environment is the project's alone.
    const ours = wanted.has(name) || (own?.has(name) ?? environment.kind === 'local');
    // One that mlops.json could not ask for differs from whatever it asks for.
    // Whom it tells besides is the business of whoever said so.
    const told = (wanted.get(name) ?? []).filter((topic) => actions?.targets.includes(topic));
    if (ours)
      current.set(name, said === undefined ? { name, rule: rule?.text } : withTopics(comparableAlarm(said), told));
  }
  return { current, own };
}

async function wantedDashboards(
  { file }: Project,
  environment: Environment,
  alarms: readonly WantedAlarm[],
  options: CallOptions,
): Promise<Map<string, unknown>> {
  if (environment.cloud === undefined || environment.account === undefined) return new Map();
  const { name, region = '' } = environment;
  const place = { environment: name, region, account: await environment.account(options) };
  return new Map([
    [dashboardName(ownerIn(environment, file.name), file.endpoint.name), endpointDashboard(file, alarms, place)],
  ]);
}

async function currentDashboards(
  project: string,
  environment: Environment,
  wanted: ReadonlyMap<string, unknown>,
  options: CallOptions,
): Promise<{ current: Map<string, unknown>; own: Set<string> }> {
  const own = new Set(await ownDashboards(project, environment, options));
  const names = new Set([...wanted.keys(), ...own]);
  const current = new Map<string, unknown>();
  for (const name of names) {
    const body = await environment.cloud?.dashboards.read(name, options);
    if (body !== undefined) current.set(name, JSON.parse(body));
  }
  return { current, own };
}
