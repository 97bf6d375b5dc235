import { InputError, messageOf } from '../../common/errors.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import type { OnnxModel } from '../../models/bundle/outside-model.js';
import { withoutZipMap } from '../../models/onnx/without-zip-map.js';
import type { Matrix } from '../../models/table/matrix.js';
import type { Task } from '../../models/task.js';
import { PredictionError } from '../failure.js';
import { onnxRuntime, type OnnxRuntime, type OnnxSession, type OnnxTensor } from './onnx-runtime.js';
import type { Scorer, ScorerPlace } from './scorer.js';

const rowsAtOnce = 10_000;

/** What an ONNX model tells of itself. */
export interface OnnxFacts {
  /** Null where one tensor takes all columns by their place. */
  inputs: BundleInput[] | null;
  /** How many columns the tensor takes; null where it does not tell. */
  width: number | null;
  classes: string[] | null;
}

interface Opened {
  runtime: OnnxRuntime;
  session: OnnxSession;
  facts: OnnxFacts;
}

/** @throws MissingPackage; InputError for a graph that cannot be opened, or takes something else than columns */
async function open(model: OnnxModel, packages: string): Promise<Opened> {
  const runtime = onnxRuntime(packages);
  const { bytes, classes } = withoutZipMap(model.bytes);
  let session: OnnxSession;
  try {
    session = await runtime.InferenceSession.create(bytes);
  } catch (error) {
    throw new InputError(`the ONNX model cannot be opened: ${messageOf(error)}`, { cause: error });
  }
  const { inputMetadata: tensors } = session;
  for (const { name, type, shape } of tensors)
    if (!types.has(type ?? '') || (shape?.length ?? 2) > 2)
      throw new InputError(
        `the ONNX model's input ${name} is ${type ?? 'no tensor'} of ${shape?.length} dimensions, expected columns of numbers or text`,
      );
  const last = Number(tensors[0]!.shape?.at(-1));
  const one = tensors.length === 1 && last !== 1;
  const width = one ? (last < 2 ** 31 ? last : null) : tensors.length;
  const columns = tensors.map(({ name, type }): BundleInput => ({
    name,
    type: type === 'string' ? 'category' : 'number',
  }));
  return { runtime, session, facts: { inputs: one ? null : columns, width, classes } };
}

/** What a model's file says of its columns and classes. */
export async function onnxFacts(model: OnnxModel, packages: string): Promise<OnnxFacts> {
  const { session, facts } = await open(model, packages);
  await session.release();
  return facts;
}

/** How the numbers of a column go into a tensor of a type. */
const types = new Map<string, (values: readonly number[]) => unknown>([
  ['float32', (values) => Float32Array.from(values)],
  ['float64', (values) => Float64Array.from(values)],
  ['int64', (values) => BigInt64Array.from(values, (value) => BigInt(Math.trunc(value)))],
  ['int32', (values) => Int32Array.from(values)],
  ['bool', (values) => Uint8Array.from(values)],
  ['string', () => undefined],
]);

/** A graph that ONNX's runtime computes. @throws as `open` does */
export async function onnxScorer(
  model: OnnxModel,
  { task, classes = [] }: { task: Task; classes?: readonly string[] },
  { packages }: ScorerPlace,
): Promise<Scorer> {
  const { runtime, session, facts } = await open(model, packages);
  const outputs = outputsOf(session);
  return {
    async scores(table, signal) {
      const width = task === 'multiclass' ? classes.length : 1;
      const all = Array.from({ length: width }, () => new Float64Array(table.rows));
      for (let from = 0; from < table.rows; from += rowsAtOnce) {
        signal?.throwIfAborted();
        const to = Math.min(from + rowsAtOnce, table.rows);
        const feeds = feedsOf(runtime, session, facts, table, [from, to]);
        const answer = await session.run(feeds, outputs).catch((error: unknown) => {
          throw new PredictionError(`the ONNX model broke: ${messageOf(error)}`, { cause: error });
        });
        fill(all, answer[outputs[0]!]!, { task, classes, from, rows: to - from });
      }
      return all;
    },
    close: () => session.release(),
  };
}

/** Probabilities where there are some, else the values or the class. */
function outputsOf({ outputMetadata }: OnnxSession): string[] {
  const tensors = outputMetadata.filter(({ isTensor }) => isTensor);
  const numbers = tensors.find(({ type }) => type === 'float32' || type === 'float64');
  const found = numbers ?? tensors[0];
  if (found === undefined) throw new InputError('the ONNX model gives out no tensor, expected scores');
  return [found.name];
}

function feedsOf(
  { Tensor }: OnnxRuntime,
  { inputMetadata }: OnnxSession,
  { inputs }: OnnxFacts,
  table: Matrix,
  [from, to]: [number, number],
): Record<string, OnnxTensor> {
  const rows = to - from;
  if (inputs === null) {
    const [{ name, type = 'float32' } = { name: '' }] = inputMetadata;
    const cells = Array.from({ length: rows }, (_, row) => table.values.map((column) => column[from + row]!)).flat();
    return { [name]: new Tensor(type, types.get(type)!(cells), [rows, table.columns.length]) };
  }
  return Object.fromEntries(
    inputMetadata.map(({ name, type = 'float32', shape = [] }) => {
      const place = table.columns.indexOf(name);
      const values = Array.from(table.values[place]!.subarray(from, to));
      const words = table.categories?.[name];
      const data = words ? values.map((code) => words[code] ?? '') : types.get(type)!(values);
      return [name, new Tensor(type, data, shape.length < 2 ? [rows] : [rows, 1])];
    }),
  );
}

/** @throws PredictionError for another number of rows or outputs, or a score that is none */
function fill(
  all: Float64Array[],
  { dims, data }: OnnxTensor,
  asked: { task: Task; classes: readonly string[]; from: number; rows: number },
): void {
  const { task, classes, from, rows } = asked;
  const width = data.length / rows;
  if (dims[0] !== rows || !Number.isInteger(width))
    throw new PredictionError(`the ONNX model answered ${dims.join(' x ')} for ${rows} rows`);
  for (let row = 0; row < rows; row += 1) {
    const own = Array.from({ length: width }, (_, at) => data[row * width + at]!);
    const figures = task === 'multiclass' ? ofClasses(own, classes) : [own[task === 'binary' && width === 2 ? 1 : 0]!];
    if (figures === null || (task !== 'multiclass' && width > 2))
      throw new PredictionError(`the ONNX model answered ${width} figures a row, expected ${all.length}`);
    figures.forEach((value, output) => {
      const score = Number(value);
      if (!Number.isFinite(score))
        throw new PredictionError(`the ONNX model answered ${String(value)} for row ${from + row + 1}`);
      all[output]![from + row] = task === 'regression' ? score : withinOne(score);
    });
  }
}

/** 32-bit sums of probabilities miss 0 and 1 by their last digits. */
const withinOne = (score: number): number =>
  score > 1 && score < 1 + 1e-6 ? 1 : score < 0 && score > -1e-6 ? 0 : score;

/** All probabilities, or of a model that only says a class, certainty for it; null for anything else. */
function ofClasses(own: (number | bigint | string)[], classes: readonly string[]): (number | bigint | string)[] | null {
  if (own.length === classes.length) return own;
  const place = own.length === 1 ? classes.indexOf(String(own[0])) : -1;
  return place < 0 ? null : classes.map((_, at) => Number(at === place));
}
