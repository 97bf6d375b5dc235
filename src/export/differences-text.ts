import { anyChange, type Difference } from './differences.js';

const marks = { add: '+', change: '~', remove: '-', unchanged: ' ', theirs: '!', reused: '=' } as const;
const longest = 160;

/** A line each, with what differs below it; one sentence when nothing would change. `paint`: for who shows colours. */
export function differencesText(
  title: string,
  all: readonly Difference[],
  paint: (change: Difference['change'], text: string) => string = (_, text) => text,
): string[] {
  if (all.length === 0) return [];
  const unchanged = all.filter(({ change }) => change === 'unchanged').length;
  if (!anyChange(all) && all.length === unchanged) return [`${title}: ${unchanged} unchanged`];
  const lines = all.flatMap(({ name, change, details }) =>
    change === 'unchanged' ? [] : [paint(change, `${marks[change]} ${change} ${name}`), ...details.map(detail)],
  );
  return [`${title}:`, ...lines.map((line) => `  ${line}`), `  ${unchanged} unchanged`];
}

function detail(text: string): string {
  return `    ${text.length > longest ? `${text.slice(0, longest)}…` : text}`;
}
