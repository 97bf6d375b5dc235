import pc from 'picocolors';
import { anyChange, type Difference } from '../export/differences.js';

const marks = { add: '+', change: '~', remove: '-', unchanged: ' ' } as const;
const longest = 160;

/** A line each, with what differs below it; one sentence when nothing would change. */
export function differencesText(title: string, all: readonly Difference[]): string {
  if (all.length === 0) return '';
  const unchanged = all.filter(({ change }) => change === 'unchanged').length;
  if (!anyChange(all)) return `${title}: ${unchanged} unchanged`;
  const lines = all.flatMap(({ name, change, details }) =>
    change === 'unchanged' ? [] : [coloured(change, `${marks[change]} ${change} ${name}`), ...details.map(detail)],
  );
  return [`${title}:`, ...lines.map((line) => `  ${line}`), `  ${unchanged} unchanged`].join('\n');
}

function detail(text: string): string {
  return `    ${text.length > longest ? `${text.slice(0, longest)}…` : text}`;
}

function coloured(change: Difference['change'], text: string): string {
  if (change === 'add') return pc.green(text);
  return change === 'remove' ? pc.red(text) : pc.yellow(text);
}
