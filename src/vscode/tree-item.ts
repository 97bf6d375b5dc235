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
  tooltip?: string;
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

/** The line for those who do not see it: label, description and what the icon says. */
export function spoken({ label, description, icon }: Item): string {
  const { word } = icons[icon];
  const said = `${label} ${description ?? ''}`.toLowerCase();
  return [label, said.includes(word) ? '' : word, description].filter(Boolean).join(', ');
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
