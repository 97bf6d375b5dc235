import { importance, type TreeModel } from '../../models/index.js';
import type { LoneWork } from '../act.js';
import { figure, table } from '../output.js';
import { readModelFile } from './predict.js';

/** `mlops model info`: what a model file holds, and what its features are worth to it. */
export const showModelFile: LoneWork = async (output, _args, flags) => {
  const info = infoOf(await readModelFile(flags.model as string));
  output.result(info, () => infoText(info));
};

/** `importance` is in the model's order of features: splits that use one, and the gain they brought. */
function infoOf(model: TreeModel) {
  const { split, gain } = importance(model);
  return {
    objective: model.objective,
    classes: model.classes,
    trees: model.trees.length,
    rounds: model.trees.length / model.treesPerRound,
    averageOutput: model.averageOutput,
    features: model.featureNames,
    importance: model.featureNames.map((feature, place) => ({
      feature,
      range: model.featureInfos[place]!,
      split: split[place]!,
      gain: gain[place]!,
    })),
  };
}

function infoText(info: ReturnType<typeof infoOf>): string {
  const { objective, trees, rounds, features, averageOutput } = info;
  const head = `objective ${objective ?? 'none'}, ${trees} trees of ${rounds} rounds${averageOutput ? ' (their mean)' : ''}, ${features.length} features`;
  const ranked = [...info.importance].sort((a, b) => b.gain - a.gain);
  const rows = ranked.map(({ feature, gain, split }) => [feature, figure(gain), figure(split)]);
  return `${head}\n\n${table(['feature', 'gain', 'splits'], rows, ['gain', 'splits'])}`;
}
