import type { Tree } from '../trees/tree.js';
import { formatDouble, formatShort } from './format-number.js';

/** One tree's block, from `Tree=<index>` to the blank lines that end it. */
export function writeTree(tree: Tree, index: number): string {
  const categorical = tree.categoryBoundaries.length - 1;
  const lines = [
    `Tree=${index}`,
    `num_leaves=${tree.leaves}`,
    `num_cat=${categorical}`,
    `split_feature=${join(tree.splitFeature)}`,
    `split_gain=${join(tree.splitGain, formatShort)}`,
    `threshold=${join(tree.threshold, formatDouble)}`,
    `decision_type=${join(tree.decisionType)}`,
    `left_child=${join(tree.leftChild)}`,
    `right_child=${join(tree.rightChild)}`,
    `leaf_value=${join(tree.leafValue, formatDouble)}`,
    `leaf_weight=${join(tree.leafWeight, formatDouble)}`,
    `leaf_count=${join(tree.leafCount)}`,
    `internal_value=${join(tree.internalValue, formatShort)}`,
    `internal_weight=${join(tree.internalWeight, formatShort)}`,
    `internal_count=${join(tree.internalCount)}`,
  ];
  if (categorical > 0) {
    lines.push(`cat_boundaries=${join(tree.categoryBoundaries)}`);
    lines.push(`cat_threshold=${join(tree.categoryWords)}`);
  }
  lines.push(`is_linear=${tree.linear ? 1 : 0}`, ...linearLines(tree), `shrinkage=${formatShort(tree.shrinkage)}`);
  return `${lines.join('\n')}\n\n\n`;
}

function linearLines({ linear }: Tree): string[] {
  if (!linear) return [];
  // A leaf's numbers end in two spaces, an empty leaf is one space: so LightGBM writes and reads them.
  const leaves = (each: ArrayLike<number>[], format: (value: number) => string) =>
    each.map((values) => (values.length > 0 ? `${join(values, format)}  ` : ' ')).join('');
  return [
    `leaf_const=${join(linear.constant, formatDouble)}`,
    `num_features=${linear.features.map((features) => features.length).join(' ')}`,
    `leaf_features=${leaves(linear.features, String)}`,
    `leaf_coeff=${leaves(linear.coefficients, formatDouble)}`,
  ];
}

function join(values: ArrayLike<number>, format: (value: number) => string = String): string {
  return Array.from(values, format).join(' ');
}
