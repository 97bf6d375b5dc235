import { nearest } from '../../common/nearest.js';
import { valueAt } from '../../common/schema-words.js';
import type { Path } from '../checks/problem.js';
import { matchesPattern } from '../columns.js';
import type { JsoncText } from '../jsonc.js';
import { readSlice } from '../rules/slice.js';
import type { Column, Facts } from './facts.js';
import type { Finding } from './finding.js';
import { fixesOf } from './fixes.js';
import { lengths, rulesOf } from './rules-of.js';

/** A name or `*` pattern of columns in the file, with where it stands. */
interface Named {
  name: string;
  path: Path;
  /** Within the text at the path; absent: the whole value. */
  offset?: number;
  isKey?: true;
}

/** Columns that the file names and the tables do not have. Judged by the tables as they are: a hint, no refusal. */
export function columnFindings(text: JsoncText, { features, tables }: Facts): Finding[] {
  if (features === undefined || features.length === 0) return [];
  const made = features.map(({ name }) => name);
  const ofSources = Object.values(tables ?? {}).flatMap((columns: Column[]) => columns.map(({ name }) => name));
  const inFeatures = namesIn(text.value).flatMap((named) => absent(named, made, text));
  const inAny = stringsAt(text.value, ['private']).flatMap((named) => absent(named, [...made, ...ofSources], text));
  return [...inFeatures, ...inAny];
}

function absent(named: Named, known: readonly string[], text: JsoncText): Finding[] {
  const { name, path, offset, isKey } = named;
  if (isThere(name, known)) return [];
  const place = isKey
    ? text.placeOfKey(path)
    : offset === undefined
      ? text.placeOf(path)
      : text.placeInString(path, offset);
  const range = text.rangeOf({ path, ...place });
  const guess = nearest(name, known);
  const what = name.includes('*') ? `no column that fits "${name}"` : `no column "${name}"`;
  const meant = guess === undefined ? '' : ` (did you mean "${guess}"?)`;
  const message = `found ${what}, expected one of the ${known.length} that the features have${meant}`;
  const source = offset === undefined ? JSON.stringify(name) : name;
  const fixes = guess === undefined ? [] : fixesOf({ known: [guess] }, { from: 0, to: source.length }, source);
  return [{ ...range, severity: 'warning', message, fixes: fixes.map((fix) => ({ ...fix, ...range })) }];
}

/** DuckDB does not tell capitals from small letters in names. */
function isThere(name: string, known: readonly string[]): boolean {
  const wanted = name.toLowerCase();
  return known.some((one) => matchesPattern(wanted, one.toLowerCase()));
}

/** Every place of the file that names columns of the table of examples. */
function namesIn(file: unknown): Named[] {
  const single: Path[] = [
    ['features', 'entity'],
    ['features', 'time'],
    ['features', 'split', 'column'],
    ['model', 'target'],
  ];
  const candidates = lengths(file, ['model', 'candidates']);
  const slices = lengths(file, ['monitor', 'slices']);
  return [
    ...single.flatMap((path) => stringAt(file, path)),
    ...candidates.flatMap((path) => stringsAt(file, [...path, 'columns'])),
    ...keysAt(file, ['model', 'fill']),
    ...keysAt(file, ['model', 'encode']),
    ...slices.flatMap((path) => [...stringAt(file, path), ...stringAt(file, [...path, 'column'])]),
    ...rulesOf(file).flatMap(({ rule, text, path }) => {
      const slice = rule.slice === null ? undefined : readSlice(rule.slice);
      const names = [...(rule.columns ?? []), ...(slice === undefined ? [] : [slice.column])];
      const from = Math.max(text.search(/[([]/), 0);
      return names
        .map((name) => ({ name, path, offset: text.indexOf(name, from) }))
        .filter(({ offset }) => offset >= 0);
    }),
  ];
}

function stringAt(file: unknown, path: Path): Named[] {
  const name = valueAt(file, path);
  return typeof name === 'string' ? [{ name, path }] : [];
}

const stringsAt = (file: unknown, path: Path): Named[] => lengths(file, path).flatMap((one) => stringAt(file, one));

function keysAt(file: unknown, path: Path): Named[] {
  const value = valueAt(file, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.keys(value).map((name) => ({ name, path: [...path, name], isKey: true as const }));
}
