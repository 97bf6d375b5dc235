import { importance } from '../../../models/trees/importance.js';
import type { LinearModel } from '../../../models/linear/linear-model.js';
import type { TreeModel } from '../../../models/trees/tree-model.js';
import type { LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { tableFlags } from '../../table-options.js';
import { apart, figure, table } from '../../output.js';
import type { Lines } from '../../terminal.js';
import { type ColumnEffects, columnEffects } from '../../../pipeline/model-files/column-effects.js';
import { type ModelFile, readModelFile } from '../../../pipeline/model-files/model-file.js';

/** `mlops model info`: what a model file holds, and what its features are worth to it. */
export const showModelFile: LoneWork = async (output, _args, flags, signal) => {
  const looked = { met: flags.data !== undefined, expected: 'expected --data FILE beside it' };
  refuseIdle('model info', flags, [
    ...['target', 'column', 'format', 'nulls', 'decimal'].map((option) => ({ option, ...looked })),
    { option: 'header', ...looked, unless: true },
  ]);
  const file = await readModelFile(flags.model as string);
  const { model } = file;
  const { data, target, column } = flags as Record<string, string | undefined>;
  const effects =
    data === undefined
      ? {}
      : await columnEffects(file, { data, reading: tableFlags(flags, [data]), target, column }, signal);
  const about = { kind: 'model-info', schemaVersion: 1, ...bundleInfo(file), ...effects };
  if (model.kind === 'linear') {
    const info = { ...about, ...linearInfo(model) };
    return output.result(info, () => apart([bundleText(file), linearText(model), effectsText(effects)]));
  }
  const info = { ...about, ...infoOf(model) };
  output.result(info, () => apart([bundleText(file), infoText(info), effectsText(effects)]));
};

/** What a bundle says besides its model; nothing of trees alone. */
function bundleInfo({ bundle }: ModelFile) {
  if (!bundle) return { bundle: false };
  const { family, task, inputs, preprocessing, classes, threshold, metadata } = bundle;
  return { bundle: true, family, task, inputs, preprocessing, classNames: classes ?? null, threshold, metadata };
}

function bundleText({ bundle }: ModelFile): Lines {
  if (!bundle) return [];
  const steps = bundle.preprocessing.map(({ step }) => step).join(', ') || 'none';
  const classes = bundle.classes ? `; classes ${bundle.classes.join(', ')}` : '';
  return `bundle of a ${bundle.family} for a ${bundle.task} task; ${bundle.inputs.length} inputs; preprocessing: ${steps}${classes}`;
}

/** `importance` is in the model's order of features: splits that use one, and the gain they brought. */
function infoOf(model: TreeModel) {
  const { split, gain } = importance(model);
  return {
    objective: model.xgboost?.objective ?? model.objective,
    classes: model.classes,
    trees: model.trees.length,
    rounds: model.trees.length / model.treesPerRound,
    averageOutput: model.averageOutput,
    features: model.featureNames,
    importance: model.featureNames.map((feature, place) => ({
      feature,
      range: model.featureInfos[place] ?? null,
      split: split[place]!,
      gain: gain[place]!,
    })),
  };
}

function infoText(info: ReturnType<typeof infoOf>): Lines {
  const { objective, trees, rounds, features, averageOutput } = info;
  const what = `objective ${objective ?? 'none'}, ${trees} trees of ${rounds} rounds${averageOutput ? ' (their mean)' : ''}, ${features.length} features`;
  const ranked = [...info.importance].sort((a, b) => b.gain - a.gain);
  const rows = ranked.map(({ feature, gain, split }) => [feature, figure(gain), figure(split)]);
  return apart([what, table(['feature', 'gain', 'splits'], rows, ['gain', 'splits'])]);
}

function linearInfo({ link, featureNames, coefficients, intercepts, converged, iterations, gradient }: LinearModel) {
  return { link, features: featureNames, coefficients, intercepts, converged, iterations, gradient };
}

function linearText(model: LinearModel): Lines {
  const { link, converged, iterations, featureNames, coefficients, intercepts } = model;
  const what = `linear, ${link}, ${converged ? 'converged' : 'NOT converged'} in ${iterations} iterations, ${featureNames.length} features`;
  const outputs = coefficients.length === 1 ? ['coefficient'] : coefficients.map((_, k) => `class ${k}`);
  const rows = featureNames.map((name, place) => [name, ...coefficients.map((own) => figure(own[place]))]);
  rows.push(['(intercept)', ...intercepts.map((own) => figure(own))]);
  return apart([what, table(['feature', ...outputs], rows, outputs)]);
}

function effectsText({ permutation, partialDependence }: ColumnEffects): Lines {
  const parts: Lines[] = [];
  if (permutation) {
    const ranked = [...permutation.columns].sort((a, b) => b.mean - a.mean);
    const rows = ranked.map(({ column, mean, deviation }) => [column, figure(mean), figure(deviation)]);
    const head = `${permutation.figure} ${figure(permutation.whole)}; what is lost when a column is shuffled:`;
    parts.push([head, table(['column', 'mean', 'deviation'], rows, ['mean', 'deviation'])]);
  }
  if (partialDependence) {
    const { column, values, means } = partialDependence;
    const rows = values.map((value, place) => [figure(value), figure(means[place])]);
    parts.push(table([column, 'mean prediction'], rows, ['mean prediction']));
  }
  return apart(parts);
}
