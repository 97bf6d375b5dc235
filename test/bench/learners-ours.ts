// The learner's side of the learners' benchmark: trains and predicts on the rows that learners-reference.py made.
//   node learners-ours.js FOLDER THREADS
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadCrew } from '../../src/pipeline/workers/crew.js';
import { predict } from '../../src/models/predict.js';
import { trainTrees } from '../../src/models/trees/train/train-trees.js';
import type { Training } from '../../src/models/table/matrix.js';

const folder = process.argv[2]!;
const threads = Number(process.argv[3] ?? 1);

function read(name: string): Training {
  const target = doubles(join(folder, `${name}.target`), 1)[0]!;
  const values = doubles(join(folder, `${name}.columns`), 28);
  return { matrix: { columns: values.map((_, place) => `f${place}`), values, rows: target.length }, target };
}

function doubles(file: string, columns: number): Float64Array[] {
  const bytes = statSync(file).size / columns;
  const descriptor = openSync(file, 'r');
  const arrays = Array.from({ length: columns }, () => {
    const array = new Float64Array(bytes / 8);
    readSync(descriptor, new Uint8Array(array.buffer));
    return array;
  });
  closeSync(descriptor);
  return arrays;
}

const seconds = (since: number) => (performance.now() - since) / 1000;

async function run(): Promise<void> {
  const parameters = JSON.parse(readFileSync(join(folder, 'parameters.json'), 'utf8')) as Record<string, unknown>;
  let rows = read('train');
  let started = performance.now();
  const model = await trainTrees(rows, undefined, parameters, threads > 1 ? { crew: threadCrew(threads) } : {});
  const training = seconds(started);
  rows = read('test');
  let predicting = Infinity;
  let [scores] = predict(model, rows.matrix);
  // The fastest of five: it is short, and other work on the machine only ever adds to it.
  for (let time = 0; time < 5; time++) {
    started = performance.now();
    [scores] = predict(model, rows.matrix);
    predicting = Math.min(predicting, seconds(started));
  }
  writeFileSync(join(folder, 'ours.scores'), new Uint8Array(scores!.buffer));
  writeFileSync(join(folder, 'ours.json'), JSON.stringify({ training, predicting }));
}

void run();
