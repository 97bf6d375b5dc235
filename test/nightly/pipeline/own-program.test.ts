import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isRunning } from '../../../src/common/processes/process-identity.js';
import { trainingLayout } from '../../support/container-layout.js';
import { mlops, startCli } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';
import { temporaryFolder } from '../../support/temporary.js';
import { untilEnded } from '../../support/until-ended.js';
import type { Run } from '../../../src/documents/run.js';
import type { Evaluation } from '../../../src/documents/evaluation.js';

const node = process.execPath;

describe('a training program of your own', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const env = { XDG_CONFIG_HOME: join(place.path, 'user'), AWS_SECRET_ACCESS_KEY: 'never-passed-on' };
  let project: TableProject;

  before(async () => {
    project = await tableProject(1500);
    cpSync(resolve('test/fixtures/programs/stump.mjs'), join(project.folder, 'train.mjs'));
    // Only the program trains.
    const file = join(project.folder, 'mlops.json');
    const text = readFileSync(file, 'utf8').replace(/"candidates": \[[^]*?\n {4}\]/, '"candidates": []');
    writeFileSync(file, text);
    named({ command: [node, 'train.mjs'] });
  });
  after(async () => {
    await project.remove();
    place.remove();
  });

  const named = (train: object) => {
    const file = join(project.folder, 'mlops.json');
    const text = readFileSync(file, 'utf8').replace(/\n {2}"train": .*,/, '');
    writeFileSync(file, text.replace(/\n {2}"endpoint"/, `\n  "train": ${JSON.stringify(train)},\n  "endpoint"`));
  };
  const run = (...words: string[]) => mlops([...words, '--project', project.folder], { env });
  const runOf = async (...words: string[]) => {
    const { stdout, stderr } = await run(...words, '--json');
    return { run: JSON.parse(stdout) as Run, stderr };
  };
  const trust = (...words: string[]) => run('trust', '--yes', '--confirm', [node, ...words].join(' '));
  const bucket = (...path: string[]) =>
    readFileSync(join(project.folder, '.mlops', 'buckets', 'customers', ...path), 'utf8');

  it('is refused before the run begins while nobody allowed it', async () => {
    const { code, stderr } = await run('run', '--to', 'train');
    assert.equal(code, 5, stderr);
    assert.match(stderr, /train: you have not allowed this command in this folder: .*train\.mjs; .*mlops trust/);
    assert.match((await run('runs', 'list')).stdout + ' none', /none/);
  });

  it('trains a candidate that is judged, gated and registered like any other; its lines are in the log', async () => {
    assert.equal((await trust('train.mjs')).code, 0);
    const { run: made, stderr } = await runOf('run', '--to', 'train');
    assert.equal(made.status, 'succeeded', stderr);
    assert.match(stderr, /rows=\d+ features=age.* target=stays/);
    const evaluation = JSON.parse(bucket('artifacts', 'eval', 'v1', 'evaluation.json')) as Evaluation;
    assert.deepEqual([evaluation.chosen, evaluation.models[0]!.family], ['own-program', 'lightgbm']);
    const test = evaluation.models[0]!.evaluations.find(({ split }) => split === 'test')!;
    assert.ok(Number((test.figures as { roc_auc?: number }).roc_auc) > 0.55);
    assert.match(bucket('runs', made.id, 'train.log'), /done\n$/);
  });

  it('is not run again while its script and rows are the same, and is when the script changed', async () => {
    const again = await runOf('train');
    assert.equal(again.run.stages[0]!.status, 'skipped', again.stderr);
    writeFileSync(
      join(project.folder, 'train.mjs'),
      `${readFileSync(join(project.folder, 'train.mjs'), 'utf8')}\n// changed`,
    );
    const changed = await runOf('train');
    assert.match(changed.run.stages[0]!.reason, /train\.mjs changed/);
  });

  it('fails the stage with its exit code and its last words', async () => {
    named({ command: [node, 'train.mjs'], hyperparameters: { fail: true } });
    const { run: made } = await runOf('train');
    assert.equal(made.status, 'failed');
    assert.equal(made.error?.exitCode, 4);
    assert.match(made.error.message, /ended with 7.*\n.*asked to fail[^]*about to end badly/);
  });

  it('gets what the contract says, and none of our secrets', async () => {
    const dump =
      'const { SM_TRAINING_ENV, ...rest } = process.env; const { PATH, ...vars } = rest;' +
      'console.log("VARS " + JSON.stringify(vars) + " " + process.cwd()); process.exit(3)';
    writeFileSync(join(project.folder, 'dump.mjs'), dump);
    named({ command: [node, 'dump.mjs'], hyperparameters: { 'num-round': 3, name: 'x' } });
    await trust('dump.mjs');
    const { stderr } = await runOf('train');
    const [, json, cwd] = /VARS (\{.*\}) (.*)/.exec(stderr)!;
    const vars = JSON.parse(json!) as Record<string, string>;
    assert.equal(cwd!.trim(), project.folder);
    assert.deepEqual(JSON.parse(vars.SM_CHANNELS!), ['train', 'validation', 'test']);
    assert.deepEqual([vars['SM_HP_NUM-ROUND'], vars.SM_HP_NAME], ['3', 'x']);
    assert.deepEqual(JSON.parse(vars.SM_HPS!), { 'num-round': 3, name: 'x' });
    for (const name of ['SM_MODEL_DIR', 'SM_OUTPUT_DATA_DIR', 'SM_CHANNEL_TEST', 'SM_NUM_CPUS'])
      assert.ok(vars[name], name);
    assert.doesNotMatch(json!, /never-passed-on|XDG_CONFIG_HOME|MLOPS_/);
  });

  it('is ended with all that it started when the run is cancelled or killed, and when its time is over', async () => {
    const file = join(project.folder, 'child.pid');
    const slow =
      'import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";' +
      `const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]); writeFileSync(${JSON.stringify(file)}, String(child.pid)); console.log("under way"); setInterval(() => {}, 1000);`;
    writeFileSync(join(project.folder, 'slow.mjs'), slow);
    named({ command: [node, 'slow.mjs'] });
    await trust('slow.mjs');
    const child = startCli(['train', '--project', project.folder], { env });
    const ended = new Promise((done) => child.once('exit', done));
    await new Promise<void>((done) => {
      let said = '';
      child.stderr!.on('data', (text: Buffer) => (said += text.toString()).includes('under way') && done());
    });
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    const isAlive = () => isRunning(Number(readFileSync(file, 'utf8')));
    assert.equal(await isAlive(), false, 'what it started');
    const killed = startCli(['train', '--project', project.folder], { env });
    await new Promise<void>((done) => {
      let said = '';
      killed.stderr!.on('data', (text: Buffer) => (said += text.toString()).includes('under way') && done());
    });
    killed.kill('SIGKILL');
    await untilEnded([Number(readFileSync(file, 'utf8'))]);
    named({ command: [node, 'slow.mjs'], minutes: 0.02 });
    const { run: late } = await runOf('train');
    assert.match(late.error!.message, /still ran after 0\.02 minutes \(train\.minutes\)/);
    assert.equal(await isAlive(), false, 'what it started');
  });

  it('is refused where what it left is no model, or one of other columns', async () => {
    writeFileSync(join(project.folder, 'nothing.mjs'), '');
    named({ command: [node, 'nothing.mjs'] });
    await trust('nothing.mjs');
    const { run: made } = await runOf('train');
    assert.match(made.error!.message, /found nothing in SM_MODEL_DIR, expected one model/);
    const other = readFileSync(join(project.folder, 'train.mjs'), 'utf8').replace(
      "features.join(' ')",
      "features.map((f) => 'other_' + f).join(' ')",
    );
    writeFileSync(join(project.folder, 'other.mjs'), other);
    named({ command: [node, 'other.mjs'] });
    await trust('other.mjs');
    const { run: strange } = await runOf('train');
    assert.match(strange.error!.message, /trained on other_age.*expected columns of its channels: age, plan$/);
  });

  describe('whose model only a program of its own can answer for', () => {
    const asked = async (age: number) => {
      const words = ['endpoint', 'invoke', 'customers', '--data', JSON.stringify({ features: { age, plan: 'basic' } })];
      const { code, stdout, stderr } = await run(...words);
      assert.equal(code, 0, stdout + stderr);
      return (JSON.parse(stdout) as { probability: number }).probability;
    };
    before(() => {
      cpSync(resolve('test/fixtures/programs/means.mjs'), join(project.folder, 'means.mjs'));
      cpSync(resolve('test/fixtures/programs/serve-means.mjs'), join(project.folder, 'serve-means.mjs'));
      named({ command: [node, 'means.mjs'], serve: { command: [node, 'serve-means.mjs'], request: 'records' } });
    });

    it('is asked for both commands, and trained and judged with what the second one answers', async () => {
      const { stdout } = await run('trust', '--list');
      assert.match(stdout, /train\.serve.*serve-means\.mjs/);
      await trust('means.mjs');
      const refused = await run('train');
      assert.equal(refused.code, 5);
      assert.match(refused.stderr, /train\.serve: you have not allowed this command .*serve-means\.mjs/);
      assert.equal((await trust('serve-means.mjs')).code, 0);
      const { run: made, stderr } = await runOf('train');
      assert.equal(made.status, 'succeeded', stderr);
      const { modelVersion } = made.stages[0]!.figures;
      const evaluation = JSON.parse(bucket('artifacts', 'eval', String(modelVersion), 'evaluation.json')) as Evaluation;
      const [own] = evaluation.models;
      assert.deepEqual([own!.family, own!.columns], ['serving-command', ['age', 'plan']]);
      const test = own!.evaluations.find(({ split }) => split === 'test')!;
      assert.ok(Number((test.figures as { roc_auc?: number }).roc_auc) > 0.6, JSON.stringify(test.figures));
    });

    it('is served with the very files that its training left, whatever lies in the project later', async () => {
      const { stdout } = await run('model', 'list', '--json');
      const [newest] = (JSON.parse(stdout) as { models: { version: string }[] }).models;
      await run('model', 'approve', newest!.version, '--reason', 'looked at');
      const deployed = await run('deploy');
      assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
      const [young, old] = [await asked(22), await asked(68)];
      assert.ok(young > 0 && young < old && old < 1, `${young} ${old}`);
    });
  });

  it('finds the places of SageMaker itself in a training container: one script does in both', async () => {
    cpSync(resolve('test/fixtures/programs/by-places.mjs'), join(project.folder, 'by-places.mjs'));
    named({ command: [node, 'by-places.mjs'], hyperparameters: { share: 0.5 } });
    const root = join(place.path, 'opt-ml');
    trainingLayout(root, { project: project.folder, jobName: 'train', hyperparameters: { share: '0.25' } });
    const job = await mlops(['job', 'train', '--root', root], {
      env: { ...env, MLOPS_ENVIRONMENT: 'local', MLOPS_FORCE: 'true' },
    });
    assert.equal(job.code, 0, job.stderr);
    assert.match(
      job.stderr,
      /channels train,validation,test of .*opt-ml\/input\/data; share 0\.25; model .*opt-ml\/model/,
    );
    assert.deepEqual(readdirSync(join(root, 'model')).sort(), ['lgb_model.txt', 'model_metadata.json', 'tree.txt']);
  });
});
