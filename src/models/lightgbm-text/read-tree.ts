import { CATEGORICAL, type LinearLeaves, type Tree } from '../trees/tree.js';
import { type Field, type NumberKind, numbersOf, readFields } from './fields.js';
import { type Lines, quoted } from './lines.js';

/** Reads one tree's block, the cursor standing on its `Tree=` line. @throws InputError naming the line. */
export function readTree(lines: Lines, index: number, features: number): Tree {
  const start = lines.at;
  const first = lines.next();
  if (first !== `Tree=${index}`) lines.fail(quoted(first), `"Tree=${index}"`, start);
  const fields = readFields(lines, (line) => line === '');
  const reader = fieldReader(lines, fields, start);
  const leaves = reader.integers('num_leaves', 1)[0]!;
  if (leaves < 1 || leaves > 1e7) lines.fail(`${leaves} leaves`, 'at least one', fields.get('num_leaves')!.line);
  const nodes = leaves - 1;
  const categorical = reader.integers('num_cat', 1)[0]!;
  const boundaries = categorical > 0 ? reader.integers('cat_boundaries', categorical + 1) : [0];
  const words = categorical > 0 ? reader.words('cat_threshold', boundaries[categorical]!) : [];
  const tree: Tree = {
    leaves,
    splitFeature: Int32Array.from(reader.integers('split_feature', nodes)),
    splitGain: reader.optional('split_gain', nodes, 'any'),
    threshold: reader.any('threshold', nodes),
    decisionType: decisionTypes(lines, reader.integers('decision_type', nodes), fields.get('decision_type')),
    leftChild: Int32Array.from(reader.integers('left_child', nodes)),
    rightChild: Int32Array.from(reader.integers('right_child', nodes)),
    leafValue: reader.finite('leaf_value', leaves),
    // Of a single leaf nobody knows the weight, and LightGBM writes none.
    leafWeight: reader.optional('leaf_weight', leaves === 1 && reader.isEmpty('leaf_weight') ? 0 : leaves),
    leafCount: reader.optional('leaf_count', leaves),
    internalValue: reader.optional('internal_value', nodes, 'any'),
    internalWeight: reader.optional('internal_weight', nodes),
    internalCount: reader.optional('internal_count', nodes),
    categoryBoundaries: Int32Array.from(boundaries),
    categoryWords: Uint32Array.from(words),
    linear: fields.get('is_linear')?.value === '1' ? readLinear(reader, leaves, features) : null,
    shrinkage: fields.has('shrinkage') ? reader.any('shrinkage', 1)[0]! : 1,
  };
  const problem = problemOf(tree, features);
  if (problem) lines.fail(problem, 'a whole tree', start);
  while (lines.peek() === '' && lines.at < lines.count - 1) lines.next();
  return tree;
}

/** Four bits, of which the upper two are never both set: there are three kinds of missing values. */
function decisionTypes(lines: Lines, types: Float64Array, field: Field | undefined): Uint8Array {
  const wrong = types.find((type) => type < 0 || type > 11);
  if (wrong !== undefined) lines.fail(`${wrong} in decision_type`, 'numbers from 0 to 11', field?.line);
  return Uint8Array.from(types);
}

type FieldReader = ReturnType<typeof fieldReader>;

function fieldReader(lines: Lines, fields: Map<string, Field>, start: number) {
  const need = (key: string, count: number, kind: NumberKind) => {
    const field = fields.get(key);
    // A tree of one leaf has no inner nodes, and some versions leave their empty lines out.
    if (!field && count === 0) return new Float64Array(0);
    return numbersOf(lines, key, field ?? lines.fail(`a tree without ${key}`, 'it', start), count, kind);
  };
  return {
    integers: (key: string, count: number) => need(key, count, 'integer'),
    words: (key: string, count: number) => need(key, count, 'word'),
    finite: (key: string, count: number) => need(key, count, 'finite'),
    any: (key: string, count: number) => need(key, count, 'any'),
    isEmpty: (key: string) => fields.get(key)?.value.trim() === '',
    /** Figures that predictions do not need; old versions have none, or none for a single leaf. */
    optional: (key: string, count: number, kind: 'finite' | 'any' = 'finite') =>
      fields.get(key)?.value.trim() ? need(key, count, kind) : new Float64Array(count),
  };
}

function readLinear(reader: FieldReader, leaves: number, features: number): LinearLeaves {
  const sizes = reader.integers('num_features', leaves);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const ids = reader.integers('leaf_features', total);
  const coefficients = reader.finite('leaf_coeff', total);
  const linear: LinearLeaves = { constant: reader.finite('leaf_const', leaves), features: [], coefficients: [] };
  let from = 0;
  for (const size of sizes) {
    const own = Int32Array.from(ids.subarray(from, from + size));
    // A feature that does not exist would read past a row; an impossible size makes problemOf refuse the tree.
    linear.features.push(own.every((id) => id >= 0 && id < features) ? own : Int32Array.of(-1));
    linear.coefficients.push(coefficients.slice(from, from + size));
    from += size;
  }
  return linear;
}

/** What makes a tree unusable, or null. Every node and leaf must be reached once from the root. */
function problemOf(tree: Tree, features: number): string | null {
  const nodes = tree.leaves - 1;
  const categorical = tree.categoryBoundaries.length - 1;
  if (tree.categoryBoundaries[0] !== 0) return 'cat_boundaries that do not begin with 0';
  for (let k = 0; k < categorical; k++)
    if (tree.categoryBoundaries[k]! > tree.categoryBoundaries[k + 1]!) return 'cat_boundaries that fall';
  for (let node = 0; node < nodes; node++) {
    const feature = tree.splitFeature[node]!;
    if (feature < 0 || feature >= features) return `a split on feature ${feature} of ${features}`;
    const threshold = tree.threshold[node]!;
    if (Number.isNaN(threshold)) return 'a threshold that is not a number';
    if (!(tree.decisionType[node]! & CATEGORICAL)) continue;
    if (!Number.isInteger(threshold) || threshold < 0 || threshold >= categorical)
      return `a split on category set ${threshold} of ${categorical}`;
  }
  if (tree.linear?.features.some((ids) => ids.includes(-1))) return 'a linear leaf on an unknown feature';
  return nodes > 0 ? shapeProblem(tree) : null;
}

function shapeProblem({ leaves, leftChild, rightChild }: Tree): string | null {
  const nodeSeen = new Uint8Array(leaves - 1);
  const leafSeen = new Uint8Array(leaves);
  const open = [0];
  let reached = 0;
  for (let child = open.pop(); child !== undefined; child = open.pop()) {
    const seen = child >= 0 ? nodeSeen : leafSeen;
    const place = child >= 0 ? child : ~child;
    if (place >= seen.length) return `a child ${child} that does not exist`;
    if (seen[place]) return `a child ${child} with two parents`;
    seen[place] = 1;
    reached++;
    if (child >= 0) open.push(leftChild[child]!, rightChild[child]!);
  }
  return reached === 2 * leaves - 1 ? null : `${2 * leaves - 1 - reached} nodes that the root does not reach`;
}
