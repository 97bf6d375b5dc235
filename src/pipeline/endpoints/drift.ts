import type { EndpointInfo, Variant } from '../../platform/ports/endpoints.js';
import { versionWord } from '../../report/format/words.js';

/**
 * In words, how what serves differs from what was asked for; null where it serves that, or is stopped. A status of
 * InService proves nothing: an update that was taken back ends in it too.
 */
export function configDrift({ status, serving, config, drift }: EndpointInfo): string | null {
  if (status === 'Stopped') return null;
  if (drift !== undefined) return drift;
  if (status === 'OutOfService')
    return `is out of service and answers nobody, asked for ${versionsOf(config.variants)}`;
  if (serving === undefined) return `does not answer, asked for ${versionsOf(config.variants)}`;
  const [serves, asked] = [versionsOf(serving), versionsOf(config.variants)];
  return serves === asked ? null : `serves ${serves}, asked for ${asked}`;
}

/** `v2, v3`: the versions behind variants, each once. */
export function versionsOf(variants: readonly Variant[]): string {
  const versions = [...new Set(variants.map(({ modelVersion }) => versionWord(modelVersion)))];
  return versions.sort().join(', ');
}
