import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunksOfNumber, chunksOfSize, type Chunk } from './chunks.js';

/** What NannyML said of a chunk. */
export interface Answer {
  value: number;
  samplingError: number;
  lower: number;
  upper: number;
  alert: boolean;
}
interface Rows<Scores> {
  labels: number[];
  scores: Scores;
  predicted: number[];
}
export interface Common {
  chunks: { chunk_size?: number; chunk_number?: number };
  figures: Record<string, { threshold: [number, number]; chunks: Answer[] }>;
}
/** Files that test/interop/full/estimation_nannyml.py writes. */
export interface Examples {
  'car-loan': Common & { reference: Rows<number[]>; analysis: Omit<Rows<number[]>, 'labels'>; calibrated: boolean };
  'work-from-home': Examples['car-loan'];
  'credit-cards': Common & {
    classes: string[];
    reference: Rows<number[][]>;
    analysis: Omit<Rows<number[][]>, 'labels'>;
    calibrated: boolean[];
  };
  'car-price': Common & {
    categories: string[];
    reference: { columns: Record<string, (number | string | null)[]>; predictions: number[]; labels: number[] };
    analysis: { columns: Record<string, (number | string | null)[]>; predictions: number[] };
  };
}

export function example<Name extends keyof Examples>(folder: string, name: Name): Examples[Name] {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Examples[Name];
}

export function chunksOf({ chunks }: Common, rows: number): Chunk[] {
  return chunks.chunk_size === undefined
    ? chunksOfNumber(rows, chunks.chunk_number!)
    : chunksOfSize(rows, chunks.chunk_size);
}
