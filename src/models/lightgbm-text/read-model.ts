import { parseObjective } from '../trees/objective.js';
import type { Tree } from '../trees/tree.js';
import type { TreeModel } from '../trees/tree-model.js';
import { readCategoryLists } from './category-lists.js';
import { decodeFeatureName } from './feature-name.js';
import { type Field, numbersOf, readFields } from './fields.js';
import { type Lines, linesOf, quoted } from './lines.js';
import { readTree } from './read-tree.js';

/**
 * Reads a model in LightGBM's text format, versions 2 to 4.
 * @param name what to call the text in messages, such as its file name
 * @throws InputError with name and line if it is no such text, or truncated, or its trees do not hold together
 */
export function readLightGbm(text: string, name = 'model'): TreeModel {
  const lines = linesOf(text, name);
  const first = lines.next();
  if (first !== 'tree') lines.fail(quoted(first), '"tree", the first line of a LightGBM text model', 0);
  const header = readFields(lines, (line) => line === '');
  const version = /^v([234])$/.exec(need(lines, header, 'version').value)?.[1];
  if (!version) lines.fail(quoted(header.get('version')!.value), 'version v2, v3 or v4', header.get('version')!.line);
  const shape = readHeader(lines, header);
  skipBlank(lines);
  const trees = readTrees(lines, header, shape.featureNames.length);
  // A file without a tree may be a model of one output; of many it could claim more than any memory holds.
  const isRound = trees.length % shape.treesPerRound === 0 && (trees.length > 0 || shape.treesPerRound === 1);
  if (!isRound)
    lines.fail(`${trees.length} trees`, `a multiple of ${shape.treesPerRound}, the trees of a round`, lines.at - 1);
  const rest = readRest(lines, version !== '2');
  if (version === '2' && holdsPredictions(shape, trees)) shape.objective = null;
  return { ...shape, trees, ...rest, bestRound: trees.length / shape.treesPerRound };
}

/**
 * Forests of version 2 hold probabilities in their leaves instead of raw scores. Nothing in the file says so, but raw
 * scores that all lie between 0 and 1 would be a forest that only ever predicts one class.
 */
function holdsPredictions({ averageOutput }: Header, trees: Tree[]): boolean {
  return averageOutput && trees.every((tree) => tree.leafValue.every((value) => value >= 0 && value <= 1));
}

type Header = Omit<TreeModel, 'trees' | 'parameters' | 'pandasCategorical' | 'bestRound'>;

function readHeader(lines: Lines, fields: Map<string, Field>): Header {
  const integer = (key: string, field = need(lines, fields, key)) => numbersOf(lines, key, field, 1, 'integer')[0]!;
  const features = integer('max_feature_idx') + 1;
  const classes = integer('num_class');
  const treesPerRound = fields.has('num_tree_per_iteration') ? integer('num_tree_per_iteration') : classes;
  if (classes < 1 || treesPerRound !== classes)
    lines.fail(`${classes} classes, ${treesPerRound} trees a round`, 'at least one, as many of each');
  const words = (key: string) => {
    const field = need(lines, fields, key);
    const found = field.value.split(' ').filter((word) => word !== '');
    if (found.length !== features) lines.fail(`${found.length} ${key}`, String(features), field.line);
    return found;
  };
  const constraints = fields.get('monotone_constraints');
  return {
    kind: 'trees',
    featureNames: words('feature_names').map(decodeFeatureName),
    featureInfos: words('feature_infos'),
    objective: readObjective(lines, fields.get('objective'), treesPerRound),
    classes,
    treesPerRound,
    averageOutput: fields.has('average_output'),
    monotoneConstraints: constraints
      ? [...numbersOf(lines, 'monotone_constraints', constraints, features, 'integer')]
      : null,
  };
}

function readObjective(lines: Lines, field: Field | undefined, outputs: number): string | null {
  if (!field) return null;
  const parsed = parseObjective(field.value);
  if ('problem' in parsed) lines.fail(parsed.problem, 'an objective of LightGBM', field.line);
  else if (parsed.outputs !== null && parsed.outputs !== outputs)
    lines.fail(`objective ${quoted(field.value)}`, `${outputs} classes`, field.line);
  return field.value;
}

/** Trees one after another. With `tree_sizes` each must lie exactly where they say, so that an edited block is noticed. */
function readTrees(lines: Lines, header: Map<string, Field>, features: number): Tree[] {
  const sizes = header.get('tree_sizes');
  const expected = sizes
    ? numbersOf(lines, 'tree_sizes', sizes, sizes.value.split(' ').filter(Boolean).length, 'integer')
    : null;
  const trees: Tree[] = [];
  let place = lines.offset(lines.at);
  while (lines.peek()?.startsWith('Tree=')) {
    const start = lines.at;
    trees.push(readTree(lines, trees.length, features));
    if (!expected) continue;
    place += expected[trees.length - 1] ?? 0;
    // Blank lines after the last tree belong to what follows in some versions.
    const last = trees.length === expected.length;
    if (last ? lines.offset(lines.at) < place : lines.offset(lines.at) !== place)
      lines.fail('a tree of another size than tree_sizes says', 'an unedited file', start);
  }
  if (expected && expected.length !== trees.length)
    lines.fail(`${trees.length} trees`, `${expected.length}, as tree_sizes says`);
  return trees;
}

/** What follows the trees. Its presence proves that the file was not cut off after a whole tree. */
function readRest(lines: Lines, ended: boolean): Pick<TreeModel, 'parameters' | 'pandasCategorical'> {
  const rest: string[] = [];
  const from = lines.at;
  while (lines.at < lines.count) rest.push(lines.next());
  const ending = ended ? rest[0] === 'end of trees' : /^(end of trees|feature.importances:)$/.test(rest[0] ?? '');
  if (!ending) lines.fail(rest[0] ? quoted(rest[0]) : 'the end of the file', '"end of trees"', from);
  const open = rest.indexOf('parameters:');
  const close = rest.indexOf('end of parameters');
  if (open >= 0 && close < 0) lines.fail('parameters without an end', '"end of parameters"', from + open);
  const pandas = rest.find((line) => line.startsWith('pandas_categorical:'))?.slice('pandas_categorical:'.length);
  return {
    parameters: open < 0 ? null : rest.slice(open + 1, close).join('\n'),
    pandasCategorical: pandas === undefined ? null : readPandas(lines, pandas),
  };
}

function readPandas(lines: Lines, text: string): unknown[][] | null {
  const lists = readCategoryLists(text);
  return lists !== undefined
    ? lists
    : lines.fail(`pandas_categorical ${quoted(text)}`, 'lists of values', lines.count - 1);
}

function need(lines: Lines, fields: Map<string, Field>, key: string): Field {
  return fields.get(key) ?? lines.fail(`a model without ${key}`, 'it');
}

function skipBlank(lines: Lines): void {
  while (lines.peek() === '' && lines.at < lines.count - 1) lines.next();
}
