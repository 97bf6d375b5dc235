/**
 * Finds values in a model's list of categories as pandas does for LightGBM: texts among the texts as they are written,
 * numbers by their value. NaN for a value that is not in the list: LightGBM takes it as missing.
 */
export interface CategoryLookup {
  /** A cell as it is written in a table: `5`, `5.0`, `True`, `north`. */
  ofText: (text: string) => number;
  /** A number of a typed column. */
  ofNumber: (value: number) => number;
}

export function categoryLookup(list: readonly unknown[]): CategoryLookup {
  const texts = new Map<string, number>();
  const numbers = new Map<string, number>();
  const numberTexts = new Map<string, number>();
  list.forEach((category, place) => {
    if (typeof category !== 'string') return numbers.set(numberKey(category)!, place);
    texts.set(category, place);
    const key = numberKey(category);
    // Of "1" and "01" the number 1 could be either.
    if (key !== null) numberTexts.set(key, numberTexts.has(key) ? NaN : place);
  });
  // Millions of rows hold few values.
  const seen = new Map<number, number>();
  return {
    ofText: (text) => texts.get(text) ?? numbers.get(numberKey(text) ?? '') ?? truthIn(texts, text) ?? NaN,
    ofNumber: (value) => {
      const known = seen.get(value);
      if (known !== undefined) return known;
      const key = numberKey(value) ?? '';
      const place = numbers.get(key) ?? numberTexts.get(key) ?? NaN;
      seen.set(value, place);
      return place;
    },
  };
}

/**
 * Whether numbers in a table are the categories themselves. Where all categories are words, a number can only be the
 * place of one: pandas' code.
 */
export function holdsNumbers(list: readonly unknown[]): boolean {
  return list.some((category) => typeof category !== 'string' || numberKey(category) !== null);
}

const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const TRUTH: Record<string, string> = { true: '1', false: '0' };

/** One text for one number, however it is spelt: Python's `True` equals 1. Null for what is no number. */
function numberKey(value: unknown): string | null {
  const text = String(value).trim();
  if (/^[+-]?\d+$/.test(text)) return BigInt(text.replace('+', '')).toString();
  const truth = TRUTH[text.toLowerCase()];
  if (truth !== undefined) return truth;
  const infinite = INFINITE.exec(text);
  const number = infinite ? Number(`${infinite[1]!}Infinity`) : text === '' ? NaN : Number(text);
  if (Number.isNaN(number)) return null;
  return Number.isInteger(number) ? BigInt(number).toString() : String(number);
}

/** Truth values are spelt `True`, `TRUE` and `true` by different writers. */
function truthIn(texts: ReadonlyMap<string, number>, text: string): number | undefined {
  const word = text.trim().toLowerCase();
  if (!(word in TRUTH)) return undefined;
  return texts.get(word) ?? texts.get(word[0]!.toUpperCase() + word.slice(1)) ?? texts.get(word.toUpperCase());
}
