import type { XgboostPart } from '../trees/xgboost-scores.js';
import type { Place } from './places.js';

/** Which features are categories, and the values behind their codes, where the file holds them (from 3.1 on). */
export function categoriesOf(
  types: Place,
  stored: Place,
  names: string[],
): Pick<XgboostPart, 'categorical' | 'categories'> {
  const kinds = types.isThere() ? types.items().map((type) => type.text()) : [];
  if (kinds.length > 0 && kinds.length !== names.length) types.fail(`${kinds.length} types`, `${names.length}`);
  const categorical = names.filter((_, place) => kinds[place] === 'c');
  const lists = stored.isThere() && stored.at('enc').isThere() ? stored.at('enc').items() : [];
  if (lists.length > 0 && lists.length !== names.length)
    stored.at('enc').fail(`${lists.length} lists`, `${names.length}`);
  const known = lists.flatMap((list, place) => {
    const values = valuesOf(list);
    return values.length > 0 ? [[names[place]!, values] as const] : [];
  });
  return { categorical, categories: Object.fromEntries(known) };
}

/**
 * Texts lie one after the other as bytes, with where each begins; numbers lie as they are. Of letters beyond ASCII
 * XGBoost counts one byte each and so cuts the list off: what the categories were cannot be known from such a file.
 */
function valuesOf(list: Place): (string | number)[] {
  const values = list.at('values');
  const offsets = list.at('offsets');
  if (!offsets.isThere()) return values.isThere() ? Array.from(values.numbers()) : [];
  const bytes = Array.from(values.integers({ least: -128, most: 255 }));
  if (bytes.some((byte) => byte < 0 || byte > 127))
    values.fail('letters beyond ASCII, which XGBoost does not keep whole', 'categories in ASCII, or their codes');
  const begins = offsets.integers({ least: 0, most: bytes.length });
  return Array.from({ length: Math.max(0, begins.length - 1) }, (_, place) => {
    const [begin, end] = [begins[place]!, begins[place + 1]!];
    if (end < begin) offsets.fail('places that fall', 'texts one after the other');
    return String.fromCharCode(...bytes.slice(begin, end));
  });
}
