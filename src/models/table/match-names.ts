import { InputError } from '../../common/errors.js';
import { encodeFeatureName } from '../lightgbm-text/feature-name.js';

/**
 * Where each feature of a model stands among the names of a table's columns; -1 where none fits. A model file cannot
 * hold every name as it was: LightGBM writes `_` for white space, files written here have `%20`, and a name that really
 * contains `%20` looks the same.
 * @throws InputError where two columns could be the same feature
 */
export function matchNames(features: readonly string[], columns: readonly string[]): number[] {
  const places = new Map(columns.map((name, place) => [name, place]));
  let squeezed: Map<string, number[]> | undefined;
  return features.map((feature) => {
    const [exact, written] = [places.get(feature), places.get(encodeFeatureName(feature))];
    if (exact !== undefined && written !== undefined && exact !== written)
      throw twice(feature, columns, [exact, written]);
    const found = exact ?? written;
    if (found !== undefined) return found;
    squeezed ??= byUnderscores(columns);
    const alike = squeezed.get(feature) ?? [];
    if (alike.length > 1) throw twice(feature, columns, alike);
    return alike[0] ?? -1;
  });
}

/** How a feature's name may be written as the name of a column, as far as that can be known. */
export const spellings = (feature: string): string[] => [...new Set([feature, encodeFeatureName(feature)])];

function byUnderscores(columns: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  columns.forEach((name, place) => {
    const key = name.replace(/\s/g, '_');
    found.set(key, [...(found.get(key) ?? []), place]);
  });
  return found;
}

function twice(feature: string, columns: readonly string[], places: number[]): InputError {
  const names = places.map((place) => `"${columns[place]!}"`).join(' and ');
  return new InputError(`columns ${names} could both be the model's ${feature}, expected one of them`);
}
