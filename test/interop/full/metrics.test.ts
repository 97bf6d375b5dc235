import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { binaryEvaluation } from '../../../src/models/metrics/binary-evaluation.js';
import { curvesOf } from '../../../src/models/metrics/curves.js';
import { multiclassEvaluation } from '../../../src/models/metrics/multiclass-evaluation.js';
import { regressionEvaluation } from '../../../src/models/metrics/regression-evaluation.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

interface Table {
  task: 'binary' | 'multiclass' | 'regression';
  labels: number[];
  scores: number[] | number[][];
  threshold: number;
  weights: number[] | null;
}
type Figures = Record<string, number | null>;

const tables = 200;
const tolerance = 1e-9;

/** Tables of all kinds: few and many rows, ties, weights (some 0), rare and absent classes, constant scores. */
function made(seed: number): Table {
  const u = lcgNumbers(1000 + seed);
  for (let warm = 0; warm < 5; warm += 1) u();
  const whole = (most: number) => Math.floor(u() * most);
  const rows = seed % 7 === 0 ? 1 + whole(4) : 2 + whole(seed % 5 === 0 ? 3000 : 60);
  const steps = [2, 10, 1e6][whole(3)]!;
  const rounded = () => Math.floor(u() * (steps + 1)) / steps;
  const list = <Item>(item: () => Item) => Array.from({ length: rows }, item);
  const weights = seed % 3 === 0 ? list(() => [0, 1, 2, 0.37][whole(4)]! + (seed % 2) * u()) : null;
  if (weights) weights[0] = 1.5;
  const task = (['binary', 'binary', 'multiclass', 'regression'] as const)[seed % 4]!;
  const base = { task, threshold: rounded(), weights };
  if (task === 'regression') {
    const labels = list(() => 5 + 10 * (u() - 0.3));
    return { ...base, labels, scores: labels.map((label) => (seed % 8 === 3 ? 6 : label + u() - 0.4)) };
  }
  if (task === 'binary') {
    const share = [0, 0.02, 0.5, 0.9, 1][whole(5)]!;
    return { ...base, labels: list(() => Number(u() < share)), scores: list(seed % 11 === 0 ? () => 0.4 : rounded) };
  }
  const classes = 3 + whole(3);
  const raw = list(() => Array.from({ length: classes }, () => rounded() + 1e-3));
  const scores = Array.from({ length: classes }, (_, place) =>
    raw.map((row) => row[place]! / row.reduce((sum, value) => sum + value, 0)),
  );
  const occurring = seed % 5 === 0 ? 1 : classes;
  return { ...base, labels: list(() => whole(occurring)), scores };
}

function ours({ task, labels, scores, threshold, weights }: Table): Figures {
  const given = weights ?? undefined;
  if (task === 'regression') return { ...regressionEvaluation(labels, scores as number[], given) } as never;
  if (task === 'binary') {
    const { confusion, ...figures } = binaryEvaluation(labels, scores as number[], threshold, given);
    return { ...confusion, ...figures } as never;
  }
  const probabilities = scores as number[][];
  const classes = probabilities.map((_, place) => String(place));
  const evaluated = multiclassEvaluation({ classes, labels, probabilities, weights: given });
  return { ...evaluated, ...pointsOf(labels, probabilities) } as never;
}

/** Points of the curves of each class against the rest, without weights: by class and place from the lowest threshold. */
function pointsOf(labels: number[], probabilities: number[][]): Figures {
  const points: Figures = {};
  for (const [place, scores] of probabilities.entries()) {
    const own = labels.map((label) => Number(label === place));
    if (own.every((one) => one === own[0])) continue;
    const { pr, roc } = curvesOf(own, scores, Infinity);
    for (const [at, { threshold, precision, recall }] of pr.reverse().entries()) {
      points[`pr ${place} ${at} threshold`] = threshold;
      points[`pr ${place} ${at} precision`] = precision;
      points[`pr ${place} ${at} recall`] = recall;
    }
    for (const [at, { fpr, tpr }] of roc.entries()) {
      points[`roc ${place} ${at} fpr`] = fpr;
      points[`roc ${place} ${at} tpr`] = tpr;
    }
  }
  return points;
}

/** Where scikit-learn says 0 or 1 of what has no denominator, we say that there is no figure. */
const undefinedHere = new Set(['mcc', 'kappa', 'balanced_accuracy']);

describe("metrics give scikit-learn's figures", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  it(`on ${tables} tables of all tasks, with ties, weights and single classes, to ${tolerance}`, async () => {
    const python = process.env.MLOPS_PYTHON_LEARN;
    assert.ok(python, 'MLOPS_PYTHON_LEARN is set by the suite');
    const all = Array.from({ length: tables }, (_, seed) => made(seed));
    const file = join(folder.path, 'tables.json');
    writeFileSync(file, JSON.stringify(all));
    const script = resolve('test/interop/full/metrics.py');
    const { stdout } = await promisify(execFile)(python, [script, file], { maxBuffer: 2 ** 27 });
    const theirs = JSON.parse(stdout) as Figures[];
    let compared = 0;
    all.forEach((table, seed) => {
      const figures = ours(table);
      for (const [name, expected] of Object.entries(theirs[seed]!)) {
        const actual = figures[name];
        const place = `table ${seed} (${table.task}, ${table.labels.length} rows): ${name}`;
        if (actual === null && expected !== null) {
          const allowed = undefinedHere.has(name) && (expected === 0 || expected === 1);
          assert.ok(allowed, `${place}: none here, ${expected} in scikit-learn`);
          continue;
        }
        if (expected === null) {
          assert.equal(actual, null, place);
          continue;
        }
        const allowed = /^(pr|roc) /.test(name) ? 1e-12 : tolerance;
        assert.ok(
          Math.abs(actual! - expected) <= allowed * Math.max(1, Math.abs(expected)),
          `${place}: ${actual}, ${expected}`,
        );
        compared += 1;
      }
    });
    assert.ok(compared > 12 * tables, `${compared} figures compared`);
  });
});
