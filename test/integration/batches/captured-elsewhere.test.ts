import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

interface Exchange {
  id: string;
  score: number;
  churned: boolean;
  capture: object;
  truth: object;
}

/** Requests of a month as SageMaker captures them, every third in base64; the answer names the likelier class. */
function exchanges(seed: number, month: string, rows: number, turned = false): Exchange[] {
  const chance = lcgNumbers(seed);
  return Array.from({ length: rows }, (_, at) => {
    const score = Math.round(1e6 * chance()) / 1e6;
    const churned = chance() < score !== turned;
    const id = `${month}-${at}`;
    const body = JSON.stringify(
      score >= 0.5 ? { label: 'churn', score } : { label: 'stay', score: Math.round(1e6 * (1 - score)) / 1e6 },
    );
    const [data, encoding] = at % 3 === 0 ? [Buffer.from(body).toString('base64'), 'BASE64'] : [body, 'JSON'];
    const type = { observedContentType: 'application/json' };
    const usage = { usage: Number((score + chance()).toFixed(3)), plan: chance() < 0.5 ? 'basic' : 'pro' };
    const day = String(1 + Math.floor((28 * at) / rows)).padStart(2, '0');
    return {
      ...{ id, score, churned },
      capture: {
        captureData: {
          endpointInput: { ...type, mode: 'INPUT', data: JSON.stringify(usage), encoding: 'JSON' },
          endpointOutput: { ...type, mode: 'OUTPUT', data, encoding },
        },
        eventMetadata: { eventId: id, inferenceTime: `${month}-${day}T${String(at % 24).padStart(2, '0')}:00:00Z` },
        eventVersion: '0',
      },
      truth: {
        groundTruthData: { data: churned ? 'churn' : 'stay', encoding: 'CSV' },
        eventMetadata: { eventId: id },
        eventVersion: '0',
      },
    };
  });
}

describe('capture files of an endpoint that is not ours', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  after(() => place.remove());
  const project = join(place.path, 'watch');
  const at = ['--project', project];
  const write = (name: string, lines: object[]) => {
    const path = join(place.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return path;
  };
  const captured = (of: Exchange[]) => of.map(({ capture }) => capture);
  const truths = (of: Exchange[]) => of.map(({ truth }) => truth);
  const newest = () => {
    const runs = join(project, '.mlops', 'buckets', 'capture', 'monitoring', 'runs');
    const text = readFileSync(join(runs, readdirSync(runs).sort().at(-1)!, 'monitoring_results.json'), 'utf8');
    return JSON.parse(text) as MonitoringResults;
  };

  it('with ground truth make a project, which judges the next file by file, waiting for the labels', async () => {
    const [january, february] = [exchanges(1, '2026-01', 300), exchanges(2, '2026-02', 300)];
    for (const [hour, part] of [january.slice(0, 150), january.slice(150), february].entries())
      write(`capture/theirs/AllTraffic/2026/0${hour}/00-00-000.jsonl`, captured(part));
    const truth = write('truth/all.jsonl', truths([...january, ...february]));
    const asked = ['--labels', truth, '--positive', 'churn', '--reference-until', '2026-02-01'];
    const made = await mlops(['init', project, '--predictions', join(place.path, 'capture'), ...asked]);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /score is that of the predicted class, and turned round .* not "churn"/);
    const ran = await mlops(['run', ...at]);
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
    const { metrics, n } = newest();
    assert.equal(n, 300);
    const errors = february.map(({ score, churned }) => (score - Number(churned)) ** 2);
    assert.ok(Math.abs(metrics.brier! - errors.reduce((sum, one) => sum + one, 0) / 300) < 1e-9);

    const march = exchanges(3, '2026-03', 300, true);
    const waiting = await mlops(['judge', write('march.jsonl', captured(march)), ...at]);
    assert.equal(waiting.code, 3, waiting.stdout + waiting.stderr);
    const table = join(place.path, 'march.csv');
    writeFileSync(
      table,
      `inference_id,label\n${march.map(({ id, churned }) => `${id},${churned ? 'churn' : 'stay'}`).join('\n')}\n`,
    );
    const labelled = await mlops(['labels', 'add', table, ...at]);
    assert.match(labelled.stdout, /march\.jsonl: 300 new, 300 of 300 rows have a label now/);
    assert.equal(newest().verdict, 'fail');
    assert.equal(newest().batch?.name, 'march.jsonl');
  });

  it('without labels, or with a line that is no record, are refused by what is missing and where', async () => {
    const lines = captured(exchanges(4, '2026-04', 3));
    const none = await mlops(['init', join(place.path, 'no'), '--predictions', write('april.jsonl', lines)]);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /found captured requests without labels, expected them too: --labels FILE/);
    const damaged = await mlops(['profile', '--data', write('may.jsonl', [...lines, { eventMetadata: {} }])]);
    assert.equal(damaged.code, 2);
    assert.match(damaged.stderr, /may\.jsonl, line 4: found .*expected a record of data capture/);
  });
});
