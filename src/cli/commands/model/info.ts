import { describeModelFile } from '../../../operations/model-files/describe.js';
import type { ColumnEffects } from '../../../pipeline/model-files/column-effects.js';
import type { LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { apart, figure, table } from '../../output.js';
import { performOnFiles } from '../../perform.js';
import { tableFlags } from '../../table-options.js';
import type { Lines } from '../../terminal.js';

type Info = Awaited<ReturnType<typeof describeModelFile.run>>;
type Linear = Extract<Info, { link: unknown }>;

/** `mlops model info`: what a model file holds, and what its features are worth to it. */
export const infoCommand: LoneWork = async (output, _args, flags, signal) => {
  const looked = { met: flags.data !== undefined, expected: 'expected --data FILE beside it' };
  refuseIdle('model info', flags, [
    ...['target', 'column', 'format', 'nulls', 'decimal', 'encoding', 'sheet'].map((option) => ({ option, ...looked })),
    { option: 'header', ...looked, unless: true },
  ]);
  const { model, data, target, column } = flags as Record<string, string | undefined>;
  const on = data === undefined ? undefined : { data, reading: tableFlags(flags, [data]), target, column };
  const info = await performOnFiles({ output, signal }, describeModelFile, { model: model!, on });
  const own = 'link' in info ? linearText(info) : infoText(info);
  output.result(info, () => apart([bundleText(info), own, effectsText(info)]));
};

function bundleText(info: Info): Lines {
  if (!info.bundle) return [];
  const { family, task, inputs, classNames } = info;
  const steps = info.preprocessing.map(({ step }) => step).join(', ') || 'none';
  const classes = classNames ? `; classes ${classNames.join(', ')}` : '';
  return `bundle of a ${family} for a ${task} task; ${inputs.length} inputs; preprocessing: ${steps}${classes}`;
}

function infoText(info: Exclude<Info, Linear>): Lines {
  const { objective, trees, rounds, features, averageOutput } = info;
  const what = `objective ${objective ?? 'none'}, ${trees} trees of ${rounds} rounds${averageOutput ? ' (their mean)' : ''}, ${features.length} features`;
  const ranked = [...info.importance].sort((a, b) => b.gain - a.gain);
  const rows = ranked.map(({ feature, gain, split }) => [feature, figure(gain), figure(split)]);
  return apart([what, table(['feature', 'gain', 'splits'], rows, ['gain', 'splits'])]);
}

function linearText(info: Linear): Lines {
  const { link, converged, iterations, features, coefficients, intercepts } = info;
  const what = `linear, ${link}, ${converged ? 'converged' : 'NOT converged'} in ${iterations} iterations, ${features.length} features`;
  const outputs = coefficients.length === 1 ? ['coefficient'] : coefficients.map((_, k) => `class ${k}`);
  const rows = features.map((name, place) => [name, ...coefficients.map((own) => figure(own[place]))]);
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
