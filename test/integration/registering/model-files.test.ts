import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tarOf } from '../../../src/pipeline/model-files/artifact.js';
import { mlops, type Answer } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const fixtures = resolve('test/fixtures/xgboost/3.2.0');
interface Expected {
  columns: string[];
  rows: (number | null)[][];
  cases: { file: string; predictions: number[] }[];
}
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Expected;

describe('models from elsewhere, registered by their files', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const project = join(place.path, 'signals');
  const ask = (...words: string[]): Promise<Answer> => mlops([...words, '--project', project]);
  const file = (name: string, body: string | Uint8Array) => {
    const path = join(place.path, name);
    writeFileSync(path, body);
    return path;
  };
  const { predictions } = expected.cases.find((one) => one.file === 'logistic.json')!;
  /** The rows that the model was trained on, each with the class that it says. */
  const table = (columns: readonly string[]) => {
    const rows = expected.rows.map(
      (row, at) => `r${at},${row.map((cell) => cell ?? '').join(',')},${Number(predictions[at]! > 0.5)}`,
    );
    return `id,${columns.join(',')},label\n${rows.join('\n')}\n`;
  };
  let labelled: string;
  const register = (path: string, ...more: string[]) =>
    ask('model', 'register', '--file', path, '--data', labelled, '--label', 'label', ...more);

  before(async () => {
    labelled = file('labelled.csv', table(expected.columns));
    const made = await mlops(['init', project, '--from', labelled, '--target', 'label', '--entity', 'id']);
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    await ask('endpoint', 'delete', 'labelled', '--yes', '--confirm', 'labelled');
    place.remove();
  });

  it("serves what XGBoost predicted: registered, evaluated, explained, and deployed with the project's word", async () => {
    const { code, stdout, stderr } = await register(join(fixtures, 'logistic.json'), '--json');
    assert.equal(code, 0, stderr);
    const version = JSON.parse(stdout) as { version: string; family: string; metrics: Record<string, number> };
    assert.deepEqual([version.version, version.family, version.metrics.accuracy], ['v1', 'xgboost', 1]);
    const kept = await ask('bucket', 'get', 'artifacts/models/v1/xgboost_model.json', join(place.path, 'kept.json'));
    assert.equal(kept.code, 0, kept.stderr);
    assert.deepEqual(readFileSync(join(place.path, 'kept.json')), readFileSync(join(fixtures, 'logistic.json')));
    const approved = await ask('model', 'approve', 'v1', '--reason', 'the same as in the notebook');
    assert.equal(approved.code, 0, approved.stderr);
    const deployed = await ask('deploy');
    assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
    const features = expected.rows.slice(0, 20);
    const answered = await ask('endpoint', 'invoke', 'labelled', '--data', JSON.stringify({ features }));
    const { probabilities } = JSON.parse(answered.stdout) as { probabilities: number[] };
    probabilities.forEach((p, row) => assert.ok(Math.abs(p - predictions[row]!) <= 2 ** -23, `row ${row}`));
    const unknown = await ask(
      'endpoint',
      'invoke',
      'labelled',
      '--data',
      '{"features":{"near":1,"fine":"x","sparse":null,"extra":1}}',
    );
    assert.match(
      unknown.stdout + unknown.stderr,
      /code is missing; extra is not one of the model's columns; fine is \\?"x/,
    );
  });

  it('names features that the file has no names for by the columns it is given, and refuses to guess', async () => {
    const nameless = join(fixtures, 'stopped-sklearn.json');
    const { code, stderr } = await register(nameless);
    assert.equal(code, 2);
    assert.match(stderr, /does not tell the names of its 4 columns.*--inputs FILE.*--columns/);
    const named = await register(nameless, '--columns', expected.columns.join(','), '--json');
    assert.equal(named.code, 0, named.stderr);
    assert.match(named.stderr, /rounds 0 to \d+ of \d+ count, up to the best one/);
    const signature = file('inputs.json', JSON.stringify(expected.columns.map((name) => ({ name, type: 'double' }))));
    assert.equal((await register(nameless, '--inputs', signature)).code, 0);
    const fewer = await register(nameless, '--columns', 'near,fine');
    assert.match(fewer.stderr, /found 2 columns, expected the model's 4/);
  });

  it('refuses a table that lacks its columns, naming each, and one that holds words for numbers', async () => {
    labelled = file('other.csv', table(['near', 'wide', 'sparse', 'kind']));
    const lacking = await register(join(fixtures, 'logistic.json'));
    assert.equal(lacking.code, 2);
    assert.match(lacking.stderr, /other\.csv: found no column fine, code, which the model needs/);
    labelled = file('words.csv', table(expected.columns).replace(/^(r0,)[^,]*/m, '$1often'));
    const worded = await register(join(fixtures, 'logistic.json'));
    assert.equal(worded.code, 2);
    assert.match(worded.stderr, /row 1, column near: found "often", expected a number/);
    labelled = join(place.path, 'labelled.csv');
  });

  it('says how to install what an ONNX model needs, where it is not there', async () => {
    const env = { XDG_CONFIG_HOME: join(place.path, 'nobody') };
    const path = resolve('test/fixtures/onnx/classes-in-dictionaries.onnx');
    const words = ['model', 'register', '--file', path, '--data', labelled, '--label', 'label', '--project', project];
    const { code, stderr } = await mlops(words, { env });
    assert.equal(code, 2);
    assert.match(stderr, /needs the package onnxruntime-web.*run: npm install --prefix \S+packages onnxruntime-web@/);
  });

  describe('packed as SageMaker packs them', () => {
    const packed = async (name: string, files: Record<string, Uint8Array | string>) =>
      file(name, (await tarOf(files)).bytes);
    const metadata = async (version: string) => {
      const path = join(place.path, `${version}.json`);
      await ask('bucket', 'get', `artifacts/models/${version}/model_metadata.json`, path);
      return JSON.parse(readFileSync(path, 'utf8')) as { family: string; preprocessing: unknown[]; threshold: number };
    };

    for (const form of ['logistic.json', 'softprob.ubj'])
      it(`an xgboost-model in a model.tar.gz is read as what it is: ${form}`, async () => {
        const model = readFileSync(join(fixtures, form));
        const path = await packed(`${form}.tar.gz`, { 'xgboost-model': model, 'code/inference.py': 'pass' });
        const { code, stdout, stderr } = await register(path, '--json');
        // Of several classes: another task than the project's, which only one that was read can say.
        if (form === 'softprob.ubj') return assert.match(stderr, /the xgboost model is one for multiclass, expected/);
        assert.equal(code, 0, stderr);
        const { version, metrics } = JSON.parse(stdout) as { version: string; metrics: Record<string, number> };
        assert.equal(metrics.accuracy, 1);
        assert.equal((await metadata(version)).family, 'xgboost');
      });

    it('a pickle in it is refused, and the two ways to bring it are named', async () => {
      const pickle = Buffer.from([0x80, 0x04, 0x95, 0x2e]);
      for (const name of ['xgboost-model', 'model.joblib']) {
        const { code, stderr } = await register(await packed(`${name}.tar.gz`, { [name]: pickle }));
        assert.equal(code, 2);
        assert.match(
          stderr,
          new RegExp(`${name}\\.tar\\.gz: ${name}: found a pickle, expected .*ONNX.*--serving-command`),
        );
      }
      const nothing = await register(await packed('empty.tar.gz', { 'readme.md': '' }));
      assert.match(nothing.stderr, /empty\.tar\.gz: found readme\.md, expected in it: LightGBM text/);
    });

    it('a bundle of ours comes with its preprocessing, its columns and its threshold', async () => {
      const bundle = join(place.path, 'ours');
      const steps = [{ step: 'impute', strategy: 'median' }, { step: 'scale' }];
      const params = file('params.json', JSON.stringify({ family: 'logistic-regression', preprocessing: steps }));
      const words = ['--data', labelled, '--target', 'label', '--ignore', 'id', '--params', params];
      const trained = await mlops(['model', 'train', ...words, '--out', `${bundle}/`]);
      assert.equal(trained.code, 0, trained.stderr);
      const path = join(bundle, 'model_metadata.json');
      const own: Record<string, unknown> = { ...(JSON.parse(readFileSync(path, 'utf8')) as object), threshold: 0.3 };
      writeFileSync(path, JSON.stringify(own));
      const { code, stdout, stderr } = await register(bundle, '--json');
      assert.equal(code, 0, stderr);
      const { version, family } = JSON.parse(stdout) as { version: string; family: string };
      assert.equal(family, 'logistic-regression');
      const kept = await metadata(version);
      for (const key of ['preprocessing', 'inputs', 'threshold'] as const)
        assert.deepEqual((kept as Record<string, unknown>)[key], own[key], key);
    });
  });

  it("refuses a model of another task than the project's", async () => {
    const { code, stderr } = await register(join(fixtures, 'squared.json'));
    assert.equal(code, 2);
    assert.match(stderr, /the xgboost model is one for regression, expected one for model\.task "binary"/);
  });

  for (const [name, bytes, what] of [
    ['model.pkl', Buffer.from([0x80, 0x04, 0x95, 0x2e]), 'a pickle'],
    ['renamed.json', Buffer.from([0x80, 0x05, 0x95, 0x2e]), 'a pickle'],
    ['model.joblib', Buffer.from([0x78, 0x9c, 1, 2]), 'a pickle'],
    ['net.pt', Buffer.from('PK\u0003\u0004'), 'a model of PyTorch'],
    ['net.h5', Buffer.from('\u0089HDF', 'latin1'), "a model of Keras' \\(HDF5\\)"],
    ['old.model', Buffer.from('binf\0\0'), "XGBoost's old binary form"],
  ] as const)
    it(`refuses ${name}, and names the two ways to bring it`, async () => {
      const { code, stderr } = await register(file(name, bytes));
      assert.equal(code, 2, stderr);
      assert.match(
        stderr,
        new RegExp(`${name}: found ${what}, expected .*ONNX.*--serving-command "python serve\\.py"`),
      );
    });
});
