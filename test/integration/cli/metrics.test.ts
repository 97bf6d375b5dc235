import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withSession } from '../../../src/data/duckdb/session.js';
import { binaryEvaluation } from '../../../src/models/metrics/binary-evaluation.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { binaryRows } from '../../unit/models/support/golden.js';

type Document = Record<string, unknown> & { n: number; reasons: Record<string, string> };
const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);
after(() => folder.remove());

const { labels, scores } = binaryRows();
const rows = labels.map((label, row) => ({ y: label, p: scores[row]!, site: 'ab'[row % 2]!, w: 1 + (row % 3) }));
const csv = (delimiter = ',', of: Record<string, unknown>[] = rows) =>
  [Object.keys(of[0]!), ...of.map((row) => Object.values(row))].map((cells) => `${cells.join(delimiter)}\n`).join('');

describe('mlops metrics', function () {
  this.timeout(60_000);
  const metrics = (data: string, ...flags: string[]) =>
    mlopsJson<Document>(['metrics', '--data', data, '--label', 'y', '--score', 'p', ...flags]);

  before(async () => {
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    writeFileSync(file('t.csv'), csv());
    writeFileSync(file('t.csv.gz'), gzipSync(csv()));
    writeFileSync(file('t.tsv'), csv('\t'));
    writeFileSync(file('t.jsonl'), lines);
    writeFileSync(file('t.jsonl.gz'), gzipSync(lines));
    writeFileSync(file('t.json'), JSON.stringify(rows));
    await withSession({ folders: [folder.path] }, (session) =>
      session.run(`COPY (SELECT * FROM read_csv('${file('t.csv')}')) TO '${file('t.parquet')}' (FORMAT parquet)`),
    );
  });

  for (const name of ['t.csv', 't.csv.gz', 't.tsv', 't.jsonl', 't.jsonl.gz', 't.json', 't.parquet']) {
    it(`evaluates ${name}`, async () => {
      const found = await metrics(file(name));
      assert.deepEqual([found.kind, found.schemaVersion, found.n, found.n_missing], ['metrics', 1, 300, 0]);
      const { confusion, roc_auc, average_precision, ece, mcc } = binaryEvaluation(labels, scores, 0.5);
      assert.deepEqual(found.confusion, confusion);
      assert.deepEqual(
        [found.roc_auc, found.average_precision, found.ece, found.mcc],
        [roc_auc, average_precision, ece, mcc],
      );
    });
  }

  it('leaves rows without label or score out, and counts them', async () => {
    const gaps = rows.map((row, at) => ({
      ...row,
      y: at === 3 ? '' : row.y,
      p: at === 5 ? '' : at === 6 ? 'NaN' : row.p,
    }));
    writeFileSync(file('gaps.csv'), csv(',', gaps));
    const found = await metrics(file('gaps.csv'));
    assert.deepEqual([found.n, found.n_missing], [297, 3]);
  });

  it('has no log loss and no Brier score where a score is no probability', async () => {
    writeFileSync(file('raw.csv'), csv(',', rows.map((row) => ({ ...row, p: 10 * row.p - 5 })))); // prettier-ignore
    const found = await metrics(file('raw.csv'), '--threshold', '0');
    assert.deepEqual([found.log_loss, found.brier, found.ece], [null, null, null]);
    assert.match(found.reasons.log_loss!, /not a probability/);
    assert.equal(found.threshold, 0);
    assert.ok((found.roc_auc as number) > 0.6);
  });

  it('weighs rows, and evaluates slices', async () => {
    const found = await metrics(file('t.csv'), '--weight', 'w', '--slice', 'site');
    const weights = rows.map(({ w }) => w);
    assert.equal(found.roc_auc, binaryEvaluation(labels, scores, 0.5, weights).roc_auc);
    const slices = found.slices as { slice: string; n: number }[];
    assert.deepEqual(
      slices.map(({ slice, n }) => [slice, n]),
      [
        ['site=a', 150],
        ['site=b', 150],
      ],
    );
  });

  it('takes labels in words, when it is told which is positive', async () => {
    writeFileSync(file('words.csv'), csv(',', rows.map((row) => ({ ...row, y: row.y === 1 ? 'yes' : 'no' })))); // prettier-ignore
    assert.equal((await metrics(file('words.csv'), '--positive', 'yes')).positives, 111);
    assert.equal((await metrics(file('words.csv'), '--positive', 'no')).positives, 189);
    writeFileSync(file('words.csv'), csv().replaceAll(/^0/gm, 'well').replaceAll(/^1/gm, 'ill'));
    const { code, stderr } = await mlops(['metrics', '--data', file('words.csv'), '--label', 'y', '--score', 'p']);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /words\.csv, row 1, column y: found "(well|ill)", expected a number; say which label is positive/,
    );
    const truths = rows.map((row) => ({ ...row, y: row.y === 1 }));
    writeFileSync(file('truths.jsonl'), truths.map((row) => JSON.stringify(row)).join('\n'));
    assert.equal((await metrics(file('truths.jsonl'))).positives, 111);
  });

  it('evaluates several classes by a pattern of columns, or by predicted classes', async () => {
    const table = rows.map(({ p }, at) => ({
      y: ['cat', 'dog', 'eel'][at % 3]!,
      p_cat: p / 2,
      p_dog: 1 - p,
      p_eel: p / 2,
      guess: ['cat', 'dog'][at % 2]!,
    }));
    writeFileSync(file('classes.csv'), csv(',', table));
    const ask = ['metrics', '--data', file('classes.csv'), '--label', 'y', '--score'];
    const byScores = await mlopsJson<Document>([...ask, 'p_*']);
    assert.deepEqual([byScores.task, byScores.classes], ['multiclass', ['cat', 'dog', 'eel']]);
    assert.ok((byScores.log_loss as number) > 0 && byScores.roc_auc_ovr !== null);
    assert.deepEqual(await mlopsJson([...ask, 'p_cat', 'p_dog', 'p_eel']), byScores);
    const guessed = await mlopsJson<Document>([...ask, 'guess', '--task', 'multiclass']);
    assert.deepEqual(guessed.classes, ['cat', 'dog', 'eel']);
    assert.equal(guessed.log_loss, null);
  });

  it('evaluates a regression', async () => {
    const found = await mlopsJson<Document>(['metrics', '--data', file('t.csv'), '--label', 'w', '--score', 'p', '--task', 'regression']); // prettier-ignore
    assert.equal(found.task, 'regression');
    assert.ok((found.rmse as number) > 0 && (found.median_ae as number) > 0);
  });

  it('says the figures in words too', async () => {
    const { stdout } = await mlops(['metrics', '--data', file('t.csv'), '--label', 'y', '--score', 'p']);
    assert.match(stdout, /300 rows, 111 positives, threshold 0\.5\nTP 73 {2}FP 76 {2}FN 38 {2}TN 113/);
    assert.match(stdout, /recall +0\.658 +0\.565 – 0\.739/);
    assert.match(stdout, /ROC AUC +0\.672 +0\.\d+ – 0\.\d+/);
  });

  const wrong: [string, string[], RegExp][] = [
    ['no such file', ['--data', 'nope.csv', '--label', 'y', '--score', 'p'], /nope\.csv: found no such file/],
    ['a column that is not there', ['--data', '@', '--label', 'y', '--score', 'q'], /t\.csv: found no column "q", expected one of "y", "p"/],
    ['labels that are neither 0 nor 1', ['--data', '@', '--label', 'w', '--score', 'p'], /t\.csv, row 2, column w: found label 2, expected 0 or 1/],
    ['a threshold that is no number', ['--data', '@', '--label', 'y', '--score', 'p', '--threshold', 'x'], /--threshold: found "x"/],
    ['a task that there is not', ['--data', '@', '--label', 'y', '--score', 'p', '--task', 'ranking'], /--task: found "ranking"/],
    ['neither table nor capture', ['--label', 'y', '--score', 'p'], /found no table, expected --data or --capture/],
    ['a table without a score', ['--data', '@', '--label', 'y'], /found no --score, expected a column/],
    ['a misspelt positive', ['--data', '@', '--label', 'site', '--score', 'p', '--positive', 'c'], /found no label "c" in column site/],
    ['text for a score', ['--data', '@', '--label', 'y', '--score', 'site'], /t\.csv, row 1, column site: found "a", expected a number/],
  ]; // prettier-ignore
  for (const [what, args, message] of wrong) {
    it(`refuses ${what}`, async () => {
      const { code, stdout, stderr } = await mlops([
        'metrics',
        ...args.map((arg) => (arg === '@' ? file('t.csv') : arg)),
      ]);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
  }
});

describe('mlops metrics on data capture and ground truth', function () {
  this.timeout(60_000);
  const at = (day: string) => `${day}T10:00:00Z`;
  const capture = (id: string, probability: number, day: string) =>
    JSON.stringify({
      captureData: {
        endpointOutput: {
          mode: 'OUTPUT',
          encoding: 'JSON',
          data: JSON.stringify({
            predictions: [Number(probability >= 0.4)],
            probabilities: [probability],
            threshold: 0.4,
          }),
        },
      },
      eventMetadata: { eventId: id, inferenceTime: at(day) },
      eventVersion: '0',
    });
  const truth = (id: string, label: string) =>
    JSON.stringify({
      groundTruthData: { data: label, encoding: 'CSV' },
      eventMetadata: { eventId: id },
      eventVersion: '0',
    });
  const captured = () => file('capture/ep/AllTraffic');

  before(() => {
    const hours = { '2026/03/01/10': '2026-03-01', '2026/03/02/10': '2026-03-02' };
    Object.entries(hours).forEach(([hour, day], part) => {
      mkdirSync(join(captured(), hour), { recursive: true });
      const lines = [0.9, 0.45, 0.1].map((p, row) => capture(`e${part}-${row}`, p, day));
      writeFileSync(join(captured(), hour, '00-00-000-a.jsonl'), lines.join('\n') + '\n');
    });
    mkdirSync(file('truth/2026/03/05/00'), { recursive: true });
    const lines = [truth('e0-0', '1'), truth('e0-1', '0'), truth('e0-2', '0'), truth('e1-0', '1'), truth('gone', '1')];
    writeFileSync(file('truth/2026/03/05/00/labels.jsonl'), lines.join('\n') + '\n');
  });

  const ask = (...flags: string[]) => ['metrics', '--capture', captured(), '--ground-truth', file('truth'), ...flags];

  it('evaluates what has a label, at the threshold that the answers name, and says what has none', async () => {
    const found = await mlopsJson<Document>(ask('--label-delay', 'P30D'));
    assert.deepEqual([found.n, found.n_missing, found.threshold], [4, 2, 0.4]);
    assert.deepEqual(found.confusion, { tp: 2, fp: 1, fn: 0, tn: 1 });
    const coverage = found.labels as Record<string, unknown>;
    assert.deepEqual(
      [coverage.predictions, coverage.labelled, coverage.labelsWithoutCapture, coverage.completeFrom],
      [6, 4, 1, '2026-04-01T10:00:00.000Z'],
    );
  });

  it('takes patterns, and predictions from a day on', async () => {
    const found = await mlopsJson<Document>(['metrics', '--capture', `${captured()}/**/*.jsonl`, '--ground-truth', file('truth/**/*.jsonl'), '--since', '2026-03-02']); // prettier-ignore
    assert.deepEqual([found.n, found.n_missing], [1, 2]);
  });

  it('names the file and the line that is no record', async () => {
    writeFileSync(file('bad.jsonl'), `${truth('a', '1')}\n{"groundTruthData":{}}\n`);
    const { code, stderr } = await mlops(['metrics', '--capture', captured(), '--ground-truth', file('bad.jsonl')]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /bad\.jsonl, line 2: groundTruthData\.data: found nothing, expected .*; a line is a ground-truth record/,
    );
    const none = await mlops(['metrics', '--capture', file('nowhere'), '--ground-truth', file('truth')]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /nowhere: found no file/);
  });
});
