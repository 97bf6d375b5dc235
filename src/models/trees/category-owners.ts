import type { TreeModel } from './tree-model.js';

export type CategoryLists = Pick<TreeModel, 'featureNames' | 'pandasCategorical'> &
  Partial<Pick<TreeModel, 'featureInfos' | 'parameters' | 'xgboost'>>;

/**
 * Which feature each of the model's lists of categories belongs to. The file holds the lists in the order of the
 * features and does not say whose they are: splits by categories, the parameter `categorical_feature` and what training
 * saw of a feature tell, and the columns of the table that hold words.
 * @param words columns that hold words in the table at hand
 * @returns null where several answers fit, or none
 */
export function categoryOwners(model: CategoryLists, words: readonly string[]): Map<string, unknown[]> | null {
  // XGBoost's files tell.
  if (model.xgboost) return new Map(Object.entries(model.xgboost.categories));
  const lists = model.pandasCategorical ?? [];
  const known = [...words, ...knownCategories(model)];
  // An explicit list of categorical features may name some that pandas has no list of.
  return assignment(model, lists, new Set(known)) ?? assignment(model, lists, new Set(words));
}

/** Features that may own a list: their values must be read as they are written. */
export function mayHoldCategories(model: CategoryLists): string[] {
  if (model.xgboost) return Object.keys(model.xgboost.categories);
  const lists = model.pandasCategorical ?? [];
  if (lists.length === 0) return [];
  const known = [...new Set(knownCategories(model))];
  if (known.length >= lists.length) return known;
  return model.featureNames.filter((_, place) => lists.some((list) => fits(model.featureInfos?.[place], list)));
}

/** Whether a feature can own any of the lists, by what training saw of it. */
export function canHoldCategories(
  { featureNames, featureInfos, pandasCategorical, xgboost }: CategoryLists,
  name: string,
): boolean {
  if (xgboost) return Object.hasOwn(xgboost.categories, name);
  return (pandasCategorical ?? []).some((list) => fits(featureInfos?.[featureNames.indexOf(name)], list));
}

function knownCategories({ featureNames, featureInfos, parameters }: CategoryLists): string[] {
  const asked = /^\[categorical_feature: ([\d,]+)\]$/m.exec(parameters ?? '')?.[1]?.split(',') ?? [];
  const split = featureNames.filter((_, place) => !/^(\[.*|none)$/.test(featureInfos?.[place] ?? 'none'));
  return [...asked.map((place) => featureNames[Number(place)]!), ...split];
}

/** The one way to give the lists in order to features that fit, all of `must` among them. */
function assignment(
  { featureNames, featureInfos }: CategoryLists,
  lists: readonly unknown[][],
  must: ReadonlySet<string>,
): Map<string, unknown[]> | null {
  const mayTake = (at: number, list: number) => list < lists.length && fits(featureInfos?.[at], lists[list]!);
  // ways[at][list]: in how many ways the features from `at` on can own the lists from `list` on; 2 stands for several.
  const ways = Array.from({ length: featureNames.length + 1 }, () => new Uint8Array(lists.length + 2));
  ways[featureNames.length]![lists.length] = 1;
  for (let at = featureNames.length - 1; at >= 0; at--)
    for (let list = 0; list <= lists.length; list++) {
      const taking = mayTake(at, list) ? ways[at + 1]![list + 1]! : 0;
      const leaving = must.has(featureNames[at]!) ? 0 : ways[at + 1]![list]!;
      ways[at]![list] = Math.min(2, taking + leaving);
    }
  if (ways[0]![0] !== 1) return null;
  const owners = new Map<string, unknown[]>();
  featureNames.forEach((name, at) => {
    const list = owners.size;
    if (mayTake(at, list) && ways[at + 1]![list + 1] === 1) owners.set(name, lists[list]!);
  });
  return owners;
}

/** Whether what training saw of a feature can be codes into the list. `none` is a feature that never varied. */
function fits(info: string | undefined, list: readonly unknown[]): boolean {
  if (info === undefined || info === 'none') return true;
  const codes = info.replace(/^\[|\]$/g, '').split(':');
  return codes.every((code) => Number.isInteger(Number(code)) && Number(code) >= -1 && Number(code) < list.length);
}
