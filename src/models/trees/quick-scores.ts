import type { Matrix } from '../table/matrix.js';
import type { Crew, KernelCall, Team } from './kernel/crew.js';
import { kernelModule, openKernel, type KernelFunction } from './kernel/kernel.js';
import { NODE, NODE_BYTES, ROWS_IN_STEP } from './kernel/walk-trees.js';
import { columnsByName } from '../table/align.js';
import { ZERO_THRESHOLD } from './find-leaves.js';
import { applyObjective } from './objective.js';
import { objectiveOf } from './predict-trees.js';
import { quickTree, type QuickTree } from './quick-tree.js';
import type { Tree } from './tree.js';
import type { TreeModel } from './tree-model.js';

/** Predicts many rows of one model, some at a time. */
export interface QuickScorer {
  /** As `treePredictions`, to the last bit. @param matrix at most as many rows as were said */
  predict(matrix: Matrix): Float64Array[];
  close(): void;
}

/** So many rows go through all trees at once: their values stay in the processor's cache. */
const BLOCK = 128;

/**
 * A model laid out for predicting many rows, in the kernel and by several threads; undefined for one with categories,
 * zero as missing, linear leaves or sums in 32 bits, which goes the general way.
 * @param most rows of a call
 */
export async function quickScorer(model: TreeModel, most: number, crew?: Crew): Promise<QuickScorer | undefined> {
  const trees = quickTrees(model);
  if (trees === undefined) return undefined;
  const { memory, scorer } = laidOut(model, trees, most, crew !== undefined);
  const module = kernelModule(crew !== undefined);
  return scorer(
    openKernel(module, memory),
    crew,
    await crew?.open(module, memory, Math.ceil(most / BLOCK) * model.treesPerRound),
  );
}

/** The same by this thread alone, at once. */
export function ownQuickScorer(model: TreeModel, most: number): QuickScorer | undefined {
  const trees = quickTrees(model);
  if (trees === undefined) return undefined;
  const { memory, scorer } = laidOut(model, trees, most, false);
  return scorer(openKernel(kernelModule(false), memory));
}

/** The trees of a model in their quick form; undefined where one has none, or more than the trees is to be computed. */
export function quickTrees(model: TreeModel): QuickTree[] | undefined {
  const quick = model.trees.map((tree) => (tree.linear ? null : quickTree(tree)));
  const plain = model.xgboost === undefined && (model.pandasCategorical ?? []).length === 0;
  return plain && quick.length > 0 && quick.every((tree) => tree !== null) ? quick : undefined;
}

/** Trees, rows and scores in one memory, and what asks the kernel over it. */
function laidOut(model: TreeModel, trees: QuickTree[], most: number, shared: boolean) {
  const used = [...new Set(model.trees.flatMap((tree) => [...tree.splitFeature]))];
  const stride = 8 * Math.max(used.length, 1);
  const blocks = Math.ceil(most / BLOCK);
  const outputs = model.treesPerRound;
  const nodeBytes = trees.reduce((sum, { feature }) => sum + feature.length * NODE_BYTES, 0);
  const lists = nodeBytes;
  const rowsAt = Math.ceil((lists + 8 * trees.length) / 16) * 16;
  const scoresAt = rowsAt + blocks * BLOCK * stride;
  const bytes = scoresAt + 8 * blocks * BLOCK * outputs;
  const pages = Math.ceil(bytes / 65536);
  const memory = new WebAssembly.Memory(shared ? { initial: pages, maximum: 65536, shared } : { initial: pages });
  const doubles = new Float64Array(memory.buffer);
  writeTrees(new DataView(memory.buffer), trees, model.trees, { used, lists, outputs });
  const perOutput = trees.length / outputs;

  const callsFor = (rows: number): KernelCall[] =>
    Array.from({ length: Math.ceil(rows / BLOCK) }, (_, block) => block).flatMap((block) => {
      const from = block * BLOCK;
      const groups = Math.ceil(Math.min(BLOCK, rows - from) / ROWS_IN_STEP);
      return Array.from({ length: outputs }, (_, output) => ({
        name: 'walkTrees',
        addresses: [
          ...[lists + 8 * perOutput * output, perOutput, rowsAt + from * stride, stride, groups],
          scoresAt + 8 * (output * blocks * BLOCK + from),
        ],
      }));
    });

  const scorer = (kernel: Record<string, KernelFunction>, crew?: Crew, team?: Team): QuickScorer => ({
    predict(matrix) {
      const { rows } = matrix;
      pack(columnsByName(matrix, model.featureNames), used, rows, doubles, rowsAt / 8);
      doubles.fill(0, scoresAt / 8);
      const calls = callsFor(rows);
      const own = (mine: KernelCall[]) => mine.forEach(({ name, addresses }) => kernel[name]!(...addresses));
      if (team === undefined || crew === undefined) own(calls);
      else {
        const share = Math.ceil(calls.length / (crew.helpers + 1));
        const parts = Array.from({ length: crew.helpers }, (_, at) => calls.slice((at + 1) * share, (at + 2) * share));
        team.work(parts, () => own(calls.slice(0, share)));
      }
      const scores = Array.from({ length: outputs }, (_, output) => {
        const at = scoresAt / 8 + output * blocks * BLOCK;
        return Float64Array.from(doubles.subarray(at, at + rows));
      });
      return finished(model, scores);
    },
    close: () => team?.leave(),
  });
  return { memory, scorer };
}

/** Sums over all trees as predictions: averaged where the model says so, and in the objective's terms. */
export function finished(model: TreeModel, scores: Float64Array[]): Float64Array[] {
  if (model.averageOutput) {
    const rounds = model.trees.length / model.treesPerRound;
    for (const column of scores) for (let row = 0; row < column.length; row++) column[row]! /= rounds;
  }
  const objective = model.objective === null ? null : objectiveOf(model.objective);
  if (objective && !('problem' in objective)) applyObjective(scores, objective);
  return scores;
}

/** Rows side by side, as trees want them. */
function pack(columns: Float64Array[], used: number[], rows: number, into: Float64Array, from: number): void {
  const width = Math.max(used.length, 1);
  used.forEach((feature, place) => {
    const column = columns[feature]!;
    for (let row = 0, at = from + place; row < rows; row++, at += width) {
      const value = column[row]!;
      // What LightGBM takes for 0, as 0.
      into[at] = value >= -ZERO_THRESHOLD && value <= ZERO_THRESHOLD ? 0 : value;
    }
  });
}

/** The nodes of all trees, then for each output in turn the addresses of its trees. */
function writeTrees(
  view: DataView,
  quick: QuickTree[],
  trees: Tree[],
  { used, lists, outputs }: { used: number[]; lists: number; outputs: number },
): void {
  const places = new Map(used.map((feature, place) => [feature, 8 * place]));
  const perOutput = quick.length / outputs;
  let base = 0;
  quick.forEach(({ inner, feature, threshold, children, missingChild }, index) => {
    const address = (node: number) => base + node * NODE_BYTES;
    for (let node = 0; node < feature.length; node++) {
      const at = address(node);
      const isLeaf = node >= inner;
      view.setFloat64(at + NODE.threshold, isLeaf ? trees[index]!.leafValue[node - inner]! : threshold[node]!, true);
      view.setInt32(at + NODE.right, address(children[2 * node]!), true);
      view.setInt32(at + NODE.left, address(children[2 * node + 1]!), true);
      view.setInt32(at + NODE.missing, address(isLeaf ? node : missingChild[node]!), true);
      view.setInt32(at + NODE.feature, isLeaf ? 0 : places.get(feature[node]!)!, true);
    }
    const list = lists + 8 * ((index % outputs) * perOutput + Math.floor(index / outputs));
    view.setInt32(list, address(0), true);
    view.setInt32(list + 4, address(inner), true);
    base += feature.length * NODE_BYTES;
  });
}
