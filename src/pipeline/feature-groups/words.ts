import type { FeatureGroup } from '../../platform/ports/features.js';
import { durationText } from '../../report/format/units.js';
import type { Freshness } from './freshness.js';

/** "3 h behind": how far the newest event lies back; null where that cannot be told. */
export function behindWords({ newestEvent }: Freshness, now: Date): string | null {
  if (newestEvent === null) return null;
  return `${durationText(newestEvent, now)} behind`;
}

/** "online and offline": where its records can be read. */
export function storeWords({ online, offline }: FeatureGroup): string {
  const stores = [online === true && 'online', offline === true && 'offline'].filter(Boolean);
  return stores.length === 0 ? 'not recorded' : stores.join(' and ');
}
