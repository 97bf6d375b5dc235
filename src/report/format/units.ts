/** "2.31 s", "81 %", "3": units as people write them. */
export function valueText(value: number, unit: string | undefined): string {
  switch (unit) {
    case 'Microseconds':
      return value >= 1e6 ? `${short(value / 1e6)} s` : `${short(value / 1e3)} ms`;
    case 'Milliseconds':
      return `${short(value)} ms`;
    case 'Seconds':
      return `${short(value)} s`;
    case 'Percent':
      return `${short(value)} %`;
    case 'Count':
    case undefined:
      return short(value);
    default:
      return `${short(value)} ${unit}`;
  }
}

/** Three digits that mean something, without zeros at the end. */
function short(value: number): string {
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** "14 min": how long something has been so, or was. */
export function durationText(from: string, to: Date): string {
  const minutes = Math.max(0, (to.getTime() - Date.parse(from)) / 60e3);
  if (!Number.isFinite(minutes)) return '';
  if (minutes < 1) return 'under 1 min';
  if (minutes < 90) return `${Math.round(minutes)} min`;
  if (minutes < 36 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}
