import { delayInDays } from '../../documents/capture/label-join.js';
import type { ProjectFile } from '../../project/schema.js';

const day = 86_400_000;

/**
 * When the last label of rows up to a time is due, by the project's delay of labels. Null where no label is missing, or
 * the delay or the time is not known.
 */
export function labelsDue(
  { monitor }: Pick<ProjectFile, 'monitor'>,
  to: string | null,
  unlabelled: number,
): string | null {
  if (unlabelled === 0 || monitor.labelDelay === undefined || to === null) return null;
  const due = utcOf(to) + delayInDays(monitor.labelDelay) * day;
  return Number.isNaN(due) ? null : new Date(due).toISOString();
}

/** A date or time as DuckDB writes it (`2026-03-01`, `2026-03-01 12:00:00`, with or without `+00`), in UTC. */
function utcOf(text: string): number {
  const iso = text.replace(' ', 'T').replace(/\+00$/, 'Z');
  return Date.parse(!iso.includes('T') || /(?:Z|[-+]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`);
}
