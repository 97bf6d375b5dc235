import type { Place } from './places.js';

/** The lists of categories of a tree's splits, as bits in words of 32. */
export interface CategorySets {
  /** Node -> number of its list. */
  of: Map<number, number>;
  boundaries: Int32Array;
  words: Uint32Array;
}

/** XGBoost takes codes from here on for none. A list of bits stays small. */
const mostCategories = 1 << 24;
/** Words of all lists of a tree together: 64 MB. */
const mostWords = 1 << 24;

/** @throws WrongInput naming the place of lists that do not fit their nodes */
export function categorySets(place: Place, nodes: number): CategorySets {
  const types = place.at('split_type');
  const isListed = types.isThere() ? types.integers({ length: nodes, least: 0, most: 1 }) : [];
  const owners = place.at('categories_nodes');
  if (!owners.isThere()) {
    if (Array.from(isListed).includes(1)) owners.fail('nothing', 'the nodes that split by categories');
    return { of: new Map(), boundaries: Int32Array.of(0), words: new Uint32Array(0) };
  }
  const ids = owners.integers({ least: 0, most: nodes - 1 });
  const all = place.at('categories').integers({ least: 0, most: mostCategories - 1 });
  const range = { length: ids.length, least: 0, most: all.length };
  const begins = place.at('categories_segments').integers(range);
  const sizes = place.at('categories_sizes').integers(range);
  const words: number[] = [];
  const boundaries = [0];
  const of = new Map<number, number>();
  Array.from(ids).forEach((node, list) => {
    const [begin, end] = [begins[list]!, begins[list]! + sizes[list]!];
    if (end > all.length) place.at('categories_sizes').fail(`a list up to ${end}`, `at most ${all.length}`);
    if (of.has(node) || isListed[node] !== 1) owners.fail(`node ${node}`, 'each node that splits by categories, once');
    of.set(node, list);
    const from = words.length;
    for (let place = begin; place < end; place += 1) {
      const category = all[place]!;
      const word = from + (category >> 5);
      while (words.length <= word && words.length <= mostWords) words.push(0);
      words[word] = (words[word]! | (1 << (category & 31))) >>> 0;
    }
    if (words.length > mostWords)
      place.at('categories').fail('too many categories', `at most ${mostWords * 32} in all`);
    boundaries.push(words.length);
  });
  const bare = Array.from(isListed).findIndex((type, node) => type === 1 && !of.has(node));
  if (bare >= 0) owners.fail(`no list for node ${bare}`, 'each node that splits by categories');
  return { of, boundaries: Int32Array.from(boundaries), words: Uint32Array.from(words) };
}
