import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** A row's cells, without what is the same of every table: who and when. */
type Cells = (chance: () => number) => (string | number)[];

/** Rows of a month, whose times carry a zone. */
function month(seed: number, name: string, rows: number, cells: Cells): (string | number)[][] {
  const chance = lcgNumbers(seed);
  return Array.from({ length: rows }, (_, at) => {
    const day = String(1 + Math.floor((28 * at) / rows)).padStart(2, '0');
    const hour = String(at % 24).padStart(2, '0');
    return [`H${seed}-${at}`, `${name}-${day}T${hour}:00:00+02:00`, ...cells(chance)];
  });
}

const cell = (value: string | number) =>
  /[",]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
const csv = (header: string, rows: (string | number)[][]) =>
  `${header}\n${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const near = (found: number | null | undefined, expected: number, what: string) =>
  assert.ok(
    Math.abs((found ?? NaN) - expected) < 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${found} ${expected}`,
  );

describe('predictions of other tasks that are made elsewhere', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  after(() => place.remove());
  const write = (name: string, text: string) => {
    const path = join(place.path, name);
    writeFileSync(path, text);
    return path;
  };
  const results = (folder: string, bucket: string): MonitoringResults => {
    const runs = join(folder, '.mlops', 'buckets', bucket, 'monitoring', 'runs');
    const newest = readdirSync(runs).sort().at(-1)!;
    return JSON.parse(readFileSync(join(runs, newest, 'monitoring_results.json'), 'utf8')) as MonitoringResults;
  };

  describe('of a number', () => {
    const folder = join(place.path, 'prices');
    const header = 'house,at,size,forecast,price';
    const prices =
      (off: number): Cells =>
      (chance) => {
        const price = 100 + 400 * chance();
        return [(price / 3).toFixed(1), (price + 60 * (chance() - 0.5) + off).toFixed(2), price.toFixed(2)];
      };
    /** A gap of the forecasts, which is counted and not judged. */
    const gap = (rows: (string | number)[][]) => rows.map((row, at) => (at === 7 ? row.with(3, '') : row));
    const later = month(2, '2026-02', 200, prices(0));

    before(async () => {
      const table = write('prices.csv', csv(header, [...gap(month(1, '2026-01', 200, prices(0))), ...later]));
      const asked = ['--score', 'forecast', '--label', 'price', '--time', 'at', '--reference-until', '2026-02-01'];
      const made = await mlops(['init', folder, '--predictions', table, ...asked]);
      assert.equal(made.code, 0, made.stderr);
      assert.match(made.stdout, /forecast is the predicted value/);
      const ran = await mlops(['run', '--project', folder]);
      assert.equal(ran.code, 0, ran.stderr + ran.stdout);
      assert.match(ran.stderr, /1 of 20\d rows have no prediction: they are not judged/);
    });

    it('has the figures that follow from its errors, row by row', () => {
      const { metrics, n, baselineMetrics } = results(folder, 'prices');
      // Of times with a zone the first two hours of February are still January's.
      const judged = later.filter((row) => new Date(String(row[1])) >= new Date('2026-02-01T00:00:00Z'));
      assert.equal(n, judged.length);
      const errors = judged.map((row) => Number(row[3]) - Number(row[4]));
      const truths = judged.map((row) => Number(row[4]));
      const squares = mean(errors.map((error) => error ** 2));
      near(metrics.mae, mean(errors.map(Math.abs)), 'mae');
      near(metrics.rmse, Math.sqrt(squares), 'rmse');
      near(metrics.r2, 1 - squares / mean(truths.map((truth) => (truth - mean(truths)) ** 2)), 'r2');
      assert.ok(baselineMetrics.rmse! > 10 && baselineMetrics.rmse! < 25);
    });

    it('is judged month by month, each kept: forecasts that are 60 too high fail; without labels errors are estimated', async () => {
      const bad = write('april.csv', csv(header, month(4, '2026-04', 200, prices(60))));
      const failed = await mlops(['judge', bad, '--project', folder]);
      assert.equal(failed.code, 1, failed.stdout);
      assert.match(failed.stdout, /✗ fail {2}rmse/);
      const open = month(5, '2026-05', 200, prices(0)).map((row) => row.with(4, ''));
      const waiting = await mlops(['judge', write('may.csv', csv(header, open)), '--project', folder]);
      assert.equal(waiting.code, 3, waiting.stdout);
      const { estimated, n } = results(folder, 'prices');
      assert.equal(n, 0);
      assert.ok(estimated!.rmse!.value > 10 && estimated!.rmse!.value < 25, JSON.stringify(estimated));
      const { batches } = await mlopsJson<{ batches: { name: string }[] }>(['batches', 'list', '--project', folder]);
      assert.deepEqual(batches.map(({ name }) => name).sort(), ['april.csv', 'may.csv']);
    });
  });

  describe('of several classes', () => {
    const kinds = ['no failure', 'comp1', 'häuser, "x"', '01'];
    const header = 'house,at,load,said,p_no_failure,p_comp1,p_häuser_x,p_01,failure';
    /** Scores that are higher for the true kind; `said` may be another than the most probable one. */
    const kind =
      (say: (best: string, chance: () => number) => string = (best) => best): Cells =>
      (chance) => {
        const true_ = Math.floor(4 * chance());
        const raw = kinds.map((_, at) => 0.05 + chance() + (at === true_ ? 0.9 : 0));
        const sum = raw.reduce((all, one) => all + one, 0);
        const best = kinds[raw.indexOf(Math.max(...raw))]!;
        const load = chance().toFixed(3);
        return [load, say(best, chance), ...raw.map((one) => (one / sum).toFixed(9)), kinds[true_]!];
      };
    const later = month(12, '2026-02', 400, kind());
    const table = () => write('machines.csv', csv(header, [...month(11, '2026-01', 400, kind()), ...later]));
    const of = ['--label', 'failure', '--time', 'at', '--reference-until', '2026-02-01T02:00'];
    const made = async (name: string, ...asked: string[]) => {
      const folder = join(place.path, name);
      const answer = await mlops(['init', folder, '--predictions', table(), ...asked, ...of]);
      assert.equal(answer.code, 0, answer.stderr);
      const ran = await mlops(['run', '--project', folder]);
      assert.equal(ran.code, 0, ran.stderr + ran.stdout);
      return folder;
    };
    const judged = () => later.filter((row) => new Date(String(row[1])) >= new Date('2026-02-01T02:00:00Z'));

    it('with a score each: figures follow from the most probable class and its score, columns find their class', async () => {
      const folder = await made('scored', '--score', 'p_*');
      const { metrics, n, curves } = results(folder, 'machines');
      const rows = judged();
      assert.equal(n, rows.length);
      const own = (row: (string | number)[]) => Number(row[4 + kinds.indexOf(String(row[8]))]);
      near(metrics.log_loss, mean(rows.map((row) => -Math.log(own(row)))), 'log loss');
      near(metrics.accuracy, mean(rows.map((row) => Number(row[3] === row[8]))), 'accuracy');
      const odd = rows.filter((row) => row[8] === 'häuser, "x"');
      near(metrics['recall{"häuser, \\"x\\""}'], mean(odd.map((row) => Number(row[3] === row[8]))), 'recall');
      assert.ok(metrics.roc_auc_ovr! > 0.8);
      assert.equal((curves as { classes?: unknown[] }).classes?.length, 4);
    });

    it('with the predicted class alone: no figure of scores, and a class that is new is named and fails', async () => {
      const folder = await made('said', '--class', 'said');
      const first = results(folder, 'machines');
      near(first.metrics.accuracy, mean(judged().map((row) => Number(row[3] === row[8]))), 'accuracy');
      assert.equal(first.metrics.log_loss, null);
      assert.equal(first.reasons.roc_auc_ovr, 'there are no scores, only predicted classes');
      const sometimes = kind((best, chance) => (chance() < 0.3 ? 'comp9' : best));
      const march = write('march.csv', csv(header, month(13, '2026-03', 400, sometimes)));
      const failed = await mlops(['judge', march, '--project', folder]);
      assert.equal(failed.code, 1, failed.stdout);
      assert.match(failed.stdout, /✗ fail {2}predictions .*categories that training never had: comp9/);
      const { metrics, classes } = results(folder, 'machines');
      assert.ok(classes!.includes('comp9'));
      assert.equal(metrics['precision{comp9}'], 0);
      const refused = await mlops(['predict', march, '--out', join(place.path, 'o.csv'), '--project', folder]);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /predictions are made elsewhere, expected one with a model/);
    });

    it('with both: what was decided counts, whatever is most probable, and scores give log loss and areas', async () => {
      const folder = await made('both', '--score', 'p_*', '--class', 'said');
      const turned = month(
        14,
        '2026-04',
        300,
        kind(() => 'comp1'),
      );
      const judgedFile = await mlops(['judge', write('april.csv', csv(header, turned)), '--project', folder]);
      assert.equal(judgedFile.code, 1);
      const { metrics, notes = [] } = results(folder, 'machines');
      near(metrics.accuracy, mean(turned.map((row) => Number(row[8] === 'comp1'))), 'accuracy');
      assert.ok(metrics.roc_auc_ovr! > 0.8);
      assert.match(notes.join(' '), /Every one of 300 rows is predicted as comp1/);
    });

    it('is refused where a class has no column, naming both', async () => {
      const asked = ['--score', 'p_comp1', '--score', 'p_01', ...of];
      const { code, stderr } = await mlops(['init', join(place.path, 'no'), '--predictions', table(), ...asked]);
      assert.equal(code, 2);
      assert.match(
        stderr,
        /--score: found no column for the class "(no failure|häuser, "x")" of failure, expected one/,
      );
    });
  });

  describe('of two classes', () => {
    const header = 'house,at,load,p,said,broken';
    const yes: Cells = (chance) => {
      const p = chance();
      return [chance().toFixed(3), (100 * p).toFixed(1), p > 0.4 ? 'yes' : 'no', chance() < p ? 'yes' : 'no'];
    };
    const table = () => write('scores.csv', csv(header, month(21, '2026-01', 600, yes)));
    const of = ['--label', 'broken', '--time', 'at'];

    it('in percent is divided, acted on from where it is said, and looked at without making anything', async () => {
      const folder = join(place.path, 'percent');
      const asked = ['init', folder, '--predictions', table(), '--score', 'p', '--threshold', '40', ...of];
      const looked = await mlops([...asked, '--dry-run']);
      assert.match(
        looked.stdout,
        /would be made\.[^]*p is a percentage, and divided by 100 in features\.sql; it is acted on from 40/,
      );
      assert.ok(!readdirSync(place.path).includes('percent'));
      await mlops(asked);
      const ran = await mlops(['run', '--project', folder]);
      assert.equal(ran.code, 0, ran.stderr + ran.stdout);
      const { decision_threshold, metrics } = results(folder, 'scores');
      assert.equal(decision_threshold, 0.4);
      assert.ok(metrics.brier! < 0.25 && metrics.ece! < 0.2);
    });

    it('by the predicted class alone are judged as two classes', async () => {
      const folder = join(place.path, 'two');
      const made = await mlops(['init', folder, '--predictions', table(), '--class', 'said', ...of]);
      assert.equal(made.code, 0, made.stderr);
      const ran = await mlops(['run', '--project', folder]);
      assert.equal(ran.code, 0, ran.stderr + ran.stdout);
      assert.deepEqual(results(folder, 'scores').classes, ['no', 'yes']);
    });
  });
});
