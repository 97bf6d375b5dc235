import { basename, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import { canHoldCategories } from '../../models/trees/category-owners.js';
import { selectColumns, type Part } from '../evaluating/parts.js';
import { loadPart } from '../features/read-groups.js';
import type { StageContext } from '../stage.js';
import { taskOf } from './bundle-of.js';
import type { FoundModel } from './found-model.js';
import { labelledTable } from './labelled-table.js';
import type { RegisterWish } from './wish.js';
import { inputsFile, inputsOf, type InputColumn } from './signature.js';

/** Rows that a model from elsewhere is evaluated on, with what they say of its columns. */
export interface EvaluationRows {
  part: Part;
  inputs: BundleInput[];
  /** What they are called in a sentence. */
  what: string;
  /** Rows that such data look like, for drift: what the project trains on, or the same. */
  baseline: Part;
}

/** @throws InputError naming the columns that are missing or of another type, or that there is nothing to evaluate on */
export async function evaluationRows(
  context: StageContext,
  wish: RegisterWish,
  found: FoundModel,
): Promise<EvaluationRows> {
  const { file } = context.project;
  const label = wish.label ?? file.model.target;
  const columns = inputsOf(found, await saidColumns(wish, label, context.signal));
  if (wish.data === undefined) return projectRows(context, columns);
  const { task, classes } = taskOf(file, found, wish);
  const table = { path: resolve(wish.data), label, columns, task, classes, takesWords: takesWords(found) };
  const { part, inputs } = await labelledTable(table, context.signal);
  if (part.matrix.rows === 0)
    throw new InputError(`${basename(wish.data)}: found no row with a label in ${label}, expected some to evaluate on`);
  return { part, inputs, what: basename(wish.data), baseline: part };
}

async function saidColumns(
  { inputs, columns }: Pick<RegisterWish, 'inputs' | 'columns'>,
  label: string,
  signal: AbortSignal,
): Promise<InputColumn[] | undefined> {
  if (inputs !== undefined && columns !== undefined)
    throw new InputError('found --inputs and --columns, expected one of them');
  if (inputs !== undefined) return inputsFile(resolve(inputs), label, signal);
  return columns?.map((name) => ({ name }));
}

/** Trees know of which columns they hold categories; what others take is theirs to say. */
function takesWords({ model }: FoundModel): (column: string) => boolean {
  if (model.kind === 'linear') return () => false;
  return model.kind === 'trees' ? (column) => canHoldCategories(model, column) : () => true;
}

async function projectRows(context: StageContext, columns: InputColumn[]): Promise<EvaluationRows> {
  const [test, train] = [await loadPart(context, 'test'), await loadPart(context, 'train')];
  const names = columns.map(({ name }) => name);
  // Names every column that is missing.
  selectColumns(test.matrix, names);
  const inputs = columns.map(({ name, type }): BundleInput => {
    const holds = test.matrix.categories?.[name] === undefined ? 'number' : 'category';
    if (type === undefined || type === holds) return { name, type: holds };
    throw new InputError(
      `column ${name} of the feature group holds ${holds === 'number' ? 'numbers' : 'words'}, the model takes it as a ${type}`,
    );
  });
  return { part: test, inputs, what: 'the test set', baseline: train };
}
