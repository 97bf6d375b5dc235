import * as wasm from './assembler.js';

/** Bytes of a node: its threshold, or a leaf's value; the right, left and missing value's child; where its feature lies. */
export const NODE_BYTES = 24;
export const NODE = { threshold: 0, right: 8, left: 12, missing: 16, feature: 20 } as const;
/** So many rows walk in step: each waits for memory and comparisons of its own, so together they take little longer. */
export const ROWS_IN_STEP = 8;

/**
 * `walkTrees(trees, count, rows, stride, groups, scores)`: adds to each row's score the value of the leaf that it reaches
 * in each tree. A tree is two addresses, of its root and of its first leaf; leaves lie after inner nodes and lead to
 * themselves. A row's values lie side by side, `stride` bytes from the next row's; rows come in groups of so many as walk in step.
 */
export function walkTrees(): wasm.WasmFunction {
  const [trees, count, rows, stride, groups, scores, leaves, root, score, left] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const firstLocal = 10;
  const nodes = Array.from({ length: ROWS_IN_STEP }, (_, row) => firstLocal + row);
  const places = nodes.map((node) => node + ROWS_IN_STEP);
  const value = firstLocal + 2 * ROWS_IN_STEP;
  const each = (code: (node: number, place: number, row: number) => wasm.Code): wasm.Code =>
    nodes.flatMap((node, row) => code(node, places[row]!, row));
  /** A comparison is a place rather than a branch, which would be guessed wrong too often. */
  const step = (node: number, place: number): wasm.Code => [
    ...[...wasm.get(place), ...wasm.get(node), ...wasm.load32From(NODE.feature), ...wasm.add],
    ...[...wasm.loadDouble, ...wasm.tee(value)],
    ...[...wasm.get(node), ...wasm.loadDouble, ...wasm.isAtMost],
    ...[...wasm.get(value), ...wasm.get(value), ...wasm.differs, ...wasm.constant(1), ...wasm.shiftLeft, ...wasm.add],
    ...[...wasm.constant(2), ...wasm.shiftLeft, ...wasm.get(node), ...wasm.add],
    ...[...wasm.load32From(NODE.right), ...wasm.set(node)],
  ];
  const isInner = (node: number): wasm.Code => [...wasm.get(node), ...wasm.get(leaves), ...wasm.isBelow];
  const addValue = (node: number, at: number): wasm.Code => [
    ...[...wasm.get(score), ...wasm.get(score), ...wasm.loadDoubleFrom(8 * at)],
    ...[...wasm.get(node), ...wasm.loadDouble, ...wasm.addDouble, ...wasm.storeDoubleAt(8 * at)],
  ];
  const body = wasm.repeatWhile(
    [
      ...wasm.get(trees),
      ...wasm.load32,
      ...wasm.set(root),
      ...wasm.get(trees),
      ...wasm.load32From(4),
      ...wasm.set(leaves),
    ],
    [
      ...wasm.get(rows),
      ...wasm.set(places[0]!),
      ...wasm.get(scores),
      ...wasm.set(score),
      ...wasm.get(groups),
      ...wasm.set(left),
    ],
    wasm.repeatWhile(
      each((_, place, row) =>
        row === 0 ? [] : [...wasm.get(places[row - 1]!), ...wasm.get(stride), ...wasm.add, ...wasm.set(place)],
      ),
      each((node) => [...wasm.get(root), ...wasm.set(node)]),
      wasm.repeatWhile(
        each(step),
        isInner(nodes[0]!),
        nodes.slice(1).flatMap((node) => [...isInner(node), ...wasm.or]),
      ),
      each((node, _, row) => addValue(node, row)),
      [...wasm.get(places[ROWS_IN_STEP - 1]!), ...wasm.get(stride), ...wasm.add, ...wasm.set(places[0]!)],
      // Twice, for a constant goes up to 63.
      wasm.advance(score, 4 * ROWS_IN_STEP),
      wasm.advance(score, 4 * ROWS_IN_STEP),
      wasm.countDown(left),
    ),
    wasm.advance(trees, 8),
    wasm.countDown(count),
  );
  const locals = [...Array.from({ length: value - 6 }, () => wasm.TYPE_I32), wasm.TYPE_F64];
  return { name: 'walkTrees', parameters: 6, locals, body };
}
