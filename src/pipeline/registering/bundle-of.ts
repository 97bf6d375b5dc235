import { InputError } from '../../common/errors.js';
import type { Bundle, BundleInput } from '../../models/bundle/bundle.js';
import { namedBy } from '../../models/bundle/formats/xgboost.js';
import type { ProjectFile } from '../../project/schema.js';
import type { FoundModel } from './found-model.js';
import type { RegisterWish } from './wish.js';

/**
 * Whether a model's scores are of the project's task, and of which classes.
 * @throws InputError naming what does not fit
 */
export function taskOf(
  file: Pick<ProjectFile, 'model'>,
  { tasks, classes, family }: FoundModel,
  wish: Pick<RegisterWish, 'task' | 'classes'>,
): { task: Bundle['task']; classes: string[] | undefined } {
  const { task } = file.model;
  if (wish.task !== undefined && wish.task !== task)
    throw new InputError(`--task: found ${wish.task}, expected the project's own, ${task} (model.task in mlops.json)`);
  if (tasks !== null && !tasks.includes(task))
    throw new InputError(`the ${family} model is one for ${tasks.join(' or ')}, expected one for model.task "${task}"`);
  if (task !== 'multiclass') return { task, classes: undefined };
  const named = wish.classes ?? classes;
  if (named === undefined)
    throw new InputError('the model does not tell its classes; name them in the order of its outputs: --classes a,b,c');
  if (classes !== undefined && classes.length !== named.length)
    throw new InputError(`--classes: found ${named.length}, expected the model's ${classes.length}`);
  if (new Set(named).size !== named.length) throw new InputError('--classes: found one twice, expected each once');
  return { task, classes: named };
}

/** A found model with its columns, its task and its threshold, as it is stored and served. */
export function bundleOf(
  file: Pick<ProjectFile, 'model'>,
  found: FoundModel,
  inputs: BundleInput[],
  wish: Pick<RegisterWish, 'task' | 'classes' | 'threshold'>,
): Bundle {
  const { family, metadata } = found;
  const { task, classes } = taskOf(file, found, wish);
  if (wish.threshold !== undefined && task !== 'binary')
    throw new InputError(`--threshold: found a ${task} project, expected a binary one`);
  const names = inputs.map(({ name }) => name);
  return {
    kind: 'model-bundle',
    schemaVersion: 1,
    task,
    family,
    inputs,
    preprocessing: found.preprocessing ?? [],
    ...named(found, names),
    threshold: task === 'binary' ? (wish.threshold ?? found.threshold) : null,
    ...(classes && { classes }),
    metadata: { ...metadata, signature: 'enforced' },
  };
}

/** Of a file without names the columns stand in its own order; LightGBM's is then written anew, with them. */
function named({ model, source, preprocessing }: FoundModel, names: string[]): Pick<Bundle, 'model' | 'source'> {
  if (model.kind !== 'trees' || preprocessing !== undefined) return { model, source };
  const byPlace = (call: (at: number) => string) => model.featureNames.every((name, at) => name === call(at));
  if (model.xgboost) return { model: byPlace((at) => `f${at}`) ? namedBy(model, names) : model, source };
  return byPlace((at) => `Column_${at}`) ? { model: { ...model, featureNames: names } } : { model, source };
}
