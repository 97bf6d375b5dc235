const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "24 Nov", with the year when it is not this one, with the hour when it is within a day. UTC. */
export function formatDay(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]}`;
  const year = at.getUTCFullYear() === now.getUTCFullYear() ? '' : ` ${at.getUTCFullYear()}`;
  const near = Math.abs(at.getTime() - now.getTime()) < 24 * 3600e3;
  return `${day}${year}${near ? `, ${at.toISOString().slice(11, 16)} UTC` : ''}`;
}

/** "2026-11-21 09:31 UTC"; text that is no time stays as it is. */
export function formatMoment(iso: string): string {
  const at = new Date(hasZone(iso) ? iso : `${iso}Z`);
  if (Number.isNaN(at.getTime())) return iso;
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** "2 min ago", "3 h ago", "5 days ago"; empty for what lies ahead (by more than clocks differ) or is no time. */
export function formatAge(iso: string, now: Date): string {
  const minutes = (now.getTime() - new Date(hasZone(iso) ? iso : `${iso}Z`).getTime()) / 60e3;
  if (!(minutes > -1)) return '';
  if (minutes < 1) return 'just now';
  if (minutes < 90) return `${Math.round(minutes)} min ago`;
  if (minutes < 36 * 60) return `${Math.round(minutes / 60)} h ago`;
  return `${Math.round(minutes / 1440)} days ago`;
}

/** "2013-04-10 – 05-04": the year once when both ends share it. */
export function formatWindow(from: string | null, to: string | null): string {
  const [first, last] = [from?.slice(0, 10), to?.slice(0, 10)];
  if (!first || !last) return first ? `since ${first}` : last ? `until ${last}` : '';
  if (first === last) return first;
  return `${first} – ${first.slice(0, 4) === last.slice(0, 4) ? last.slice(5) : last}`;
}

/** Times without a zone are UTC in every document. */
function hasZone(iso: string): boolean {
  return !/T\d|\d \d/.test(iso) || /(Z|[+-]\d\d:?\d\d)$/.test(iso);
}
