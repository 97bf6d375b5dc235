import type { ApprovalStatus } from '../platform/ports/registry.js';
import type { StageName } from '../documents/run.js';
import type { CommandId } from './command-table.js';
import { icons, type Icon } from './trees/icons.js';

/** What a tree item stands for: commands act on it, and children are fetched by it. */
export type Target =
  /** `failedIn`: the run in which it broke. */
  | { kind: 'stage'; stage: StageName; failedIn?: string }
  | { kind: 'run'; id: string; results?: string }
  | { kind: 'account-pipeline'; name: string }
  | { kind: 'execution'; id: string; arn: string }
  | { kind: 'endpoint'; name: string }
  | { kind: 'alarm'; name: string }
  | { kind: 'model'; group: string; version: string; status: ApprovalStatus }
  | { kind: 'feature-group'; name: string }
  | { kind: 'prefix'; bucket: string; key: string }
  | { kind: 'object'; bucket: string; key: string; size: number };

/** One line of a tree, as plain data: what is shown is decided without VS Code, and tested without it. */
export interface Item {
  /** Unique in its view and the same after a refresh. */
  id: string;
  label: string;
  /** State and age, in a few words. */
  description?: string;
  /** Said in full where one looks at the line: a line each. */
  tooltip?: string;
  /** What belongs to it, beside its name; a moment is shown in the user's own time. */
  facts?: (readonly [label: string, value: string | { at: string }])[];
  /** Where its tooltip leads. */
  links?: readonly { label: string; click: CommandId }[];
  icon: Icon;
  /** Matched by `when` clauses of menus. */
  context?: string;
  target?: Target;
  /** What a click does. */
  click?: CommandId;
  children?: Item[];
  /** Its children are fetched when it is opened. */
  lazy?: boolean;
  expanded?: boolean;
}

/** The parts that are there, with a middle dot between. */
export function dotted(...parts: (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** So many letters of label and description fit a sidebar of 300 pixels. */
const mostLetters = 36;

/** What of a description stands beside its label: its first part, then its last, which is an age, then those between. */
export function fitted({ label, description }: Pick<Item, 'label' | 'description'>): string | undefined {
  if (description === undefined) return undefined;
  const room = mostLetters - label.length;
  if (description.length <= room) return description;
  const parts = description.split(' · ');
  const shown = new Set([0]);
  const text = () => parts.filter((_, at) => shown.has(at)).join(' · ');
  for (const at of [parts.length - 1, ...parts.keys()]) {
    const known = shown.has(at);
    shown.add(at);
    if (!known && text().length > room) shown.delete(at);
  }
  const first = text();
  return first.length > room && room > 4 ? `${first.slice(0, room - 1).trimEnd()}…` : first;
}

/** The line for those who do not see it: label, description and what the icon says. */
export function spoken({ label, description, icon }: Item): string {
  const { word } = icons[icon];
  const said = `${label} ${description ?? ''}`.toLowerCase();
  return [label, said.includes(word) ? '' : word, description].filter(Boolean).join(', ');
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
