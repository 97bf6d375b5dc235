import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

/** Files as other people's systems write them. */
describe('captured answers, labels and archives of others', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  const file = (name: string) => join(folder.path, name);
  const fixtures = 'test/fixtures/lightgbm-categories';

  function capture(name: string, answers: string[], truths: string[]): string[] {
    const lines = (of: string[], record: (data: string, id: string) => object) =>
      of.map((data, at) => JSON.stringify(record(data, `e${at}`))).join('\n');
    const output = (data: string) => ({
      endpointOutput: { observedContentType: 'application/json', data, encoding: 'JSON' },
    });
    const captured = lines(answers, (data, eventId) => ({ captureData: output(data), eventMetadata: { eventId } }));
    const labels = lines(truths, (data, eventId) => ({
      groundTruthData: { data, encoding: 'CSV' },
      eventMetadata: { eventId },
    }));
    writeFileSync(file(`${name}.cap.jsonl`), captured);
    writeFileSync(file(`${name}.gt.jsonl`), labels);
    return ['metrics', '--capture', file(`${name}.cap.jsonl`), '--ground-truth', file(`${name}.gt.jsonl`)];
  }

  it('the score of [{label, score}] belongs to the predicted label', async () => {
    const answers = ['LABEL_0', 'LABEL_1', 'LABEL_0', 'LABEL_1'].map((label) => `[{"label":"${label}","score":0.98}]`);
    const args = capture('labels', answers, ['0', '1', '0', '1']);
    const found = await mlopsJson<{ accuracy: number; roc_auc: number }>(args);
    assert.deepEqual([found.accuracy, found.roc_auc], [1, 1]);
    const classes = await mlopsJson<{ accuracy: number }>([
      ...capture('words', ['{"label":"a"}', '{"label":"b"}'], ['a', 'c']),
      '--task',
      'multiclass',
    ]);
    assert.equal(classes.accuracy, 0.5);
  });

  it('an answer of several lines is several rows', async () => {
    const args = capture(
      'lines',
      ['{"score":0.1}\n{"score":0.9}\n', '{"score":0.2}\n{"score":0.8}\n'],
      ['0\n1', '0\n1'],
    );
    const found = await mlopsJson<{ n: number; accuracy: number }>(args);
    assert.deepEqual([found.n, found.accuracy], [4, 1]);
  });

  it('no row with a label is an error that says what was there, never figures of nothing', async () => {
    const { code, stderr } = await mlops(capture('none', ['{"text":"hm"}', '0.4'], ['1']));
    assert.equal(code, 2);
    assert.match(stderr, /found 1 predictions, 1 unreadable answers \(e0: .*\).*none has a label/);
    writeFileSync(file('empty.csv'), 'y,p\n,0.1\n1,\n');
    const table = await mlops(['metrics', '--data', file('empty.csv'), '--label', 'y', '--score', 'p']);
    assert.equal(table.code, 2);
    assert.match(table.stderr, /empty\.csv: found 2 rows, none with a label and a score/);
  });

  it('classes 1.0 and 1 are one class', async () => {
    writeFileSync(file('classes.csv'), 'y,s\n1.0,1\n2.0,2\n1.0,2\n2.0,2\n3.0,3\n');
    const args = ['metrics', '--data', file('classes.csv'), '--label', 'y', '--score', 's', '--task', 'multiclass'];
    assert.equal((await mlopsJson<{ accuracy: number }>(args)).accuracy, 0.8);
  });

  it('True and TRUE are one set of two values to drift', async () => {
    const rows = (yes: string, no: string) => `b\n${`${yes}\n${no}\n`.repeat(60)}`;
    writeFileSync(file('before.csv'), rows('True', 'False'));
    writeFileSync(file('after.csv'), rows('TRUE', 'FALSE'));
    const found = await mlopsJson<{ columns: { drifted: boolean }[] }>([
      'drift',
      '--reference',
      file('before.csv'),
      '--current',
      file('after.csv'),
    ]);
    assert.deepEqual(
      found.columns.map(({ drifted }) => drifted),
      [false],
    );
  });

  it("a day whose categories all look like numbers keeps to Model Monitor's list of categories", async () => {
    const rows = (words: string[]) =>
      `c\n${Array.from({ length: 300 }, (_, at) => words[at % words.length]).join('\n')}\n`;
    writeFileSync(file('base.csv'), rows(['01', '1.0', '1e3', '01', '1.0', '1e3', '01', '1.0', '1e3', 'x']));
    writeFileSync(file('day.csv'), rows(['01', '1.0', '1e3']));
    const profile = (data: string, ...more: string[]) => [
      'profile',
      '--data',
      file(data),
      '--profile',
      'sagemaker',
      ...more,
    ];
    assert.equal((await mlops(profile('base.csv', '--out', file('b')))).code, 0);
    const baseline = ['--constraints', file('b/constraints.json'), '--baseline-statistics', file('b/statistics.json')];
    assert.equal((await mlops(profile('day.csv', ...baseline, '--out', file('o')))).code, 0);
    const { violations } = JSON.parse(readFileSync(file('o/constraint_violations.json'), 'utf8')) as {
      violations: unknown[];
    };
    assert.deepEqual(violations, []);
  });

  it('a category of the baseline that no longer comes is drift to Model Monitor, and no value outside the list', async () => {
    const rows = (words: string[]) => `c\n${words.join('\n')}\n`;
    const times = (n: number, word: string) => Array.from({ length: n }, () => word);
    writeFileSync(file('three.csv'), rows([...times(140, 'x'), ...times(119, '01'), ...times(141, '02')]));
    writeFileSync(file('two.csv'), rows([...times(201, '01'), ...times(199, '02')]));
    const profile = (data: string) => ['profile', '--data', file(data), '--profile', 'sagemaker'];
    await mlops([...profile('three.csv'), '--out', file('b3')]);
    const baseline = [
      '--constraints',
      file('b3/constraints.json'),
      '--baseline-statistics',
      file('b3/statistics.json'),
    ];
    await mlops([...profile('two.csv'), ...baseline, '--out', file('o3')]);
    const { violations } = JSON.parse(readFileSync(file('o3/constraint_violations.json'), 'utf8')) as {
      violations: { constraint_check_type: string; description: string }[];
    };
    const robust = 140 / 400 - 1.8 * Math.sqrt((400 + 400) / (400 * 400));
    assert.deepEqual(
      violations.map(({ constraint_check_type }) => constraint_check_type),
      ['baseline_drift_check'],
    );
    assert.equal(Number(/distance: ([\d.]+)/.exec(violations[0]!.description)?.[1]).toFixed(12), robust.toFixed(12));
  });

  it('an archive with nothing but a LightGBM text predicts; one of XGBoost is named', async () => {
    mkdirSync(file('in'));
    copyFileSync(join(fixtures, 'integers.txt'), file('in/model.txt'));
    const tar = (name: string, format: string, inside: string) => {
      execFileSync('tar', ['-C', file('in'), `--format=${format}`, '-czf', file(name), inside]);
      return ['model', 'predict', '--model', file(name), '--data', join(fixtures, 'integers.csv')];
    };
    const alone = await mlops([
      'model',
      'predict',
      '--model',
      file('in/model.txt'),
      '--data',
      join(fixtures, 'integers.csv'),
    ]);
    for (const args of [tar('plain.tar.gz', 'gnu', 'model.txt'), tar('pax.tar.gz', 'pax', './model.txt')]) {
      const { stdout, stderr } = await mlops(args);
      assert.equal(stdout, alone.stdout, stderr);
    }
    writeFileSync(file('in/xgboost-model'), 'binf');
    const { code, stderr } = await mlops(tar('other.tar.gz', 'gnu', 'xgboost-model'));
    assert.equal(code, 2);
    assert.match(
      stderr,
      /other\.tar\.gz: found xgboost-model, expected a model of LightGBM \(text\) or XGBoost \(JSON, UBJ\)/,
    );
    writeFileSync(file('no.tar.gz'), gzipSync('no archive'));
    assert.equal(
      (await mlops(['model', 'predict', '--model', file('no.tar.gz'), '--data', join(fixtures, 'integers.csv')])).code,
      2,
    );
  });

  it('a linear model refuses a missing value that it cannot score, naming row and column', async () => {
    writeFileSync(file('train.csv'), 'a,b,y\n1,2,3\n2,1,4\n3,5,9\n4,2,6\n');
    writeFileSync(file('ridge.json'), '{"alpha":0.1}');
    const trained = await mlops(['model', 'train', '--family', 'ridge', '--data', file('train.csv'), '--target', 'y', '--params', file('ridge.json'), '--out', file('ridge-model.json')]); // prettier-ignore
    assert.equal(trained.code, 0, trained.stderr);
    writeFileSync(file('asked.csv'), 'a,b\n1,2\n1,\n');
    const { code, stderr, stdout } = await mlops([
      'model',
      'predict',
      '--model',
      file('ridge-model.json'),
      '--data',
      file('asked.csv'),
    ]);
    assert.equal(code, 2, stdout);
    assert.match(stderr, /asked\.csv, row 2: the score is no number \(NaN\): found no value in b/);
  });
});

describe('a target of a few whole numbers', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  const file = (name: string) => join(folder.path, name);

  it('is never taken as classes or values without a word: model train and init say so, and how to have the other', async () => {
    const rows = Array.from({ length: 90 }, (_, at) => `${at % 7},${(at * 5) % 11},${at % 3}`).join('\n');
    writeFileSync(file('kinds.csv'), `a,b,kind\n${rows}\n`);
    writeFileSync(file('plain.json'), '{"num_iterations":2,"verbosity":-1}');
    writeFileSync(file('asked.json'), '{"num_iterations":2,"objective":"regression"}');
    const train = (params: string) =>
      mlops(['model', 'train', '--data', file('kinds.csv'), '--target', 'kind', '--params', file(params), '--out', file('m.txt')]); // prettier-ignore
    const plain = await train('plain.json');
    assert.equal(plain.code, 0, plain.stderr);
    assert.match(plain.stderr, /kind holds 3 whole numbers.*regression.*"objective": "multiclass", "num_class": 3/);
    assert.doesNotMatch((await train('asked.json')).stderr, /whole numbers/);
    const made = await mlops(['init', file('made'), '--from', file('kinds.csv'), '--target', 'kind']);
    assert.match(made.stdout + made.stderr, /one of 3 classes: 0, 1, 2/);
    assert.match(
      made.stdout + made.stderr,
      /3 whole numbers are taken as classes; if they are values .*--task regression/,
    );
    const values = await mlops(['init', file('values'), '--from', file('kinds.csv'), '--target', 'kind', '--task', 'regression']); // prettier-ignore
    assert.match(
      values.stdout + values.stderr,
      /3 whole numbers are taken as values .*--task multiclass.*--positive VALUE/,
    );
  });
});
