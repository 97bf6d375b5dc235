import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import { mlops } from '../../support/cli.js';
import { tableProject } from '../../support/table-project.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('a training script of XGBoost and scikit-learn', function () {
  this.timeout(300_000);

  it('runs by the contract of SageMaker, and its model has here the very figure that it told itself', async function () {
    const python = process.env.MLOPS_PYTHON_ELSEWHERE;
    if (python === undefined) {
      this.test!.title += ' (skipped: no Python with XGBoost, MLOPS_PYTHON_ELSEWHERE)';
      return this.skip();
    }
    const place = temporaryFolder();
    const env = { XDG_CONFIG_HOME: join(place.path, 'user') };
    const project = await tableProject(1500);
    try {
      cpSync('test/interop/full/own_program.py', join(project.folder, 'train.py'));
      const file = join(project.folder, 'mlops.json');
      const text = readFileSync(file, 'utf8').replace(/"candidates": \[[^]*?\n {4}\]/, '"candidates": []');
      const train = { command: [python, 'train.py'], hyperparameters: { n_estimators: 30, learning_rate: 0.2 } };
      writeFileSync(file, text.replace('\n  "endpoint"', `\n  "train": ${JSON.stringify(train)},\n  "endpoint"`));
      const run = (...words: string[]) => mlops([...words, '--project', project.folder], { env });
      assert.equal((await run('trust', '--yes', '--confirm', `${python} train.py`)).code, 0);
      const { code, stderr } = await run('run', '--to', 'train');
      assert.equal(code, 0, stderr);
      const [, told] = /test auc (0\.\d+)/.exec(stderr)!;
      const evaluated = join(project.folder, '.mlops/buckets/customers/artifacts/eval/v1/evaluation.json');
      const { models } = JSON.parse(readFileSync(evaluated, 'utf8')) as Evaluation;
      assert.deepEqual([models[0]!.name, models[0]!.family], ['own-program', 'xgboost']);
      const { figures } = models[0]!.evaluations.find(({ split }) => split === 'test')!;
      assert.ok(Math.abs(Number((figures as { roc_auc?: number }).roc_auc) - Number(told)) < 1e-9, `${told}`);
    } finally {
      await project.remove();
      place.remove();
    }
  });
});
