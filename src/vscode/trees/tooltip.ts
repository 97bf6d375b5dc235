import { formatLocalMoment, zoneName } from '../../report/format/local-time.js';
import type { CommandId } from '../command-table.js';
import { fitted, type Item } from '../tree-item.js';

/** What a tooltip is drawn of: Markdown, and the only commands that its links may call. */
export interface Tooltip {
  markdown: string;
  commands: readonly CommandId[];
}

/** A line in full: its name, what its description had no room for, facts with moments in the user's own time, links. */
export function tooltipOf(item: Item, zone: string, now: Date): Tooltip {
  const { label, description, tooltip, facts = [], links = [] } = item;
  const cut = description !== undefined && fitted(item) !== description;
  const lines = [`**${escaped(label)}**`];
  if (cut && tooltip?.includes(description) !== true) lines.push(escaped(description));
  if (tooltip !== undefined && tooltip !== label) lines.push(...tooltip.split('\n').filter(Boolean).map(escaped));
  for (const [name, value] of facts)
    lines.push(`${escaped(name)}: ${escaped(typeof value === 'string' ? value : momentText(value.at, zone, now))}`);
  const { id, icon, target } = item;
  const argument = encodeURIComponent(JSON.stringify([{ id, label, icon, target }]));
  const said = links.map(({ label: text, click }) => `[${escaped(text)}](command:${click}?${argument})`);
  const last = said.length === 0 ? [] : [said.join(' · ')];
  return { markdown: [...lines, ...last].join('  \n'), commands: links.map(({ click }) => click) };
}

/** "21 Nov 10:31 CET". */
function momentText(iso: string, zone: string, now: Date): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${formatLocalMoment(at.getTime(), zone, now)} ${zoneName(zone, at)}`;
}

/** Names and messages come from anywhere: nothing in them is a link, a picture or a tag. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!~|<>&$:]/g, '\\$&');
