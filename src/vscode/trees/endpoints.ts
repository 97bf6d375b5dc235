import type { EndpointInfo, Variant } from '../../platform/ports.js';
import { shortened, versionWord } from '../../report/words.js';
import type { Icon } from './icons.js';
import { dotted, type Item } from './item.js';

/** Endpoints with what they really serve, next to what they were asked to. */
export function endpointItems(endpoints: readonly EndpointInfo[]): Item[] {
  return endpoints.map((endpoint) => ({
    id: `endpoint/${endpoint.name}`,
    label: shortened(endpoint.name),
    icon: iconOf(endpoint),
    description: dotted(...words(endpoint)),
    tooltip: tooltipOf(endpoint),
    context: endpoint.status === 'Stopped' ? 'endpoint+stopped' : 'endpoint+running',
    target: { kind: 'endpoint', name: endpoint.name },
    expanded: true,
    children: variantItems(endpoint),
  }));
}

function words(endpoint: EndpointInfo): string[] {
  const asked = versionsOf(endpoint.config.variants);
  const serves = endpoint.serving && versionsOf(endpoint.serving);
  const proof = endpoint.config.notProven ? ['not proven'] : [];
  if (endpoint.status === 'Stopped') return ['stopped', asked, ...proof];
  if (serves === undefined) return [statusWords(endpoint.status), 'does not answer', `asked for ${asked}`];
  if (serves !== asked) return [`serves ${serves}`, `asked for ${asked}`, ...proof];
  return [statusWords(endpoint.status), serves, ...proof];
}

function iconOf({ status, serving, config }: EndpointInfo): Icon {
  if (status === 'Stopped') return 'stopped';
  if (status === 'Failed' || status === 'OutOfService') return 'fail';
  if (status === 'Creating' || status === 'Updating' || status === 'Deleting') return 'running';
  const asAsked = serving !== undefined && versionsOf(serving) === versionsOf(config.variants);
  return asAsked && !config.notProven ? 'serving' : 'doubtful';
}

/** "InService" as people say it: "in service". */
function statusWords(status: string): string {
  return status.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}

function versionsOf(variants: readonly Variant[]): string {
  const versions = [...new Set(variants.map(({ modelVersion }) => versionWord(modelVersion)))];
  return versions.sort().join(', ');
}

function variantItems({ name, config, serving }: EndpointInfo): Item[] {
  const variants = serving ?? config.variants;
  const several = versionsOf(variants).includes(',');
  return variants.map((variant) => ({
    id: `endpoint/${name}/${variant.name}`,
    label: variant.name,
    icon: 'variant',
    description: dotted(
      percent(variant.weight),
      several && versionWord(variant.modelVersion),
      `capture ${percent(config.capture)}`,
    ),
  }));
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function tooltipOf({ name, url, reason, config, previous }: EndpointInfo): string {
  const lines = [name, url, reason, `model group ${config.group}`];
  if (previous) lines.push(`before: ${versionsOf(previous.variants)}, kept for rollback`);
  return lines.filter(Boolean).join('\n');
}
