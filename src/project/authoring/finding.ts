import type { Rule } from '../rules/rule.js';

/** A way to mend what was found: other text in its place, or a command of the editor. */
export type Fix =
  { title: string; from: number; to: number; text: string } | { title: string; command: 'mlops.allowCommands' };

/** What an editor shows at its place in a text that is being written; `from` and `to` in characters from 0. */
export interface Finding {
  from: number;
  to: number;
  /** error: nothing runs with it; warning: it runs, and hardly does what was meant; information: somebody has to do something. */
  severity: 'error' | 'warning' | 'information';
  message: string;
  /** The likeliest first. */
  fixes: Fix[];
}

/** A rule of the file that can be read, with where it stands. */
export interface PlacedRule {
  rule: Rule;
  text: string;
  path: (string | number)[];
}
