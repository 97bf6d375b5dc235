import { DamagedFile, InputError, messageOf } from '../common/errors.js';
import { dataQualityBaselineSchema, type DataQualityBaseline } from '../documents/baselines.js';
import { keys } from '../documents/keys.js';
import { helpFor } from '../documents/errors/mending.js';
import { BUNDLE_FILES, METADATA_FILE, openBundle } from '../models/bundle/bundle-files.js';
import type { Bundle, BundleInput } from '../models/bundle/bundle.js';
import { isOwn } from '../models/bundle/outside-model.js';
import { probabilities, quickScores } from '../models/bundle/score.js';
import type { Task } from '../models/task.js';
import { openScorer } from './scorers/open-scorer.js';
import type { Scorer, ScorerPlace } from './scorers/scorer.js';
import type { Matrix } from '../models/table/matrix.js';
import type { ObjectReader } from '../platform/ports/objects.js';

/** A model version, ready to answer. */
export interface Predictor {
  version: string;
  task: Task;
  family: string;
  inputs: BundleInput[];
  /** All of the model, as data. */
  bundle: Bundle;
  /** Binary: the class is 1 where the score is at least this. */
  threshold: number | null;
  /** Statistics of the rows it was trained on; undefined when the version has none. */
  baseline?: DataQualityBaseline;
  /** A model of others is scored by this; `predict` is for those computed here. */
  scorer?: Scorer;
  /** Whether a field that is no column of the model is refused: it was registered with all that it takes. */
  strict?: boolean;
  /** Multiclass: what it tells apart, in the order of their probabilities. */
  classes?: readonly string[];
  /** Probability of class 1, or the value, one a row; multiclass: an array of probabilities a class. */
  predict(table: Matrix): Float64Array[];
}

/**
 * Loads a model version from its artifacts in the bucket.
 * @throws InputError naming the key of what is missing or damaged
 */
export async function loadPredictor(objects: ObjectReader, version: string, place: ScorerPlace): Promise<Predictor> {
  const prefix = keys.model(version);
  const bundle = await openModel(prefix, (name) => objects.read(prefix + name));
  const baseline = await readBaseline(objects, version);
  const scorer = isOwn(bundle.model) ? undefined : await openScorer(bundle, place);
  return { ...predictorOf(bundle, prefix), scorer, version, baseline };
}

/**
 * Opens a model's files, wherever they lie; `read` gives a file's bytes, or undefined when there is none.
 * @throws InputError naming the place and what is missing or damaged
 */
export async function openModel(
  place: string,
  read: (name: string) => Promise<Uint8Array | undefined>,
): Promise<Bundle> {
  const files: Record<string, Uint8Array> = {};
  for (const name of BUNDLE_FILES) {
    const bytes = await read(name);
    if (bytes !== undefined) files[name] = bytes;
  }
  try {
    return openBundle(files);
  } catch (error) {
    throw new InputError(`${place}: ${messageOf(error)}`, { cause: error });
  }
}

/** A model that answers. @throws InputError for one that cannot be served */
export function predictorOf(bundle: Bundle, place: string): Omit<Predictor, 'version' | 'baseline'> {
  const { task, family, inputs, threshold, classes } = bundle;
  if (task === 'multiclass' && classes === undefined)
    throw new InputError(`${place}${METADATA_FILE}: classes: found none, expected the names of a multiclass model's`);
  if (task === 'binary' && threshold === null)
    throw new InputError(`${place}${METADATA_FILE}: threshold: found null, expected a number for a binary model`);
  const strict = bundle.metadata.signature === 'enforced';
  const quick = quickScores(bundle);
  const predict = (table: Matrix) =>
    task === 'multiclass' ? probabilities(bundle, table, (_, rows) => quick(rows)) : quick(table);
  return { task, family, inputs, bundle, threshold, classes, strict, predict };
}

async function readBaseline(objects: ObjectReader, version: string): Promise<DataQualityBaseline | undefined> {
  const key = `${keys.baselines(version)}data_quality_baseline.json`;
  const bytes = await objects.read(key);
  if (bytes === undefined) return undefined;
  try {
    return dataQualityBaselineSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new DamagedFile(key, 'not a data quality baseline', helpFor(key), { cause: error });
  }
}
