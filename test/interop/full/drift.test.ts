import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownMethods } from '../../../src/drift/profiles/own-methods.js';
import { evidentlyColumn, evidentlyType } from '../../../src/drift/profiles/evidently.js';
import { nannymlMethods } from '../../../src/drift/profiles/nannyml-methods.js';
import { type ChunkedResult, nannymlColumn } from '../../../src/drift/profiles/nannyml.js';
import { compareTables } from '../../../src/pipeline/drift/compare-tables.js';
import { profileTable } from '../../../src/pipeline/drift/profile-table.js';
import { close, eachColumn, figureOf } from '../../support/drift-samples.js';
import { temporaryFolder } from '../../support/temporary.js';

const count = 200;

/** Runs a script beside this file in its own environment; it writes tables and answers into a folder. */
function genuine<Answer>(environment: string, script: string, folder: string): Answer[] {
  const python = process.env[`MLOPS_PYTHON_${environment}`];
  assert.ok(python, `MLOPS_PYTHON_${environment} is set by the suite`);
  const run = spawnSync(python, [join('test', 'interop', 'full', script), folder, String(count)], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as Answer[];
}

const filesOf = (folder: string, at: number) =>
  [join(folder, `${at}.reference.parquet`), join(folder, `${at}.current.parquet`)] as const;

interface EvidentlyAnswer {
  columns: Record<
    string,
    {
      type: string;
      answers: {
        method: string;
        score?: number | string | null;
        threshold?: number;
        drifted?: boolean;
        error?: string;
      }[];
    }
  >;
  share?: number;
  report?: Record<string, number>;
}

describe(`Evidently on ${count} random pairs of tables`, function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  let answers: EvidentlyAnswer[];
  before(() => {
    answers = genuine<EvidentlyAnswer>('EVIDENTLY', 'drift_evidently.py', folder.path);
  });

  it('gives the same types, choices, figures to 1e-9 and verdicts, by default and by every method', async () => {
    let compared = 0;
    const wrong: string[] = [];
    for (const [at, { columns }] of answers.entries()) {
      await eachColumn(...filesOf(folder.path, at), { chunked: false }, (name, reference, current) => {
        const { type, answers: asked } = columns[name]!;
        if (!type.startsWith(evidentlyType(current).slice(0, 3))) wrong.push(`${at} ${name}: type ${type}`);
        asked.forEach((theirs, place) => {
          const ours = evidentlyColumn(reference, current, place === 0 ? undefined : theirs.method);
          if (ours.method !== theirs.method) wrong.push(`${at} ${name}: ${ours.method}, ${theirs.method} there`);
          // Where theirs fails, or answers with no number, there is nothing to compare.
          if (theirs.score === undefined || theirs.score === null || ours.drifted === null) return;
          compared += 1;
          const [own, other] = [ours.p_value ?? ours.statistic ?? Infinity, figureOf(theirs.score)];
          if (!agree(theirs.method, own, other) && !(name === 'large' && farFromZero(theirs.method, own, other)))
            wrong.push(`${at} ${name} ${theirs.method}: ${own}, ${other} there`);
          else if (ours.drifted !== theirs.drifted && !atLimit(own, theirs.threshold!))
            wrong.push(`${at} ${name} ${theirs.method}: drifted ${ours.drifted}, ${theirs.drifted} there`);
        });
      });
    }
    process.stdout.write(`      ${compared} figures compared\n`);
    assert.deepEqual(wrong, []);
    assert.ok(compared > 5000);
  });

  it('gives the same report: every column, and the share of those that drifted', async () => {
    let reports = 0;
    for (const [at, { share, report }] of answers.entries()) {
      if (report === undefined) continue;
      const [reference, current] = filesOf(folder.path, at);
      const ours = await compareTables({ reference, current, profile: 'evidently', now: new Date(0) });
      assert.ok(close(ours.dataset.share!, share!), `${at}: share ${ours.dataset.share}, ${share} there`);
      for (const { column, method, statistic, p_value } of ours.columns) {
        const theirs = report[column];
        if (theirs !== undefined) assert.ok(agree(method, statistic ?? p_value!, theirs), `${at} ${column}`);
      }
      reports += 1;
    }
    assert.ok(reports >= 10);
  });
});

/** How far rounding alone sets two computations of the same figure apart: see docs/FIGURES.md. */
function agree(method: string, ours: number, theirs: number): boolean {
  switch (method) {
    case 'jensenshannon':
    case 'jensen_shannon':
    case 'hellinger':
      // Roots: what rounding leaves of a distance of 0 is the root of 1e-16.
      return close(ours ** 2, theirs ** 2, 1e-14);
    case 'z':
      // They subtract from 1, and keep no digit below 1e-16.
      return close(ours, theirs, 1e-13);
    case 'cramer_von_mises':
      // Up to 20 values they count in single precision.
      return close(ours, theirs, 1e-7);
    case 'TVD':
      // They compare sums of floating point, which ties of equal distances may fall either way of.
      return Math.abs(ours - theirs) <= 0.25;
    default:
      return close(ours, theirs);
  }
}

/** A test of means near 1e9 loses there what a mean of that size cannot hold. */
function farFromZero(method: string, ours: number, theirs: number): boolean {
  return method === 't_test' && Math.abs(ours - theirs) <= 1e-4;
}

function atLimit(value: number, threshold: number): boolean {
  return Math.abs(value - threshold) <= 1e-9;
}

interface NannyAnswer {
  chunkSize: number | null;
  columns: Record<
    string,
    {
      method: string;
      value: number | string | null;
      alert: boolean;
      upper: number | string | null;
      chunks?: (number | string | null)[];
      alerts?: boolean[];
    }[]
  >;
}

describe(`NannyML on ${count} random pairs of tables`, function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('gives the same figures to 1e-9, limits and alerts, chunk by chunk', async () => {
    const answers = genuine<NannyAnswer>('NANNYML', 'drift_nannyml.py', folder.path);
    let compared = 0;
    const wrong: string[] = [];
    for (const [at, { chunkSize, columns }] of answers.entries()) {
      const size = chunkSize ?? undefined;
      await eachColumn(...filesOf(folder.path, at), { chunked: true, chunkSize: size }, (name, reference, current) => {
        for (const theirs of columns[name]!) {
          const place = `${at} ${name} ${theirs.method}`;
          assert.ok(nannymlMethods[theirs.method], place);
          const ours = nannymlColumn(reference, current, theirs.method, size);
          compared += 1;
          wrong.push(...(size === undefined ? whole(place, ours, theirs) : chunked(place, ours, theirs)));
        }
      });
    }
    process.stdout.write(`      ${compared} columns compared\n`);
    assert.deepEqual(wrong, []);
    assert.ok(compared > 2000);
  });

  const limitOf = (ours: ChunkedResult, theirs: NannyAnswer['columns'][string][number]): boolean =>
    theirs.method === 'chi2' || close(ours.threshold!, figureOf(theirs.upper), 1e-7);

  function whole(place: string, ours: ChunkedResult, theirs: NannyAnswer['columns'][string][number]): string[] {
    const value = figureOf(theirs.value);
    if (!agree(theirs.method, ours.statistic!, value)) return [`${place}: ${ours.statistic}, ${value} there`];
    if (!limitOf(ours, theirs)) return [`${place}: limit ${ours.threshold}, ${theirs.upper} there`];
    const near = theirs.method !== 'chi2' && Math.abs(value - figureOf(theirs.upper)) < 1e-7;
    return ours.drifted === theirs.alert || near ? [] : [`${place}: drifted ${ours.drifted}, ${theirs.alert} there`];
  }

  function chunked(place: string, ours: ChunkedResult, theirs: NannyAnswer['columns'][string][number]): string[] {
    if (!limitOf(ours, theirs)) return [`${place}: limit ${ours.threshold}, ${theirs.upper} there`];
    const parts = ours.chunks ?? [{ statistic: ours.statistic, drifted: ours.drifted }];
    if (parts.length !== theirs.chunks!.length)
      return [`${place}: ${parts.length} chunks, ${theirs.chunks!.length} there`];
    return parts.flatMap(({ statistic, drifted }, chunk) => {
      const value = figureOf(theirs.chunks![chunk]!);
      // A chunk without values has no figure, here and there.
      if (statistic === null && Number.isNaN(value)) return [];
      if (!agree(theirs.method, statistic!, value)) return [`${place} ${chunk}: ${statistic}, ${value} there`];
      const near = theirs.method !== 'chi2' && Math.abs(value - figureOf(theirs.upper)) < 1e-7;
      return drifted === theirs.alerts![chunk] || near ? [] : [`${place} ${chunk}: drifted ${drifted}`];
    });
  }
});

interface ScipyAnswer {
  methods: Record<string, Record<string, number | string | null>>;
  statistics: Record<string, Record<string, number | string | null>>;
}

describe(`SciPy and pandas on ${count} random pairs of tables`, function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  let answers: ScipyAnswer[];
  before(() => {
    answers = genuine<ScipyAnswer>('LEARN', 'drift_scipy.py', folder.path);
  });

  it('give the same figures by every method to 1e-9', async () => {
    let compared = 0;
    const wrong: string[] = [];
    for (const [at, { methods }] of answers.entries()) {
      await eachColumn(...filesOf(folder.path, at), { chunked: false }, (name, reference, current) => {
        for (const [method, value] of Object.entries(methods[name] ?? {})) {
          const { numeric, category } = ownMethods[method]!;
          const numbers = reference.kind === 'numeric' && current.kind === 'numeric';
          const ours = numbers ? numeric!(reference, current) : category!(reference, current);
          if (value === null || ours === null) continue;
          compared += 1;
          // SciPy too takes Cramér-von Mises from 1, and ends its series at terms of 1e-7.
          const rounding = method === 'cramer_von_mises' ? 1e-13 : 1e-15;
          if (!close(ours, figureOf(value), rounding)) wrong.push(`${at} ${name} ${method}: ${ours}, ${value} there`);
        }
      });
    }
    process.stdout.write(`      ${compared} figures compared\n`);
    assert.deepEqual(wrong, []);
    assert.ok(compared > 3000);
  });

  it('give the same statistics of columns to 1e-9', async () => {
    const wrong: string[] = [];
    for (const [at, { statistics }] of answers.entries()) {
      const { columns } = await profileTable({ data: filesOf(folder.path, at)[0], now: new Date(0) });
      for (const column of columns) {
        const { quantiles = {}, ...figures } = column;
        for (const [name, value] of Object.entries(statistics[column.column] ?? {})) {
          const ours = (name in quantiles ? quantiles[name] : figures[name]) as number | null;
          if (!(ours === null ? value === null : close(ours, figureOf(value), 0)))
            wrong.push(`${at} ${column.column} ${name}: ${ours}, ${value} there`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });
});
