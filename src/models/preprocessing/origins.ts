import { meanColumn } from './category-means.js';
import type { FittedStep } from './steps.js';

/** What an encoding step makes of each of its columns: the names of the columns of numbers that take its place. */
export function madeColumns(step: FittedStep): [name: string, made: string[]][] {
  switch (step.step) {
    case 'impute':
    case 'scale':
      return [];
    case 'one-hot':
      return Object.entries(step.categories).map(([name, words]) => [name, words.map((word) => `${name}_${word}`)]);
    case 'ordinal':
      return Object.keys(step.categories).map((name) => [name, [name]]);
    case 'frequency':
    case 'target':
      return Object.entries(step.columns).map(([name, learned]) => [
        name,
        learned.unseen.map((_, output) => meanColumn(name, output, learned)),
      ]);
    case 'date':
      return Object.entries(step.columns).map(([name, { parts }]) => [name, parts.map((part) => `${name}_${part}`)]);
  }
}

/** The raw column that each column of numbers was made from; a column that no step made is its own. */
export function origins(steps: readonly FittedStep[], features: readonly string[]): string[] {
  const from = new Map(
    steps.flatMap((step) => madeColumns(step).flatMap(([name, made]) => made.map((one) => [one, name] as const))),
  );
  return features.map((feature) => from.get(feature) ?? feature);
}

/** Sums by name, in the order of the names' first places. */
export function summedBy(names: readonly string[], values: ArrayLike<number>): Map<string, number> {
  const sums = new Map<string, number>();
  names.forEach((name, place) => sums.set(name, (sums.get(name) ?? 0) + values[place]!));
  return sums;
}

/** The words of a column that a step learned; undefined where it learned none of it. */
export function learnedWords(step: FittedStep, name: string): string[] | undefined {
  if (step.step === 'one-hot' || step.step === 'ordinal')
    return Object.hasOwn(step.categories, name) ? step.categories[name] : undefined;
  if (step.step === 'frequency' || step.step === 'target')
    return Object.hasOwn(step.columns, name) ? step.columns[name]!.categories : undefined;
  return undefined;
}
