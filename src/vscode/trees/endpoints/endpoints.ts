import { configDrift, versionsOf } from '../../../pipeline/endpoints/drift.js';
import type { EndpointLive } from '../../../pipeline/dashboard/live.js';
import type { EndpointLook } from '../../../pipeline/endpoints/look.js';
import { violationWords } from '../../../pipeline/endpoints/words.js';
import type { EndpointInfo, ListedEndpoint } from '../../../platform/ports/endpoints.js';
import { plural, shortened } from '../../../report/format/words.js';
import { liveLines, liveWords, releaseWords } from './live-words.js';
import { openedItems } from './endpoint-parts.js';
import type { Icon } from '../icons.js';
import { dotted, type Item } from '../../tree-item.js';

/** What is known of endpoints beyond their own descriptions. */
interface Around {
  now?: Date;
  /** Cost, use and schedules, by name; absent where nobody asked. */
  looks?: ReadonlyMap<string, EndpointLook>;
  /** What goes on now, by name. */
  live?: ReadonlyMap<string, EndpointLive>;
  /** Those of others in the account: listed, and described only when somebody opens one. */
  others?: readonly ListedEndpoint[];
}

/** The project's endpoints with what they really serve, next to what they were asked to; others' folded below. */
export function endpointItems(
  endpoints: readonly EndpointInfo[],
  { now = new Date(), looks, live, others = [] }: Around = {},
): Item[] {
  const own = endpoints.map((endpoint): Item => {
    const look = looks?.get(endpoint.name);
    const doing = live?.get(endpoint.name);
    return {
      id: `endpoint/${endpoint.name}`,
      label: shortened(endpoint.name),
      icon: look?.idle === true && iconOf(endpoint) === 'serving' ? 'doubtful' : iconOf(endpoint),
      description: dotted(...words(endpoint, doing), look?.idle === true && 'idle 24 h'),
      tooltip: tooltipOf(endpoint, doing),
      context: contextOf(endpoint),
      target: { kind: 'endpoint', name: endpoint.name },
      expanded: true,
      children: openedItems(endpoint, look, now),
    };
  });
  return [...own, ...othersItems(others)];
}

/** Machines can be counted only where there are some: in an account. */
function contextOf({ status, fleet }: EndpointInfo): string {
  if (status === 'Stopped') return 'endpoint+stopped';
  return fleet?.some(({ instances }) => instances !== undefined) ? 'endpoint+running+scalable' : 'endpoint+running';
}

function othersItems(others: readonly ListedEndpoint[]): Item[] {
  if (others.length === 0) return [];
  const children = others.map(({ name, status }): Item => ({
    id: `other-endpoint/${name}`,
    label: shortened(name),
    icon: statusIcon(status) ?? 'variant',
    description: dotted(violationWords(status), 'not this project’s'),
    tooltip: `${name}\nNot deployed from this project: it is shown, and left alone.`,
    context: 'endpoint+others',
    target: { kind: 'endpoint', name },
    lazy: true,
  }));
  const label = `${others.length} ${plural(others.length, 'endpoint')} of others`;
  return [{ id: 'endpoints-others', label, icon: 'folder', children }];
}

function words(endpoint: EndpointInfo, live: EndpointLive = {}): string[] {
  const asked = versionsOf(endpoint.config.variants);
  const serves = endpoint.serving && versionsOf(endpoint.serving);
  const proof = endpoint.config.notProven ? ['not proven'] : [];
  if (endpoint.status === 'Stopped') return ['stopped', asked, ...proof];
  if (serves === undefined) return ['does not answer', violationWords(endpoint.status), `asked for ${asked}`];
  if (serves !== asked) return [`serves ${serves}`, `asked for ${asked}`, ...proof];
  const drift = configDrift(endpoint) === null ? [] : ['not as asked'];
  const doing = liveWords(live);
  const version = live.release === undefined ? serves : releaseWords(live.release);
  // The icon says that it is in service; what it does now needs the room.
  const status = doing.length > 0 || live.release !== undefined ? [] : [violationWords(endpoint.status)];
  return [...status, version, ...doing, ...drift, ...proof];
}

function iconOf(endpoint: EndpointInfo): Icon {
  const { status, config } = endpoint;
  return statusIcon(status) ?? (configDrift(endpoint) === null && !config.notProven ? 'serving' : 'doubtful');
}

/** undefined for one in service: what it serves decides. */
function statusIcon(status: EndpointInfo['status']): Icon | undefined {
  if (status === 'Stopped') return 'stopped';
  if (status === 'Failed' || status === 'OutOfService') return 'broke';
  return status === 'Creating' || status === 'Updating' || status === 'Deleting' ? 'running' : undefined;
}

function tooltipOf(endpoint: EndpointInfo, live: EndpointLive = {}): string {
  const { name, url, reason, config, previous } = endpoint;
  const drift = configDrift(endpoint);
  const lines = [name, url, drift, reason === drift ? undefined : reason, `model group ${config.group}`];
  if (previous) lines.push(`before: ${versionsOf(previous.variants)}, kept for rollback`);
  return [...lines, ...liveLines(live)].filter(Boolean).join('\n');
}
