import { momentAfter, stampOf } from '../../documents/keys.js';
import type { ReleaseDocument } from '../../documents/releases/release.js';
import type { EndpointConfig, EndpointInfo } from '../../platform/ports/endpoints.js';
import { secondsOf } from '../../project/duration.js';
import type { NamedEndpoint } from '../../project/endpoints.js';
import { releaseSchema, type ReleaseSettings, type ReleaseStrategy } from '../../project/parts/release-schema.js';
import { looksLikeRule, usualRules } from '../../project/rules/live-rule.js';
import { servedApi } from '../endpoints/served-api.js';
import { mainVariant } from '../endpoints/main-variant.js';
import { costOfRelease } from './cost.js';
import type { ReleaseAt } from './releasing.js';
import { releaseIds } from './stored.js';

/** What a release is to do, and who wants it. */
export interface ReleaseWish {
  endpoint: NamedEndpoint;
  group: string;
  version: string;
  by: string;
  automatic: boolean;
  why: string;
  /** Key of what admitted it. */
  admission: string | null;
  notProven?: boolean;
}

const usualSteps: Record<ReleaseStrategy, number[]> = {
  'all-at-once': [100],
  canary: [10, 100],
  linear: [25, 50, 75, 100],
  ramp: [10, 25, 50, 100],
};

/** A release that has not begun: what it will do, and what it goes back to. */
export async function planRelease(
  { project, environment }: ReleaseAt,
  wish: ReleaseWish,
  before: EndpointInfo | undefined,
  now: Date,
): Promise<ReleaseDocument> {
  const settings = project.file.release ?? releaseSchema.parse({});
  const { endpoint, group, version } = wish;
  const id = await freshId(environment.objects, endpoint.name, now);
  const served = before?.serving ?? before?.config.variants;
  const baseline = served === undefined ? undefined : mainVariant(served);
  const candidate = `${version.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 40)}-${id.slice(-6)}`;
  const after: EndpointConfig = {
    ...{ name: endpoint.name, group, capture: endpoint.capture, notProven: wish.notProven ?? false },
    variants: [{ name: 'AllTraffic', modelVersion: version, weight: 1 }],
    ...servedApi({ project, environment }),
  };
  const rollbackOn =
    settings.rollbackOn ?? usualRules.filter((rule) => endpoint.capture > 0 || !rule.startsWith('score'));
  // Without a version before there is nothing to share the traffic with, and nothing to go back to.
  const steps = (baseline === undefined ? [100] : stepsOf(settings)).map((percent) => percent / 100);
  return {
    ...{ kind: 'release', schemaVersion: 1, id, project: project.file.name, environment: environment.name },
    ...{ endpoint: endpoint.name, from: baseline?.modelVersion ?? null, to: version },
    ...{ by: wish.by, automatic: wish.automatic, why: wish.why, startedAt: now.toISOString() },
    ...{
      strategy: settings.strategy,
      mode: environment.kind === 'aws' && byService(settings, rollbackOn) ? 'service' : 'variants',
    },
    ...{ steps, bakeSeconds: baseline === undefined ? 0 : bakeSecondsOf(settings), requests: settings.requests },
    ...{ rollbackOn: [...rollbackOn], smoke: settings.smoke ?? null, baseline: 'AllTraffic', candidate },
    ...{ before: baseline === undefined ? null : wholeConfig(before!.config, baseline), after },
    ...{ phase: 'shifting', step: 0, since: now.toISOString(), events: [], outcome: null },
    ...{
      cost: costOfRelease(environment, endpoint, baseline !== undefined),
      admission: wish.admission,
      incident: null,
    },
  };
}

/** Per cent of the traffic, step by step. */
export function stepsOf({ strategy, steps }: ReleaseSettings): number[] {
  return steps ?? usualSteps[strategy];
}

export function bakeSecondsOf({ strategy, bake }: ReleaseSettings): number {
  return secondsOf(bake ?? (strategy === 'all-at-once' ? '0s' : '10m'));
}

/** SageMaker's limits: alarms beside the one that stops it, seconds of one wait, and of all of them. */
const most = { alarms: 9, wait: 3600, waits: 25_200 };

/**
 * Whether SageMaker's guardrails can do it: two steps, the first at most half, or equal steps of a tenth to a half; and
 * watched by alarms alone, for it knows nothing of rules on figures, nor of a smoke test between two steps.
 */
export function byService(settings: ReleaseSettings, rollbackOn: readonly string[]): boolean {
  const steps = stepsOf(settings);
  const wait = bakeSecondsOf(settings);
  // What is not watched needs no rule.
  if (settings.strategy === 'all-at-once' && wait === 0) return true;
  if (rollbackOn.length > most.alarms || rollbackOn.some(looksLikeRule)) return false;
  if (wait > most.wait || wait * steps.length > most.waits) return false;
  if (settings.strategy === 'all-at-once') return true;
  if (rollbackOn.length === 0 || settings.smoke !== undefined) return false;
  const [first = 100] = steps;
  if (settings.strategy === 'canary') return steps.length === 2 && first <= 50;
  const equal = steps.every((step, index) => Math.abs(step - first * (index + 1)) < 1e-9);
  return settings.strategy === 'linear' && equal && first >= 10 && first <= 50;
}

/** What is gone back to is one version with all of the traffic, whatever half-done split is there now. */
function wholeConfig(config: EndpointConfig, { modelVersion }: { modelVersion: string }): EndpointConfig {
  return { ...config, variants: [{ name: 'AllTraffic', modelVersion, weight: 1 }] };
}

/** Ids sort as releases began, whatever a clock said. */
async function freshId(objects: ReleaseAt['environment']['objects'], endpoint: string, now: Date): Promise<string> {
  const newest = (await releaseIds(objects, endpoint)).at(-1);
  return stampOf(momentAfter(newest, now), Math.random().toString(36).slice(2).padEnd(6, '0'));
}
