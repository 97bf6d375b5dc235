import { importance } from '../trees/importance.js';
import type { TreeModel } from '../trees/tree-model.js';
import { writeCategoryLists } from './category-lists.js';
import { encodeFeatureName } from './feature-name.js';
import { writeTree } from './write-tree.js';

/**
 * The model in LightGBM's text format, version 4: genuine LightGBM loads it and predicts the same. The same model gives
 * the same bytes, and a model that was read from such a text is written back byte for byte.
 */
export function writeLightGbm(model: TreeModel): string {
  const trees = model.trees.map(writeTree);
  return [
    ...header(model),
    // Blocks are plain ASCII, so that characters are bytes.
    `tree_sizes=${trees.map((text) => text.length).join(' ')}`,
    '',
    `${trees.join('')}end of trees`,
    '',
    'feature_importances:',
    ...importanceLines(model),
    ...parameterLines(model),
    '',
    `pandas_categorical:${writeCategoryLists(model.pandasCategorical)}`,
    '',
  ].join('\n');
}

function header(model: TreeModel): string[] {
  const lines = [
    'tree',
    'version=v4',
    `num_class=${model.classes}`,
    `num_tree_per_iteration=${model.treesPerRound}`,
    'label_index=0',
    `max_feature_idx=${model.featureNames.length - 1}`,
  ];
  if (model.objective !== null) lines.push(`objective=${model.objective}`);
  if (model.averageOutput) lines.push('average_output');
  lines.push(`feature_names=${model.featureNames.map(encodeFeatureName).join(' ')}`);
  if (model.monotoneConstraints) lines.push(`monotone_constraints=${model.monotoneConstraints.join(' ')}`);
  lines.push(`feature_infos=${model.featureInfos.join(' ')}`);
  return lines;
}

function importanceLines(model: TreeModel): string[] {
  const splits = importance(model).split;
  return model.featureNames
    .map((name, feature) => ({ name: encodeFeatureName(name), count: splits[feature]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ name, count }) => `${name}=${count}`);
}

function parameterLines({ parameters }: TreeModel): string[] {
  return parameters === null ? [] : ['', 'parameters:', parameters, 'end of parameters'];
}
