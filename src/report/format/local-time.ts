const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each: making one takes longer than writing a thousand times. */
function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  formats.set(name, known);
  return known;
}

const moment = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

/** "21 Nov 09:31" in a zone such as `Europe/Berlin`, with the year when it is not this one; its zone is said beside it, once. */
export function formatLocalMoment(at: number, zone: string, now: Date): string {
  if (Number.isNaN(at)) return '–';
  const parts = partsOf(at, zone);
  const year = parts.year === partsOf(now.getTime(), zone).year ? '' : ` ${parts.year}`;
  return `${parts.day} ${parts.month!.slice(0, 3)}${year} ${parts.hour}:${parts.minute}`;
}

function partsOf(at: number, zone: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const parts = formatOf(zone, { ...moment, hourCycle: 'h23' }).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** "CET", "GMT+9": how people call a zone at a moment. */
export function zoneName(zone: string, at: Date): string {
  const parts = formatOf(zone, { timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** A zone that this machine knows; UTC for any other. */
export function knownZone(zone: string): string {
  try {
    formatOf(zone, {});
    return zone;
  } catch {
    return 'UTC';
  }
}
