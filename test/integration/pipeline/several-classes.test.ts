import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import type { Explanation } from '../../../src/documents/explanation.js';
import type { MonitoredRows } from '../../../src/documents/monitored-rows.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { multiclassEvaluation } from '../../../src/models/metrics/multiclass-evaluation.js';
import { changeProject } from '../../support/aws-project.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** Words with blanks, commas and quotes, letters beyond ASCII, and a text that a careless reader takes for a number. */
const kinds = ['no failure', 'comp1', 'häuser, "x"', '01'];

/** Machines, each kind of failure seen by one of four sensors; `label` may say another kind, or none. */
function machines(seed: number, rows: number, label: (kind: number, row: number) => string): string {
  const u = lcgNumbers(seed);
  const quoted = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = Array.from({ length: rows }, (_, row) => {
    const at = u();
    const kind = at < 0.55 ? 0 : at < 0.75 ? 1 : at < 0.9 ? 2 : 3;
    const sensors = kinds.map((_, place) => (u() + u() + u() - 1.5 + (place === kind ? 1.1 : 0)).toFixed(4));
    return [seed * 100_000 + row, ...sensors, quoted(label(kind, row))].join(',');
  });
  return `machine_id,volt,rotate,pressure,vibration,failure\n${lines.join('\n')}\n`;
}

describe('a project of several classes', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const folder = join(place.path, 'machines');
  const at = ['--project', folder];
  const bucket = join(folder, '.mlops', 'buckets', 'machines');
  const document = <T>(...key: string[]) => JSON.parse(readFileSync(join(bucket, ...key), 'utf8')) as T;
  const runs = () => readdirSync(join(bucket, 'monitoring', 'runs')).sort();
  const newest = () => document<MonitoringResults>('monitoring', 'runs', runs().at(-1)!, 'monitoring_results.json');

  before(async () => {
    const table = join(place.path, 'machines.csv');
    writeFileSync(
      table,
      machines(1, 1200, (kind, row) => (row % 40 === 7 ? '' : kinds[kind]!)),
    );
    const made = await mlops(['init', folder, '--from', table, '--target', 'failure']);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout + made.stderr, /predicts failure \(one of 4 classes: no failure, .*comp1/);
    const sure = { level: 'hard', rule: 'roc_auc_ovr >= 0.9 * baseline', confidence: 0.95 };
    changeProject(folder, ['monitor', 'gates', 0], { id: 'areas', ...sure }, true);
    const ran = await mlops(['run', ...at]);
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
  });
  after(async () => {
    await mlops(['endpoint', 'stop', 'machines', ...at]);
    place.remove();
  });

  it('has a verdict over figures of every class, which follow from its predictions', () => {
    const results = newest();
    assert.equal(results.verdict, 'pass', results.gates.map(({ message }) => message).join('\n'));
    assert.ok(results.gates.some(({ metric, status }) => metric === 'recall{"häuser, \\"x\\""}' && status === 'pass'));
    const areas = results.gates.find(({ id }) => id === 'areas')!;
    const [low, high] = areas.interval!;
    assert.ok(low < areas.value! && areas.value! <= high && high <= 1, areas.message);
    assert.doesNotMatch(areas.message, /noise is not known/);
    const csv = readFileSync(join(bucket, 'monitoring', 'runs', runs().at(-1)!, 'predictions.csv'), 'utf8');
    const rows = parsed(csv).filter(({ label }) => label !== '');
    assert.equal(rows.length, results.n);
    assert.ok(Number(results.n_missing) > 0);
    const classes = [...kinds].sort();
    const again = multiclassEvaluation({
      classes,
      labels: rows.map(({ label }) => classes.indexOf(label!)),
      probabilities: classes.map((name) => rows.map((row) => Number(row[`probability_${name}`]))),
    });
    for (const name of ['accuracy', 'macro_f1', 'balanced_accuracy', 'log_loss', 'roc_auc_ovr'] as const)
      assert.ok(Math.abs(results.metrics[name]! - again[name]!) < 1e-12, name);
    assert.equal(results.metrics['recall{01}'], again.per_class[0]!.recall);
    assert.deepEqual(results.class_confusion, again.confusion);
    assert.deepEqual(results.classes, classes);
  });

  it('evaluates every candidate on every split, and explains the predicted class', () => {
    const { models } = document<Evaluation>('artifacts', 'eval', 'v1', 'evaluation.json');
    for (const { evaluations } of models)
      for (const { figures } of evaluations) assert.deepEqual(figures.classes, [...kinds].sort());
    const explanation = document<Explanation>('artifacts', 'models', 'v1', 'explanation.json');
    const top = (name: string) => {
      const place = explanation.classes!.indexOf(name);
      const [first] = [...explanation.features].sort((a, b) => b.perClass![place]! - a.perClass![place]!);
      return first!.name;
    };
    assert.deepEqual(kinds.map(top), ['volt', 'rotate', 'pressure', 'vibration']);
  });

  it('answers with the class by name and the probability of every one', async () => {
    const record = { volt: -0.5, rotate: -0.5, pressure: -0.5, vibration: 2.5 };
    const invoke = (data: unknown) => mlops(['endpoint', 'invoke', 'machines', '--data', JSON.stringify(data), ...at]);
    const one = JSON.parse((await invoke({ features: record })).stdout) as Record<string, unknown>;
    assert.equal(one.prediction, '01');
    const probabilities = one.probabilities as Record<string, number>;
    assert.deepEqual(Object.keys(probabilities).sort(), [...kinds].sort());
    assert.ok(Math.abs(Object.values(probabilities).reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
    assert.equal(one.probability, probabilities['01']);
    const two = JSON.parse(
      (
        await invoke([
          [-0.5, -0.5, -0.5, 2.5],
          [-0.5, -0.5, 2.5, -0.5],
        ])
      ).stdout,
    ) as {
      predictions: string[];
      classes: string[];
      probabilities: number[][];
    };
    assert.deepEqual(two.predictions, ['01', 'häuser, "x"']);
    assert.equal(two.probabilities[0]![two.classes.indexOf('01')], one.probability);
  });

  it('says what moved the score of the predicted class, and of others when asked, which add up to the probabilities', async () => {
    const data = JSON.stringify({ features: { volt: -0.5, rotate: -0.5, pressure: 2.5, vibration: -0.5 } });
    const ask = (...explain: string[]) =>
      mlops(['endpoint', 'invoke', 'machines', '--data', data, '--explain', ...explain, ...at]);
    interface Explained {
      explanations: { class: string; unit: string; base: number; changes: Record<string, number> }[];
      probabilities: Record<string, number>;
    }
    const explained = async (...classes: string[]) => JSON.parse((await ask(...classes)).stdout) as Explained;
    const [own] = (await explained()).explanations;
    assert.deepEqual([own!.class, own!.unit], ['häuser, "x"', 'log odds']);
    const [most] = Object.entries(own!.changes).sort(([, a], [, b]) => b - a);
    assert.equal(most![0], 'pressure');
    assert.deepEqual(
      (await explained('comp1,01')).explanations.map((one) => one.class),
      ['comp1', '01'],
    );
    const { explanations, probabilities } = await explained('all');
    assert.deepEqual(explanations[explanations.findIndex((one) => one.class === own!.class)], own);
    const scores = explanations.map(({ base, changes }) =>
      Object.values(changes).reduce((sum, one) => sum + one, base),
    );
    const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    explanations.forEach((one, place) => {
      assert.ok(Math.abs(Math.exp(scores[place]!) / total - probabilities[one.class]!) < 1e-9, one.class);
    });
    const unknown = await ask('comp9');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stdout, /found \\"comp9\\", expected predicted, all or one of 01, comp1/);
  });

  it('judges a batch: a class that training never saw is named and missed, one without rows is never healthy', async () => {
    const batch = join(place.path, 'june.csv');
    writeFileSync(
      batch,
      machines(2, 300, (kind) => (kind === 3 ? 'comp9' : kinds[kind]!)),
    );
    const said = await mlops(['judge', batch, ...at]);
    const { gates, notes = [], metrics, verdict, columns } = newest();
    assert.notEqual(verdict, 'pass');
    assert.equal(metrics['recall{01}'], null);
    assert.equal(metrics['recall{comp9}'], 0);
    const absent = gates.find(({ metric }) => metric === 'recall{01}')!;
    assert.deepEqual([absent.status, absent.reason], ['inconclusive', 'no row is of this class']);
    assert.match(notes.join(' '), /rows are of comp9: a class that the model never saw, and cannot predict/);
    assert.match(said.stderr + said.stdout, /comp9/);
    const labels = columns.find(({ column }) => column === 'failure')!;
    assert.deepEqual(labels.newCategories?.names, ['comp9']);
    const wrong = await mlopsJson<MonitoredRows>(['rows', '--cell', '["comp9","01"]', '--contributions', ...at]);
    assert.ok(wrong.rows.length > 0);
    for (const row of wrong.rows)
      assert.deepEqual([row.label, row.predicted, row.contributions?.unit], ['comp9', '01', 'log odds of 01']);
  });

  it('refuses a rule on a class that there is not, at its line, with the nearest name', async () => {
    const file = join(folder, 'mlops.json');
    const text = readFileSync(file, 'utf8');
    const misspelt = text.replace('recall{comp1}', 'recall{compl}');
    writeFileSync(file, misspelt);
    const refused = await mlops(['train', ...at]);
    writeFileSync(file, text);
    assert.equal(refused.code, 2, refused.stdout + refused.stderr);
    const line = misspelt.split('\n').findIndex((one) => one.includes('compl')) + 1;
    assert.ok(refused.stderr.includes(`mlops.json:${line}:`), refused.stderr);
    assert.match(refused.stderr, /found the class "compl", which no training row is of, .*did you mean "comp1"/);
  });

  it('says of a threshold that several classes have none', async () => {
    const file = join(folder, 'mlops.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"choose"', '"threshold": { "keep": "recall >= 0.7" },\n    "choose"'));
    const refused = await mlops(['status', ...at]);
    writeFileSync(file, text);
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /model\.threshold: found a threshold, expected none: the most probable of several classes/,
    );
  });
});

/** The rows of a CSV file whose cells may stand in quotes. */
function parsed(csv: string): Record<string, string | undefined>[] {
  const [header = [], ...lines] = csv
    .trim()
    .split('\n')
    .map((line) =>
      [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    );
  return lines.map((cells) => Object.fromEntries(header.map((name, place) => [name!, cells[place]])));
}
