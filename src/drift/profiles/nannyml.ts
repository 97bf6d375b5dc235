import { type ColumnResult, noValues, undecided, unsuited } from '../column-result.js';
import { sorted } from '../methods/samples.js';
import { populationStd } from '../methods/wasserstein.js';
import { presentIn, totalOf, type CategorySample, type NumericSample, type Sample } from '../sample.js';
import { type Counts, type Fitted, nannymlMethods } from './nannyml-methods.js';

/** The reference is cut into so many chunks, and what remains into one more. */
const chunkCount = 10;
/** A chi-square test alerts below this probability, whatever its chunks of the reference say. */
const significant = 0.05;

export interface ChunkResult {
  /** The first and the last row of the chunk, from 0. */
  from: number;
  to: number;
  statistic: number | null;
  p_value: number | null;
  drifted: boolean | null;
}

export interface ChunkedResult extends ColumnResult {
  chunks?: ChunkResult[];
}

/** The rows of a chunk of the reference: as asked, or a tenth of all. */
export function chunkSizeOf(referenceRows: number, asked?: number): number {
  return asked ?? Math.floor(referenceRows / chunkCount);
}

/** First and last row of each chunk: whole ones, and what remains. */
export function chunksOf(rows: number, size: number): { from: number; to: number }[] {
  const count = size > 0 ? Math.ceil(rows / size) : 0;
  return Array.from({ length: count }, (_, at) => ({ from: at * size, to: Math.min(rows, (at + 1) * size) - 1 }));
}

/**
 * NannyML's verdict on a column: the method's figures over chunks of the reference give the limit, mean + 3 standard
 * deviations (over n), and a chunk of the current table above it alerts. Without `chunkSize` the reference is cut into
 * ten (and what remains), and the current table is one chunk; with it both are cut so. Samples need their rows or chunks.
 */
export function nannymlColumn(
  reference: Sample,
  current: Sample,
  method = 'jensen_shannon',
  chunkSize?: number,
): ChunkedResult {
  const { continuous, categorical, most } = nannymlMethods[method]!;
  if (presentIn(reference) === 0 || presentIn(current) === 0) return undecided(method, noValues);
  if (reference.kind === 'numeric' && current.kind === 'numeric') {
    if (!continuous) return unsuited(method, 'categories');
    const size = chunkSizeOf(reference.rows!.length, chunkSize);
    if (size === 0) return undecided(method, tooShort);
    const fitted = continuous(reference.values);
    const limits = numericChunks(reference, size).map((chunk) => valueOf(fitted, chunk));
    return judged(
      method,
      fitted,
      limits,
      numericChunks(current, chunkSize ?? Infinity),
      most,
      boundsOf(current, chunkSize),
    );
  }
  if (!categorical) return unsuited(method, 'numbers');
  const [before, after] = [reference, current] as [CategorySample, CategorySample];
  const size = chunkSizeOf(presentIn(before) + before.missing, chunkSize);
  if (size === 0) return undecided(method, tooShort);
  const fitted = categorical(before.counts);
  const limits = before.chunks!.map((chunk) => valueOf(fitted, chunk));
  return judged(method, fitted, limits, after.chunks!, most, boundsOf(after, chunkSize));
}

const tooShort = `the reference has fewer than ${chunkCount} rows, and cannot be cut into chunks`;

function boundsOf(sample: Sample, chunkSize: number | undefined): { from: number; to: number }[] {
  const rows = sample.kind === 'numeric' ? sample.rows!.length : presentIn(sample) + sample.missing;
  return chunksOf(rows, chunkSize ?? rows);
}

function numericChunks({ rows, values }: NumericSample, size: number): Float64Array[] {
  if (size >= rows!.length) return [values];
  return chunksOf(rows!.length, size).map(({ from, to }) => sorted(rows!.subarray(from, to + 1)));
}

function sizeOf(chunk: Float64Array | Counts): number {
  return chunk instanceof Float64Array ? chunk.length : totalOf(chunk);
}

function valueOf<Chunk extends Float64Array | Counts>(fitted: Fitted<Chunk>, chunk: Chunk): number | null {
  return sizeOf(chunk) === 0 ? null : fitted.value(chunk);
}

function judged<Chunk extends Float64Array | Counts>(
  method: string,
  fitted: Fitted<Chunk>,
  ofReference: (number | null)[],
  chunks: readonly Chunk[],
  most: number,
  bounds: { from: number; to: number }[],
): ChunkedResult {
  const limit = fitted.p ? null : Math.min(most, upperLimit(ofReference.filter((value) => value !== null)));
  const results = chunks.map((chunk, at): ChunkResult => {
    const statistic = valueOf(fitted, chunk);
    const p_value = statistic === null || !fitted.p ? null : fitted.p(chunk);
    const drifted = statistic === null ? null : p_value === null ? statistic > limit! : p_value < significant;
    return { ...bounds[at]!, statistic, p_value, drifted };
  });
  const known = results.filter(({ statistic }) => statistic !== null);
  const farthest = known.reduce((far, chunk) => (chunk.statistic! > far.statistic! ? chunk : far), known[0]!);
  return {
    method,
    statistic: farthest.statistic,
    p_value: farthest.p_value,
    threshold: fitted.p ? significant : limit,
    drifted: known.some(({ drifted }) => drifted),
    ...(results.length > 1 ? { chunks: results } : {}),
  };
}

/** Mean and 3 standard deviations (over n) of a method's figures over chunks of the reference. */
export function upperLimit(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean + 3 * populationStd(Float64Array.from(values));
}
