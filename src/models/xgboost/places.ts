import { WrongInput } from '../../common/errors.js';

/** A part of a model file that knows its place in it, for complaints that name both. */
export interface Place {
  readonly value: unknown;
  /** `learner.gradient_booster.model.trees[3]` */
  readonly path: string;
  /** The member `name`, there or not. */
  at(name: string): Place;
  isThere(): boolean;
  /** @throws WrongInput naming file and place, like all of these */
  fail(found: string, expected: string): never;
  items(): Place[];
  text(): string;
  /** A whole number from 0; XGBoost writes its parameters as texts. */
  count(): number;
  /** A list of numbers; `length`, where it has to have so many. */
  numbers(length?: number): ArrayLike<number>;
  /** Numbers of which each is whole and from `least` to `most`. */
  integers(range: { length?: number; least: number; most: number }): ArrayLike<number>;
}

export function placeOf(file: string, value: unknown, path = ''): Place {
  const fail = (found: string, expected: string): never => {
    throw new WrongInput({ file, found: path === '' ? found : `${found} at ${path}`, expected });
  };
  const numbers = (length?: number): ArrayLike<number> => {
    if (!(value instanceof Float64Array) && !isNumbers(value)) {
      if (!Array.isArray(value)) return fail(nameOf(value), 'a list of numbers');
      const odd = value.findIndex((one) => typeof one !== 'number');
      return placeOf(file, value[odd], `${path}[${odd}]`).fail(nameOf(value[odd]), 'a number');
    }
    if (length !== undefined && value.length !== length) fail(`${value.length} numbers`, `${length}`);
    return value;
  };
  return {
    value,
    path,
    fail,
    at(name) {
      const inner = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
      const held = inner ? (value as Record<string, unknown>)[name] : undefined;
      return placeOf(file, held, path === '' ? name : `${path}.${name}`);
    },
    isThere: () => value !== undefined && value !== null,
    items() {
      const list = Array.isArray(value) || value instanceof Float64Array ? [...value] : fail(nameOf(value), 'a list');
      return list.map((item: unknown, place) => placeOf(file, item, `${path}[${place}]`));
    },
    text: () => (typeof value === 'string' ? value : fail(nameOf(value), 'a text')),
    count() {
      const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0)
        return fail(nameOf(value), 'a whole number');
      return number;
    },
    numbers,
    integers({ length, least, most }) {
      const list = numbers(length);
      for (let place = 0; place < list.length; place += 1) {
        const one = list[place]!;
        if (Number.isInteger(one) && one >= least && one <= most) continue;
        placeOf(file, one, `${path}[${place}]`).fail(String(one), `a whole number from ${least} to ${most}`);
      }
      return list;
    },
  };
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value) || value instanceof Float64Array) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
