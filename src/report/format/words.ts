import { fromBaseline, type ThresholdSource } from '../../documents/threshold-source.js';
import type { Operator } from '../../documents/gates/verdict.js';
import type { CellName } from '../matrix-block.js';
import type { Answer } from '../view-parts.js';

/** The words of a report, in one place. */
export const answerWords: Record<Answer, string> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  inconclusive: 'inconclusive',
  error: 'error',
  unknown: 'not recorded',
};

export const answerSigns: Record<Answer, string> = {
  pass: '✓',
  warn: '!',
  fail: '✕',
  inconclusive: '?',
  error: '⚠',
  unknown: '–',
};

export const cellWords: Record<CellName, { label: string; detail: string }> = {
  tp: { label: 'found', detail: 'positives that the model flagged' },
  fn: { label: 'missed', detail: 'positives that the model did not flag' },
  fp: { label: 'false alarms', detail: 'negatives that the model flagged' },
  tn: { label: 'left alone', detail: 'negatives that the model did not flag' },
};

export const operatorSigns: Record<Operator, string> = {
  '>=': '≥',
  '<=': '≤',
  '>': '>',
  '<': '<',
  '==': '=',
  '!=': '≠',
};

export const operatorWords: Record<Operator, string> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
  '==': 'exactly',
  '!=': 'other than',
};

/** What is wrong with a figure that breaks its rule: "is below its floor". */
export function breach(operator: Operator): string {
  if (operator === '>=' || operator === '>') return 'is below its floor';
  if (operator === '<=' || operator === '<') return 'is above its limit';
  return 'is not what it must be';
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a", "a and b", "a, b and 2 more". */
export function listed(items: readonly string[], most = 3): string {
  const shown = items.slice(0, items.length > most ? most - 1 : most);
  const rest = items.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** Where a limit comes from as people write it: "1.25 × baseline"; none where it is the rule's own. */
export function sourceWords(source: ThresholdSource): string[] {
  switch (source.kind) {
    case 'rule':
      return [];
    case 'baseline':
      return [fromBaseline];
    case 'multiple':
      return [`${source.factor} × ${source.of}`];
  }
}

/** A long name keeps its first and last part: `a-…-production`. Short ones stay whole. */
export function shortened(name: string, most = 28): string {
  if (name.length <= most) return name;
  const parts = name.split('-');
  const ends = `${parts[0]}-…-${parts.at(-1)}`;
  return parts.length > 2 && ends.length <= most ? ends : `${name.slice(0, most / 2 - 1)}…${name.slice(-most / 2)}`;
}

/** "v3" for version 3; names that are no number stay as they are. */
export function versionWord(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}

/** `1a2b3c4d5e6f, with changes`: the commit that something was made of. */
export const commitWords = ({ commit, clean }: { commit: string; clean: boolean | null }): string =>
  `${commit.slice(0, 12)}${clean === null ? '' : clean ? ', clean' : ', with changes'}`;
