import type { Polled } from './poll.js';

/** What came of asking a feed, for people. */
export function polledText(polled: Polled): string {
  if (polled.status === 'unchanged') return 'its feed says nothing new';
  if (polled.status === 'refused') return `its feed is not taken: ${polled.why}`;
  const aside = polled.setAside === 0 ? '' : `, ${polled.setAside} set aside (ingest_errors/)`;
  return `its feed said ${polled.rows.toLocaleString('en-US')} rows of ${polled.step}${aside}`;
}
