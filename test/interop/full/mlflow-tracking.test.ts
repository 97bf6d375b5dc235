import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import type { SearchResults } from '../../../src/documents/search-results.js';
import { mlops } from '../../support/cli.js';
import { startMlflow } from '../../support/mlflow-server.js';
import { temporaryFolder } from '../../support/temporary.js';

const python = process.env.MLOPS_PYTHON_ELSEWHERE!;

interface Told {
  runs: {
    name: string;
    status: string;
    id: string;
    params: Record<string, string>;
    metrics: Record<string, number>;
    tags: Record<string, string>;
  }[];
  version: string;
  run: string;
  artifacts: string[];
  sizes: Record<string, number>;
  flavors: string[];
  inputs: string[];
}

describe('what a run learned, at a real MLflow server', function () {
  this.timeout(600_000);
  const place = temporaryFolder();
  const project = join(place.path, 'stays');
  const bucket = (key: string) =>
    JSON.parse(readFileSync(join(project, '.mlops', 'buckets', 'readmission', key), 'utf8')) as unknown;
  let server: Awaited<ReturnType<typeof startMlflow>> | undefined;
  const env = () => ({
    XDG_CONFIG_HOME: join(place.path, 'user'),
    MLFLOW_TRACKING_URI: server!.url,
    MLFLOW_EXPERIMENT_NAME: 'HealthPredict_Training',
  });
  const seen = () =>
    JSON.parse(
      execFileSync(
        python,
        ['test/interop/full/mlflow_tracking.py', server!.url, 'HealthPredict_Training', 'readmission'],
        {
          maxBuffer: 64e6,
        },
      ).toString(),
    ) as Told;

  before(async () => {
    server = await startMlflow(python, place.path);
    const made = await mlops(['init', 'readmission', project, '--sample']);
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    await server?.stop();
    place.remove();
  });

  it('trials, candidates, files and the registered model are there as its own client sees them', async () => {
    const ran = await mlops(['run', '--project', project], { env: env() });
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(ran.stdout + ran.stderr, /models:\/readmission@champion, version 1/);
    const told = seen();
    for (const candidate of ['logistic', 'forest', 'boosted']) {
      const board = bucket(`artifacts/search/${candidate}/search_results.json`) as SearchResults;
      const trials = told.runs.filter(({ tags }) => tags.model_name === candidate && tags.hpo_trial === 'True');
      assert.equal(trials.length, board.trials.length, candidate);
      const parent = told.runs.find(({ name }) => name === `Best_${candidate}_Model`)!;
      assert.equal(parent.tags.best_hpo_model, 'True');
      for (const trial of board.trials) {
        const run = trials.find(({ tags }) => tags['mlops.trial'] === String(trial.id))!;
        assert.equal(run.metrics.val_f1_score, trial.score);
        for (const figure of ['accuracy', 'precision', 'recall']) assert.ok(run.metrics[`val_${figure}`]! > 0, figure);
        assert.ok(run.metrics.val_roc_auc_score! > 0.5);
        assert.deepEqual(Object.keys(run.params).sort(), Object.keys(trial.parameters).sort());
        assert.equal(run.tags['mlflow.parentRunId'], parent.id);
        assert.equal(run.status, trial.status === 'stopped' ? 'KILLED' : 'FINISHED');
      }
      assert.equal(parent.metrics.best_val_f1_score, board.trials.find(({ id }) => id === board.best)!.score);
    }
    const evaluation = bucket('artifacts/eval/v1/evaluation.json') as Evaluation;
    const chosen = told.runs.find(({ id }) => id === told.run)!;
    assert.equal(chosen.name, `Best_${evaluation.chosen}_Model`);
    assert.equal(chosen.status, 'FINISHED');
    const judged = evaluation.models.find(({ name }) => name === evaluation.chosen)!;
    const figures = judged.evaluations.find(({ split }) => split === 'test')!.figures as { f1: number };
    assert.equal(chosen.metrics.test_f1_score, figures.f1);
    assert.ok(told.artifacts.includes('preprocessor/preprocessor.json'), told.artifacts.join());
    assert.ok(told.artifacts.includes('model/model_metadata.json'), told.artifacts.join());
    assert.ok(Object.values(told.sizes).every((size) => size > 0));
    assert.deepEqual(told.flavors, ['mlops_workbench']);
    assert.deepEqual(told.inputs, judged.columns);
  });

  it('the model comes back from there with its preprocessing, and has the same figures', async () => {
    const { chosen, models } = bucket('artifacts/eval/v1/evaluation.json') as Evaluation;
    const test = models.find(({ name }) => name === chosen)!.evaluations.find(({ split }) => split === 'test')!;
    const rows = join(project, '.mlops/buckets/readmission/feature-store/readmission-test');
    const [file] = readdirSync(rows, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));
    const words = ['model', 'register', '--mlflow', 'models:/readmission@champion', '--data', join(rows, file!)];
    const { code, stdout, stderr } = await mlops([...words, '--json', '--project', project], { env: env() });
    assert.equal(code, 0, stderr);
    const { metrics } = JSON.parse(stdout) as { metrics: Record<string, number> };
    const { roc_auc: area, recall } = test.figures as { roc_auc: number; recall: number };
    assert.deepEqual([metrics.roc_auc, metrics.recall], [area, recall]);
  });

  it('a run that learns nothing new tells nothing twice', async () => {
    const before = seen().runs.length;
    const ran = await mlops(['train', '--force', '--project', project], { env: env() });
    assert.equal(ran.code, 0, ran.stderr);
    const again = seen();
    const trials = ({ runs }: Told) => runs.filter(({ tags }) => tags.hpo_trial === 'True').length;
    assert.equal(again.runs.length, before + 3, 'the three candidates of the new version');
    assert.equal(trials(again), 24);
    assert.equal(again.version, '2', 'the one that was trained last is approved, so it is the champion');
  });
});
