import { createHash } from 'node:crypto';
import { type PartName, partNames } from '../common/parts.js';
import type { Split } from '../project/schema.js';
import { identifier, literal, literals } from './duckdb/sql.js';

/**
 * The rule of splitting by entity: entities stand in the order of md5(`<seed>:<entity>`) as lower-case hex, then the
 * order is cut by counts. It hangs on nothing but seed and entity, so that any program can repeat it.
 */
export const entityHash = (seed: number, entity: string): string =>
  createHash('md5').update(`${seed}:${entity}`).digest('hex');

/** `entityHash` as SQL over a column. */
export const entityHashSql = (seed: number, column: string): string =>
  `md5(${literal(`${seed}:`)} || ${identifier(column)}::VARCHAR)`;

/** How many of `n` entities each part gets: shares rounded down, production the rest when the shares add up to 1. */
export function partCounts(n: number, split: Extract<Split, { by: 'entity' }>): Record<PartName, number> {
  // Products such as 0.29 · 100 fall a hair below the whole number that they are.
  const count = (share: number) => Math.floor(n * share + 1e-9);
  const [train, validation, test] = [count(split.train), count(split.validation), count(split.test)];
  const sum = split.train + split.validation + split.test + split.production;
  const production = Math.abs(sum - 1) < 1e-9 ? n - train - validation - test : count(split.production);
  return { train, validation, test, production };
}

/**
 * SELECT of (`entity`, `part`) over a table: which part every entity belongs to, once for each part it stands in.
 * By column an entity's rows follow the column's values, and a part may be fed by values that feed another one too.
 */
export function partsOfEntities(table: string, entity: string, split: Split, entities: number): string {
  const column = identifier(entity);
  if (split.by === 'column') {
    return `SELECT DISTINCT t.${column} AS entity, v.part FROM ${identifier(table)} t JOIN (${partsOfValues(split)}) v
      ON v.value = t.${identifier(split.column)}::VARCHAR`;
  }
  const counts = partCounts(entities, split);
  let end = 0;
  const cases = partNames.map((part) => `WHEN rank <= ${(end += counts[part])} THEN ${literal(part)}`).join(' ');
  return `SELECT entity, CASE ${cases} END AS part FROM (
      SELECT entity, row_number() OVER (ORDER BY ${entityHashSql(split.seed, 'entity')}, entity::VARCHAR) AS rank
      FROM (SELECT DISTINCT ${column} AS entity FROM ${identifier(table)}))
    WHERE rank <= ${end}`;
}

/** SELECT of (`value`, `part`): which values of the split column feed which part. */
function partsOfValues(split: Extract<Split, { by: 'column' }>): string {
  return partNames
    .map((part) => `SELECT unnest(${literals(split[part])}::VARCHAR[]) AS value, ${literal(part)} AS part`)
    .join(' UNION ALL ');
}

/** SELECT of a part's rows of a table; `assigned` is a table of `partsOfEntities`. */
export function rowsOfPart(table: string, entity: string, split: Split, part: PartName, assigned: string): string {
  if (split.by === 'column') {
    return `SELECT * EXCLUDE (${identifier(split.column)}) FROM ${identifier(table)}
      WHERE list_contains(${literals(split[part])}::VARCHAR[], ${identifier(split.column)}::VARCHAR)`;
  }
  return `SELECT t.* FROM ${identifier(table)} t JOIN ${identifier(assigned)} a
      ON a.entity = t.${identifier(entity)} AND a.part = ${literal(part)}`;
}

/**
 * Whether two parts may share entities. Only parts that a column feeds with the same value may, and never what a model
 * learns from with what it is judged by.
 */
export function mayOverlap(split: Split, one: PartName, other: PartName): boolean {
  if (split.by !== 'column') return false;
  const learns = (part: PartName) => part === 'train' || part === 'validation';
  return learns(one) === learns(other) && sharesValue(split, one, other);
}

/** Whether a value of the split column feeds both parts. */
export const sharesValue = (split: Split, one: PartName, other: PartName): boolean =>
  split.by === 'column' && split[one].some((value) => split[other].includes(value));
