import { writeLightGbm } from '../../../../src/models/lightgbm-text/write-model.js';
import type { Tree } from '../../../../src/models/trees/tree.js';
import type { TreeModel } from '../../../../src/models/trees/tree-model.js';

/** A tree of two leaves. */
export function stump(parts: Partial<Tree>): Tree {
  return {
    leaves: 2,
    splitFeature: Int32Array.of(0),
    splitGain: Float64Array.of(1),
    threshold: Float64Array.of(0),
    decisionType: Uint8Array.of(0),
    leftChild: Int32Array.of(-1),
    rightChild: Int32Array.of(-2),
    leafValue: Float64Array.of(-1, 1),
    leafWeight: Float64Array.of(1, 1),
    leafCount: Float64Array.of(10, 30),
    internalValue: Float64Array.of(0),
    internalWeight: Float64Array.of(2),
    internalCount: Float64Array.of(40),
    categoryBoundaries: Int32Array.of(0),
    categoryWords: new Uint32Array(0),
    linear: null,
    shrinkage: 0.1,
    ...parts,
  };
}

/** Four trees: zero as missing, categories, NaN as missing, one leaf. */
export function smallTrees(): TreeModel {
  const none = new Int32Array(0);
  const trees = [
    stump({ threshold: Float64Array.of(1.5), decisionType: Uint8Array.of(4), leafValue: Float64Array.of(1, 2) }),
    stump({
      splitFeature: Int32Array.of(1),
      decisionType: Uint8Array.of(1),
      leafValue: Float64Array.of(10, -10),
      categoryBoundaries: Int32Array.of(0, 2),
      categoryWords: Uint32Array.of(1 << 3, 1 << 8),
    }),
    stump({
      splitFeature: Int32Array.of(2),
      threshold: Float64Array.of(0.5),
      decisionType: Uint8Array.of(10),
      leafValue: Float64Array.of(100, -100),
    }),
    {
      ...stump({}),
      leaves: 1,
      splitFeature: none,
      splitGain: new Float64Array(0),
      threshold: new Float64Array(0),
      decisionType: new Uint8Array(0),
      leftChild: none,
      rightChild: none,
      leafValue: Float64Array.of(0.25),
      leafWeight: Float64Array.of(0),
      leafCount: Float64Array.of(40),
      internalValue: new Float64Array(0),
      internalWeight: new Float64Array(0),
      internalCount: new Float64Array(0),
    },
  ];
  return {
    kind: 'trees',
    featureNames: ['a', 'b', 'c'],
    featureInfos: ['[0:5]', '3:40', '[0:2]'],
    objective: 'regression',
    classes: 1,
    treesPerRound: 1,
    averageOutput: false,
    trees,
    monotoneConstraints: null,
    parameters: '[boosting: gbdt]\n',
    pandasCategorical: null,
    bestRound: 4,
  };
}

export function smallModel(): string {
  return writeLightGbm(smallTrees());
}
