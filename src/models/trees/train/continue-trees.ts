import { InputError } from '../../../common/errors.js';
import type { TrainingHooks } from '../../progress.js';
import { columnOf } from '../../table/columns.js';
import type { Matrix, Training } from '../../table/matrix.js';
import { holdsNumbers } from '../category-lookup.js';
import { categoryOwners } from '../category-owners.js';
import { rawScores } from '../predict-trees.js';
import type { TreeModel } from '../tree-model.js';
import { trainTrees } from './train-trees.js';

/**
 * Trains further rounds on top of a model, on the same or on newer rows: the new trees learn what the model leaves, and
 * the result holds both (LightGBM's `init_model`). Categories keep the model's numbers; new ones come after them.
 * @throws InputError if the table has other columns than the model, or as `trainTrees`
 */
export async function continueTrees(
  model: TreeModel,
  training: Training,
  validation: Training | undefined,
  given: Record<string, unknown>,
  hooks: TrainingHooks = {},
): Promise<TreeModel> {
  if (model.averageOutput) throw new InputError('a forest cannot be trained further');
  if (training.matrix.columns.join('\n') !== model.featureNames.join('\n'))
    throw new InputError(
      `the model was trained on ${model.featureNames.join(', ')}; found ${training.matrix.columns.join(', ')}`,
    );
  const startFrom = (rows: Training): Training => ({ ...rows, initScore: rawScores(model, rows.matrix) });
  const first = { ...startFrom(training), matrix: withCategoriesOf(model, training.matrix) };
  const more = await trainTrees(first, validation && startFrom(validation), given, hooks);
  if (more.objective !== model.objective)
    throw new InputError(`the model's objective is "${model.objective}", found "${more.objective}"`);
  return { ...more, trees: [...model.trees, ...more.trees], bestRound: model.bestRound + more.bestRound };
}

/** The table with its categories numbered as the model's trees know them. */
function withCategoriesOf(model: TreeModel, matrix: Matrix): Matrix {
  const own = matrix.categories ?? {};
  const named = matrix.columns.filter((name) => own[name] !== undefined);
  const owners = categoryOwners(model, named);
  const numbers = [...(owners ?? [])].find(([name, list]) => own[name] === undefined && holdsNumbers(list));
  if (numbers)
    throw new InputError(
      `column ${numbers[0]}: the model knows its numbers as categories, and trains further only where they are words`,
    );
  const categories = { ...own };
  const values = [...matrix.values];
  for (const name of named) {
    const known = (owners?.get(name) ?? []).map(String);
    const list = [...known, ...own[name]!.filter((category) => !known.includes(category))];
    const codes = own[name]!.map((category) => list.indexOf(category));
    categories[name] = list;
    values[matrix.columns.indexOf(name)] = columnOf(matrix, name).map((code) => (code >= 0 ? codes[code]! : NaN));
  }
  return { ...matrix, values, categories };
}
