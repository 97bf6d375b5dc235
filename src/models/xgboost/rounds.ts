import type { Place } from './places.js';

/** Which rounds of a model count. */
export interface Rounds {
  inFile: number;
  /** First, and past the last. */
  used: [number, number];
  why: 'all' | 'best iteration' | 'asked for';
  /** The round that early stopping found best, where the file says one. */
  best: number | null;
  /** The trees of the rounds that count: first, and past the last. */
  from: number;
  to: number;
}

/**
 * A model that scikit-learn's interface saved predicts with the rounds up to its best one, a plain booster with all of
 * them: XGBoost itself reads just that from the file.
 */
export function roundsOf(
  attributes: Place,
  booster: Place,
  { trees, outputs }: { trees: number; outputs: number },
  asked: [number, number] | undefined,
): Rounds {
  const begins = beginsOf(booster, trees, outputs);
  const inFile = begins.length - 1;
  const said = attributes.isThere() ? attributes.at('best_iteration') : undefined;
  const best = said?.isThere() ? said.count() : null;
  if (best !== null && best >= inFile) said!.fail(`round ${best}`, `a round from 0 to ${inFile - 1}`);
  const byBest = best !== null && attributes.at('scikit_learn').isThere();
  const used: [number, number] = asked ?? (byBest ? [0, best + 1] : [0, inFile]);
  const why = asked ? 'asked for' : byBest ? 'best iteration' : 'all';
  if (!(used[0] >= 0 && used[0] < used[1] && used[1] <= inFile))
    booster.at('trees').fail(`rounds ${used[0]} to ${used[1]} asked for`, `some of its ${inFile}`);
  return { inFile, used, why, best, from: begins[used[0]]!, to: begins[used[1]]! };
}

/** The first tree of each round, and past the last. Before 2.0 each round had as many trees. */
function beginsOf(booster: Place, trees: number, outputs: number): number[] {
  const said = booster.at('iteration_indptr');
  if (said.isThere()) {
    const begins = Array.from(said.integers({ least: 0, most: trees }));
    const rises = begins.every((begin, round) => round === 0 || begin > begins[round - 1]!);
    if (begins[0] !== 0 || begins.at(-1) !== trees || !rises) said.fail('places that skip trees', 'all trees in turn');
    return begins;
  }
  const parallel = booster.at('gbtree_model_param').at('num_parallel_tree');
  const each = Math.max(1, parallel.isThere() ? parallel.count() : 1) * outputs;
  if (trees % each !== 0) booster.at('trees').fail(`${trees} trees`, `a multiple of ${each}`);
  return Array.from({ length: trees / each + 1 }, (_, round) => round * each);
}
