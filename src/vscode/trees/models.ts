import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { formatAge } from '../../report/format/dates.js';
import { nameOf } from '../../report/format/figure-names.js';
import { formatNumber } from '../../report/format/numbers.js';
import { versionWord } from '../../report/format/words.js';
import { dotted, type Item } from '../tree-item.js';

const statusWords = {
  Approved: 'approved',
  PendingManualApproval: 'waits for approval',
  Rejected: 'rejected',
} as const;

/** Versions newest first; the ones that serve carry a star. */
export function modelItems(versions: readonly ModelVersion[], serving: ReadonlySet<string>, now: Date): Item[] {
  const groups = new Set(versions.map(({ group }) => group));
  return versions.map((version) => {
    const serves = serving.has(keyOf(version.group, version.version));
    return {
      id: `model/${version.group}/${version.version}`,
      label: [versionWord(version.version), version.name].filter(Boolean).join(' '),
      icon: serves ? 'star' : version.status === 'PendingManualApproval' ? 'inconclusive' : 'model',
      description: dotted(
        groups.size > 1 && version.group,
        statusWords[version.status],
        serves && 'serving',
        formatAge(version.createdAt, now),
      ),
      tooltip: version.description,
      facts: [['Registered', { at: version.createdAt }]],
      context: `model+${version.status.toLowerCase()}`,
      target: { kind: 'model', group: version.group, version: version.version, status: version.status },
      children: metricItems(version),
    };
  });
}

/** The group and version of every model that some endpoint really serves. */
export function servedModels(endpoints: readonly EndpointInfo[]): Set<string> {
  return new Set(
    endpoints.flatMap(({ config, serving }) =>
      (serving ?? []).map(({ modelVersion }) => keyOf(config.group, modelVersion)),
    ),
  );
}

function keyOf(group: string, version: string): string {
  return `${group}/${version}`;
}

function metricItems({ group, version, metrics }: ModelVersion): Item[] {
  return Object.entries(metrics).map(([name, value]) => ({
    id: `model/${group}/${version}/${name}`,
    label: nameOf(name).title,
    icon: 'none',
    description: value === null ? '– (not computed)' : formatNumber(value),
  }));
}
