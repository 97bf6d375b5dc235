import { figureTitle } from './columns.js';
import type { RunLine } from './run-line.js';

type Test = (line: RunLine) => boolean;

const comparisons: Record<string, (value: number, limit: number) => boolean> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
};

/**
 * What a person types to find runs: words that all have to be in a line ("v3 schedule"), and figures against a number
 * ("recall < 0.7"), apart by commas. A run without that figure is not found: what is missing is never small.
 */
export function filterOf(text: string): Test {
  const tests = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(testOf);
  return (line) => tests.every((test) => test(line));
}

function testOf(part: string): Test {
  const [, name, operator, limit] = /^(.+?)\s*(<=|>=|<|>|=)\s*(-?[\d.]+)$/.exec(part) ?? [];
  if (name !== undefined && !Number.isNaN(Number(limit))) return against(name, comparisons[operator!]!, Number(limit));
  const words = part.toLowerCase().split(/\s+/);
  return (line) => {
    const all = wordsOf(line);
    return words.every((word) => all.includes(word));
  };
}

/** "ROC AUC", "roc_auc" and "roc auc" are the same figure. */
const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, ' ');

function against(name: string, holds: (value: number, limit: number) => boolean, limit: number): Test {
  const wanted = plain(name);
  if (wanted === 'duration') return ({ seconds }) => seconds !== null && holds(seconds, limit);
  return ({ figures }) =>
    Object.entries(figures).some(
      ([figure, value]) =>
        value !== null && (plain(figure) === wanted || plain(figureTitle(figure)) === wanted) && holds(value, limit),
    );
}

function wordsOf({ id, outcome, decision, held, version, who, commit, stages, cause }: RunLine): string {
  const words = [id, outcome, decision, held && 'held', version, who, commit, stages, cause?.stage, cause?.text];
  return words.filter(Boolean).join(' ').toLowerCase();
}
