import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from './cli.js';
import { temporaryFolder } from './temporary.js';

const folder = temporaryFolder();
export const file = (name: string) => join(folder.path, name);
// Of all files that train: the last one of a run leaves nothing behind.
after(() => folder.remove());

export const towns = ['north', 'south', 'east'];
const sizes = Array.from({ length: 240 }, (_, row) => (row * 7) % 40);
export const rows = sizes.map((size, row) => ({
  id: row,
  size: row % 10 === 3 ? null : size,
  town: towns[row % 3]!,
  weight: 1 + (row % 2),
  sold: Number(size + 10 * (row % 3) + ((row * 13) % 11) > 30),
  kind: ['flat', 'house', 'hut'][Math.min(2, Math.floor((size + ((row * 13) % 11)) / 17))]!,
  price: size * 2 + (row % 3) * 30,
}));
export type Row = (typeof rows)[number];

export const csv = (table: Partial<Row>[]) =>
  [Object.keys(table[0]!), ...table.map((row) => Object.values(row).map((value) => value ?? ''))]
    .map((cells) => cells.join(','))
    .join('\n');

export async function train(parameters: object | string, args: string[], target = 'sold', ignore = 'id,kind,price') {
  writeFileSync(file('rows.csv'), csv(rows));
  writeFileSync(file('p.json'), typeof parameters === 'string' ? parameters : JSON.stringify(parameters, null, 2));
  const ignored = ignore === '' ? [] : ['--ignore', ignore];
  return mlops([
    ...['model', 'train', '--data', file('rows.csv'), '--target', target, '--params', file('p.json')],
    ...[...ignored, '--json', ...args],
  ]);
}

export interface Report {
  kind: string;
  schemaVersion: number;
  family: string;
  task: string;
  bundle: boolean;
  trees: number | null;
  converged?: boolean;
  outOfBag?: { score: number };
  validation: Record<string, number>;
  notes: string[];
}

export async function trained(...given: Parameters<typeof train>): Promise<Report> {
  const { code, stdout, stderr } = await train(...given);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as Report;
}

export async function predicted(model: string, args: string[] = [], table = 'rows.csv'): Promise<number[][]> {
  const { code, stdout, stderr } = await mlops([
    ...['model', 'predict', '--model', file(model), '--data', file(table), ...args],
  ]);
  assert.equal(code, 0, stderr);
  const lines = stdout.trimEnd().split('\n').slice(1);
  return lines.map((line) => line.split(',').map(Number));
}
