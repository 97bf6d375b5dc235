import { ParameterError } from '../../common/errors.js';
import { randomSource, streamSeed } from '../random-source.js';

/** A range to draw from: evenly, or evenly in the logarithm; `whole` numbers include both ends. */
export interface Range {
  from: number;
  to: number;
  scale?: 'linear' | 'log';
  whole?: boolean;
}

/** What a parameter may be: a list to choose from, or a range to draw from. */
export type Choice = readonly unknown[] | Range;
export type Space = Readonly<Record<string, Choice>>;
export type Setting = Record<string, unknown>;

/**
 * Every combination of the lists, in scikit-learn's order (`ParameterGrid`): names sorted, the last changing fastest.
 * @throws InputError naming a parameter that has a range, which a grid cannot go through
 */
export function gridOf(space: Space): Setting[] {
  const names = Object.keys(space).sort();
  return names.reduce<Setting[]>(
    (settings, name) => {
      const choice = space[name]!;
      if (!isList(choice)) throw new ParameterError(`"${name}" is a range, expected a list of values for a grid`, name);
      return settings.flatMap((setting) => choice.map((value) => ({ ...setting, [name]: value })));
    },
    [{}],
  );
}

/** How many combinations lists have; infinitely many with a range. */
export function sizeOf(space: Space): number {
  return Object.values(space).reduce((size, choice) => size * (isList(choice) ? choice.length : Infinity), 1);
}

/**
 * `count` settings drawn at random, fewer where the space has no more. The first of them do not depend on `count`, and
 * none comes twice.
 */
export function drawn(space: Space, count: number, seed: number): Setting[] {
  const wanted = Math.min(count, sizeOf(space));
  const settings = new Map<string, Setting>();
  for (let draw = 0; settings.size < wanted; draw++) {
    const random = randomSource(streamSeed(seed, draw));
    const setting = Object.fromEntries(
      Object.keys(space)
        .sort()
        .map((name) => [name, valueOf(space[name]!, random())]),
    );
    const text = JSON.stringify(setting);
    if (!settings.has(text)) settings.set(text, setting);
    // A space of few values is drawn empty sooner or later, but the last ones are found quicker by looking.
    if (draw > 20 * count) return [...settings.values()];
  }
  return [...settings.values()];
}

function valueOf(choice: Choice, share: number): unknown {
  if (isList(choice)) return choice[Math.floor(share * choice.length)];
  const { from, to, scale = 'linear', whole = false } = choice;
  // A whole number stands for the values that round to it.
  const [low, high] = whole ? [from - 0.5, to + 0.5] : [from, to];
  const value = scale === 'log' ? Math.exp(mix(Math.log(low), Math.log(high), share)) : mix(low, high, share);
  const inside = Math.min(to, Math.max(from, value));
  return whole ? Math.min(to, Math.max(from, Math.round(inside))) : inside;
}

const mix = (from: number, to: number, share: number) => from + share * (to - from);

function isList(choice: Choice): choice is readonly unknown[] {
  return Array.isArray(choice);
}
