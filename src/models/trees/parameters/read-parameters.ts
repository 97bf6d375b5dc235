import { ParameterError, UnknownParameter, WrongParameter } from '../../../common/errors.js';
import { closest } from '../../../common/nearest.js';
import { lcg } from '../random.js';
import { ALIASES, UNSUPPORTED, WITHOUT_EFFECT } from './names.js';
import { DEFAULTS, RANGES, type TrainingParameters } from './parameters.js';

const NAMES = new Map<string, string>();
for (const [name, aliases] of Object.entries({ ...ALIASES, ...WITHOUT_EFFECT }))
  for (const alias of [name, ...aliases]) NAMES.set(alias, name);

/**
 * Reads parameters by LightGBM's names and aliases. Text such as "0.1" or "true" is read as LightGBM reads it.
 * @throws InputError naming an unknown parameter (with the nearest known name), one that this learner does not follow,
 *   or a value out of range
 */
export function readParameters(given: Record<string, unknown>): TrainingParameters {
  const named = canonical(given);
  const parameters: TrainingParameters = { ...DEFAULTS };
  const into = parameters as unknown as Record<string, unknown>;
  for (const [name, { as, value }] of named) {
    if (name in WITHOUT_EFFECT || name === 'boosting' || value === null || value === undefined) continue;
    into[name] = readValue(name as keyof TrainingParameters, as, value);
  }
  const boosting = named.get('boosting');
  if (boosting !== undefined) checkBoosting(boosting);
  checkTogether(parameters, named);
  return { ...parameters, ...derivedSeeds(named, parameters.seed) };
}

/** A value, and the name that it was given by: errors name what a person wrote. */
interface Given {
  as: string;
  value: unknown;
}

/** By LightGBM's own name. */
function canonical(given: Record<string, unknown>): Map<string, Given> {
  const named = new Map<string, Given>();
  // A parameter's own name wins over its aliases, as in LightGBM.
  const entries = Object.entries(given).sort(([a], [b]) => Number(NAMES.get(b) !== b) - Number(NAMES.get(a) !== a));
  for (const [key, value] of entries) {
    const name = NAMES.get(key);
    if (name !== undefined) named.set(name, { as: key, value });
    else if (UNSUPPORTED.has(key))
      throw new UnknownParameter(`parameter "${key}" of LightGBM is not supported by this learner`, key);
    else
      throw new UnknownParameter(`unknown parameter "${key}"; did you mean "${closest(key, [...NAMES.keys()])}"?`, key);
  }
  return named;
}

function readValue(name: keyof TrainingParameters, as: string, value: unknown): unknown {
  const standard = DEFAULTS[name];
  if (typeof standard === 'boolean') return readBoolean(as, value);
  if (typeof standard === 'number') return readNumber(name, as, value);
  if (name === 'monotone_constraints') return readConstraints(as, value);
  if (name === 'categorical_feature') return readColumns(value);
  if (Array.isArray(standard)) return listOf(value).map(word);
  if (typeof value !== 'string') throw wrong(as, value, 'text');
  return word(value);
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === '' ? [] : String(value).split(',');
}

/** Names keep their case; `auto` is what happens anyway: columns of categories are taken as such. */
function readColumns(value: unknown): string[] {
  if (value === 'auto') return [];
  const list = typeof value === 'string' ? value.replace(/^name:/, '') : value;
  return listOf(list).map((column) => String(column).trim());
}

function readConstraints(as: string, value: unknown): number[] {
  const signs = listOf(typeof value === 'string' ? value.replace(/[()]/g, '') : value).map(Number);
  if (!signs.every((sign) => sign === 0 || Math.abs(sign) === 1)) throw wrong(as, value, '1, 0 or -1 for each column');
  return signs;
}

function word(value: unknown): string {
  return String(value).trim().toLowerCase();
}

function readBoolean(as: string, value: unknown): boolean {
  const text = word(value);
  if (['true', '1', '+'].includes(text)) return true;
  if (['false', '0', '-'].includes(text)) return false;
  throw wrong(as, value, 'true or false');
}

function readNumber(name: keyof TrainingParameters, as: string, value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const { least = -Infinity, above = -Infinity, most = Infinity, whole = false } = RANGES[name] ?? {};
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong(as, value, 'a number');
  if (whole && !Number.isInteger(number)) throw wrong(as, value, 'a whole number');
  if (number < least) throw wrong(as, value, `at least ${least}`);
  if (number <= above) throw wrong(as, value, `more than ${above}`);
  if (number > most) throw wrong(as, value, `at most ${most}`);
  return number;
}

function wrong(name: string, value: unknown, expected: string): WrongParameter {
  return new WrongParameter(name, value, expected);
}

function checkBoosting({ as, value }: Given): void {
  if (!['gbdt', 'gbrt'].includes(word(value))) throw wrong(as, value, '"gbdt": others are read, not trained');
}

function checkTogether({ is_unbalance, scale_pos_weight }: TrainingParameters, named: Map<string, Given>): void {
  if (!is_unbalance || scale_pos_weight === 1) return;
  const [one, other] = ['is_unbalance', 'scale_pos_weight'].map((name) => named.get(name)?.as ?? name);
  throw new ParameterError(`parameters "${one!}" and "${other!}" exclude each other`, one!);
}

/** One `seed` sets those that were not given, drawn in LightGBM's order. */
function derivedSeeds(named: ReadonlyMap<string, Given>, seed: number): Partial<TrainingParameters> {
  if (!named.has('seed')) return {};
  const random = lcg(seed);
  const [data, bagging, , feature] = Array.from({ length: 4 }, () => random.nextShort(0, 32767));
  return {
    ...(named.has('data_random_seed') ? {} : { data_random_seed: data! }),
    ...(named.has('bagging_seed') ? {} : { bagging_seed: bagging! }),
    ...(named.has('feature_fraction_seed') ? {} : { feature_fraction_seed: feature! }),
  };
}
