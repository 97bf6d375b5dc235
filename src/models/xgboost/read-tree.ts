import { CATEGORICAL, DEFAULT_LEFT, Missing, MISSING_SHIFT, NO_VALUE_LEFT, type Tree } from '../trees/tree.js';
import { categorySets } from './category-sets.js';
import { before } from './single.js';
import type { Place } from './places.js';

/** XGBoost's arrays of a tree, by node. */
interface Nodes {
  count: number;
  left: ArrayLike<number>;
  right: ArrayLike<number>;
  feature: ArrayLike<number>;
  /** Of an inner node what a value must be below to go left; of a leaf its value. */
  condition: ArrayLike<number>;
  defaultLeft: ArrayLike<number>;
  cover: ArrayLike<number>;
  gain: ArrayLike<number>;
}

/**
 * One tree of an XGBoost file in LightGBM's layout. XGBoost goes left below a condition, LightGBM up to a threshold: the
 * threshold is the 32-bit number just below. Its categories that are listed go right, LightGBM's left: such a node has its
 * sides changed.
 * @param weight what DART multiplies the tree's leaves with
 * @throws WrongInput naming the place of what does not make a tree
 */
export function readXgboostTree(place: Place, features: number, weight: number): Tree {
  const nodes = nodesOf(place);
  const sets = categorySets(place, nodes.count);
  const { inner, leaves } = numbered(place, nodes);
  const numberOf = new Map<number, number>([
    ...inner.map((node, number): [number, number] => [node, number]),
    ...leaves.map((node, number): [number, number] => [node, ~number]),
  ]);
  const child = (node: number) => numberOf.get(node)!;
  const listed = (node: number) => sets.of.has(node);
  for (const node of inner) checkSplit(place, nodes, node, features, listed(node));
  for (const node of leaves)
    if (!Number.isFinite(nodes.condition[node])) fail(place, 'split_conditions', node, nodes.condition, 'a leaf value');
  const of = (list: number[], read: (node: number) => number) => Float64Array.from(list, read);
  return {
    leaves: leaves.length,
    splitFeature: Int32Array.from(inner, (node) => nodes.feature[node]!),
    splitGain: of(inner, (node) => nodes.gain[node]!),
    threshold: of(inner, (node) => sets.of.get(node) ?? before(Math.fround(nodes.condition[node]!))),
    decisionType: Uint8Array.from(inner, (node) =>
      listed(node)
        ? CATEGORICAL | (nodes.defaultLeft[node] ? 0 : NO_VALUE_LEFT)
        : (Missing.nan << MISSING_SHIFT) | (nodes.defaultLeft[node] ? DEFAULT_LEFT : 0),
    ),
    leftChild: Int32Array.from(inner, (node) => child((listed(node) ? nodes.right : nodes.left)[node]!)),
    rightChild: Int32Array.from(inner, (node) => child((listed(node) ? nodes.left : nodes.right)[node]!)),
    leafValue: of(leaves, (node) => Math.fround(Math.fround(nodes.condition[node]!) * weight)),
    leafWeight: of(leaves, (node) => nodes.cover[node]!),
    leafCount: of(leaves, (node) => nodes.cover[node]!),
    internalValue: new Float64Array(inner.length),
    internalWeight: of(inner, (node) => nodes.cover[node]!),
    internalCount: of(inner, (node) => nodes.cover[node]!),
    categoryBoundaries: sets.boundaries,
    categoryWords: sets.words,
    linear: null,
    shrinkage: 1,
  };
}

function nodesOf(place: Place): Nodes {
  const parameters = place.at('tree_param');
  const count = parameters.at('num_nodes').count();
  if (count < 1) parameters.at('num_nodes').fail('no nodes', 'at least one');
  const vector = parameters.at('size_leaf_vector');
  if (vector.isThere() && vector.count() > 1) vector.fail(`leaves of ${vector.count()} values`, 'one value a leaf');
  const children = (name: string) => place.at(name).integers({ length: count, least: -1, most: count - 1 });
  return {
    count,
    left: children('left_children'),
    right: children('right_children'),
    feature: place.at('split_indices').numbers(count),
    condition: place.at('split_conditions').numbers(count),
    defaultLeft: truths(place.at('default_left'), count),
    cover: place.at('sum_hessian').numbers(count),
    gain: place.at('loss_changes').numbers(count),
  };
}

/** 0 and 1; versions before 1.4 wrote true and false. */
function truths(place: Place, length: number): ArrayLike<number> {
  if (!Array.isArray(place.value) || !place.value.some((one) => typeof one === 'boolean'))
    return place.integers({ length, least: 0, most: 1 });
  if (place.value.length !== length) place.fail(`${place.value.length} values`, `${length}`);
  return place.value.map(Number);
}

/** The nodes that the root reaches, inner ones and leaves apart; what pruning left behind is reached by none. */
function numbered(place: Place, { count, left, right }: Nodes): { inner: number[]; leaves: number[] } {
  const seen = new Uint8Array(count);
  const [inner, leaves]: number[][] = [[], []];
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen[node]) place.at('left_children').fail(`node ${node} with two parents`, 'a tree');
    seen[node] = 1;
    const [one, other] = [left[node]!, right[node]!];
    if (one < 0 !== other < 0) place.at('right_children').fail(`node ${node} with one child`, 'two children or none');
    if (one < 0) leaves!.push(node);
    else {
      inner!.push(node);
      open.push(other, one);
    }
  }
  return { inner: inner!, leaves: leaves! };
}

function checkSplit(place: Place, nodes: Nodes, node: number, features: number, listed: boolean): void {
  const feature = nodes.feature[node]!;
  if (!Number.isInteger(feature) || feature < 0 || feature >= features)
    fail(place, 'split_indices', node, nodes.feature, `a feature from 0 to ${features - 1}`);
  if (!listed && Number.isNaN(nodes.condition[node]))
    fail(place, 'split_conditions', node, nodes.condition, 'a number');
}

function fail(place: Place, name: string, node: number, values: ArrayLike<number>, expected: string): never {
  const list = place.at(name);
  return list.items()[node]!.fail(String(values[node]), expected);
}
