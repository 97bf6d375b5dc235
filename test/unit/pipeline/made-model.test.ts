import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scores } from '../../../src/models/bundle/score.js';
import { madeModel } from '../../../src/pipeline/program/made-model.js';
import { projectFile } from '../../support/stage-context.js';
import { temporaryFolder } from '../../support/temporary.js';

const xgboost = 'test/fixtures/xgboost/3.2.0';
const lightGbm = 'test/fixtures/serving/lgb_model.txt';

describe('the model that a training program left', () => {
  const place = temporaryFolder();
  let number = 0;
  let folder: string;
  beforeEach(() => {
    folder = join(place.path, String(++number));
    mkdirSync(folder);
  });
  after(() => place.remove());
  const made = (columns: string[]) =>
    madeModel(folder, {
      file: projectFile({}),
      matrix: { columns, values: columns.map(() => Float64Array.of(0)), rows: 1 },
      what: 'train: x',
    });

  for (const name of ['logistic.json', 'lightgbm'])
    it(`is read by what it says and not by its name, also beside other files: ${name}`, async () => {
      cpSync(name === 'lightgbm' ? lightGbm : join(xgboost, name), join(folder, 'a-model.dat'));
      writeFileSync(join(folder, 'notes.json'), '{ "rounds": 3 }');
      const columns = name === 'lightgbm' ? ['alpha', 'beta', 'gamma'] : ['more', 'near', 'fine', 'sparse', 'code'];
      const bundle = await made(columns);
      assert.equal(bundle.family, name === 'lightgbm' ? 'lightgbm' : 'xgboost');
      const inputs = bundle.inputs.map((input) => input.name);
      assert.ok(inputs.every((input) => columns.includes(input)));
      const values = inputs.map(() => Float64Array.of(0.5));
      const [first] = scores(bundle, { columns: inputs, values, rows: 1 })[0]!;
      assert.ok(first! > 0 && first! < 1);
    });

  it('has the columns of its channels by place where its learner knew none by name', async () => {
    const text = readFileSync(lightGbm, 'utf8').replaceAll('alpha', 'Column_0').replaceAll('beta', 'Column_1');
    writeFileSync(join(folder, 'model.txt'), text.replaceAll('gamma', 'Column_2'));
    assert.deepEqual(
      (await made(['x', 'y', 'z'])).inputs.map(({ name }) => name),
      ['x', 'y', 'z'],
    );
  });

  it('is refused where it is none, one of several, of other columns, or of another task', async () => {
    writeFileSync(join(folder, 'model.pkl'), Buffer.from([0x80, 4, 0x95]));
    await assert.rejects(made(['x']), /train: x: found model\.pkl in SM_MODEL_DIR, expected one model/);
    cpSync(join(xgboost, 'squared.json'), join(folder, 'squared.json'));
    await assert.rejects(made(['near']), /trained on fine, sparse, code|trained on .*fine/);
    await assert.rejects(made(['near', 'fine', 'sparse', 'code']), /regression/);
    cpSync(lightGbm, join(folder, 'model.txt'));
    await assert.rejects(made(['x']), /found model\.txt, squared\.json in SM_MODEL_DIR/);
  });
});
