import { ParameterError } from '../../common/errors.js';
import { closest } from '../../common/nearest.js';
import type { Family } from './families.js';

/** What columns are for besides being learned from, as a parameter file says it: `name:a,b`, or places. */
export interface ColumnRoles {
  weight: unknown;
  ignore: unknown;
  group: unknown;
  categorical: unknown;
}

const aliases: Record<keyof ColumnRoles, string[]> = {
  weight: ['weight_column', 'weight'],
  ignore: ['ignore_column', 'ignore_feature', 'blacklist'],
  group: ['group_column', 'group', 'group_id', 'query_column', 'query', 'query_id'],
  categorical: ['categorical_feature', 'cat_feature', 'categorical_column', 'cat_column', 'categorical_features'],
};

const frequencies = ['metric_freq', 'output_freq'];
const flags: Record<string, string> = {
  header: '--no-header',
  has_header: '--no-header',
  label: '--target',
  label_column: '--target',
};

/** Takes the roles of columns, and how often to say something, out of the parameters; the rest is the learner's. */
export function takeRoles(
  given: Record<string, unknown>,
  family: Family,
): { roles: ColumnRoles; every: number | null; given: Record<string, unknown> } {
  const rest = { ...given };
  for (const name of Object.keys(flags))
    if (name in rest)
      throw new ParameterError(`parameter "${name}" belongs on the command line: ${flags[name]!}`, name);
  const take = (names: string[]) => {
    const [name, second] = names.filter((one) => one in rest);
    if (second !== undefined)
      throw new ParameterError(`parameter "${second}" says again what "${name!}" says, expected one`, second);
    const value = name === undefined ? undefined : rest[name];
    if (name !== undefined) delete rest[name];
    return value ?? undefined;
  };
  const said = take(frequencies);
  const every = said === undefined ? null : Number(said);
  if (every !== null && !(every >= 1))
    throw new ParameterError(`parameter "metric_freq" is ${every}, expected at least 1`, 'metric_freq');
  const [weight, ignore, group] = [take(aliases.weight), take(aliases.ignore), take(aliases.group)];
  // Words are encoded for forests and linear models; which numbers are categories is for trees to know.
  const categorical = family === 'lightgbm' || family === 'xgboost' ? take(aliases.categorical) : undefined;
  return { roles: { weight, ignore, group, categorical }, every, given: rest };
}

/**
 * The columns that a role names: `name:a,b`, a list, names, or places among the columns without the target, as
 * LightGBM counts them.
 * @throws InputError naming what is no column, and the nearest that is
 */
export function columnsOf(parameter: string, value: unknown, columns: string[]): string[] {
  if (value === undefined || value === '' || value === 'auto') return [];
  const list: unknown[] = typeof value === 'string' ? value.replace(/^name:/, '').split(',') : [value].flat();
  const byName = typeof value === 'string' && value.startsWith('name:');
  return list.map((one) => {
    const word = String(one)
      .trim()
      .replace(/^name:/, '');
    const place = !byName && /^\d+$/.test(word) ? Number(word) : -1;
    const name = place >= 0 ? columns[place] : columns.find((column) => column === word);
    if (name !== undefined) return name;
    const guess = closest(word, columns);
    throw new ParameterError(`"${parameter}" names "${word}", which is no column; did you mean "${guess}"?`, parameter);
  });
}
