/**
 * The features on a path through a tree, each with the share of rows that follow it when the feature is unknown (zero) and
 * when it is known (one), and the weights of all subsets by size. Every level keeps its own copy, so that a step down can be
 * taken back.
 */
export interface PathStack {
  /** Copies the path of `length` elements one level down and adds an element; returns the new length. */
  extend(length: number, zero: number, one: number, feature: number): number;
  /** Takes a feature out of the current path: its two shares (1 and 1 if it is not there) and the length that is left. */
  unwind(length: number, feature: number): [number, number, number];
  /** Goes back one level. */
  leave(): void;
  /** The current level's elements. */
  current(): PathLevel;
}

export interface PathLevel {
  feature: Int32Array;
  zero: Float64Array;
  one: Float64Array;
  weight: Float64Array;
}

export function pathStack(depth: number): PathStack {
  const levels = Array.from({ length: depth + 2 }, () => newLevel(depth + 2));
  let level = 0;

  function extend(length: number, zero: number, one: number, feature: number): number {
    const from = levels[level]!;
    const to = levels[++level]!;
    for (let i = 0; i < length; i++) {
      to.feature[i] = from.feature[i]!;
      to.zero[i] = from.zero[i]!;
      to.one[i] = from.one[i]!;
      to.weight[i] = from.weight[i]!;
    }
    to.feature[length] = feature;
    to.zero[length] = zero;
    to.one[length] = one;
    to.weight[length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      to.weight[i + 1]! += (one * to.weight[i]! * (i + 1)) / (length + 1);
      to.weight[i] = (zero * to.weight[i]! * (length - i)) / (length + 1);
    }
    return length + 1;
  }

  function unwind(length: number, feature: number): [number, number, number] {
    const path = levels[level]!;
    let place = 1;
    while (place < length && path.feature[place] !== feature) place++;
    if (place === length) return [1, 1, length];
    const [zero, one] = [path.zero[place]!, path.one[place]!];
    const last = length - 1;
    let next = path.weight[last]!;
    for (let i = last - 1; i >= 0; i--) {
      if (one !== 0) {
        const before = path.weight[i]!;
        path.weight[i] = (next * length) / ((i + 1) * one);
        next = before - (path.weight[i]! * zero * (last - i)) / length;
      } else path.weight[i] = (path.weight[i]! * length) / (zero * (last - i));
    }
    for (let i = place; i < last; i++) {
      path.feature[i] = path.feature[i + 1]!;
      path.zero[i] = path.zero[i + 1]!;
      path.one[i] = path.one[i + 1]!;
    }
    return [zero, one, last];
  }

  return { extend, unwind, leave: () => void level--, current: () => levels[level]! };
}

function newLevel(size: number): PathLevel {
  return {
    feature: new Int32Array(size),
    zero: new Float64Array(size),
    one: new Float64Array(size),
    weight: new Float64Array(size),
  };
}

/** At a leaf: what each feature of the path gets of its value. */
export function leafWeights(paths: PathStack, length: number, add: (feature: number, weight: number) => void): void {
  const { feature, zero, one } = paths.current();
  for (let place = 1; place < length; place++)
    add(feature[place]!, unwoundSum(paths.current(), length, place) * (one[place]! - zero[place]!));
}

/** The sum of the subsets' weights with one element taken out. */
function unwoundSum({ zero, one, weight }: PathLevel, length: number, place: number): number {
  const last = length - 1;
  let next = weight[last]!;
  let total = 0;
  for (let i = last - 1; i >= 0; i--) {
    if (one[place] !== 0) {
      const share = (next * length) / ((i + 1) * one[place]!);
      total += share;
      next = weight[i]! - share * zero[place]! * ((last - i) / length);
    } else total += weight[i]! / zero[place]! / ((last - i) / length);
  }
  return total;
}
