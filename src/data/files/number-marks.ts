import type { ColumnFacts } from './column-types.js';

/** What the marks in the numbers of a text column mean: nothing but numbers and words for a missing one stand in it. */
export type NumberMarks = 'decimal comma' | 'comma of either kind' | 'thousands';

/** undefined for a column that holds anything else, or numbers without such marks. */
export function marksOf(facts: ColumnFacts): NumberMarks | undefined {
  const { values, numbers, commas, thousands, grouped, words, empty } = facts;
  if (commas + grouped === 0 || commas + grouped + numbers + words + empty !== values) return undefined;
  // Beside 1,234.5 and 1,234,567 a comma stands between thousands, unless one cannot.
  if (grouped > 0) return 'thousands';
  return commas === thousands ? 'comma of either kind' : 'decimal comma';
}

/** The columns that can only be numbers with a decimal comma; none where numbers of the table have a decimal point. */
export function decimalCommas(facts: readonly ColumnFacts[]): string[] {
  if (facts.some(({ type }) => type === 'DOUBLE')) return [];
  const texts = facts.filter(({ type, declared }) => type === 'VARCHAR' && !declared);
  return texts.filter((column) => marksOf(column) === 'decimal comma').map(({ name }) => name);
}
