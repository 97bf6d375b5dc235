/** Any file that we stored, damaged in any way: no command hangs, breaks off without a word, or says more than is known. */
import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops, type Answer } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { triedHere } from '../../support/tried-here.js';

const damages: Record<string, (path: string, bytes: Buffer) => void> = {
  'cut to half': (path, bytes) => writeFileSync(path, bytes.subarray(0, bytes.length >> 1)),
  empty: (path) => writeFileSync(path, ''),
  'flipped in its middle': (path, bytes) => {
    const flipped = Buffer.from(bytes);
    flipped[flipped.length >> 1]! ^= 0x15;
    writeFileSync(path, flipped);
  },
  'a folder': (path) => {
    rmSync(path);
    mkdirSync(path);
  },
};
const lists = [['runs', 'list'], ['feature-group', 'list'], ['model', 'list'], ['history']];
const commands = [['status'], ['gate'], ...lists];
const documented = [0, 1, 2, 3, 4, 5];
const tooLongMs = 20_000;

describe('files of a project, each damaged in turn', function () {
  this.timeout(3_600_000);
  const name = 'hdd-failure';
  let made: MadeProject;
  const inProject = (...args: string[]) => mlops([...args, '--project', made.folder]);
  const state = (...path: string[]) => join(made.folder, '.mlops', ...path);
  const inBucket = (...path: string[]) => state('buckets', name, ...path);
  before(async () => {
    made = await madeProject(name, '--sample');
    assert.equal((await inProject('run')).code, 0);
    assert.equal((await inProject('endpoint', 'stop', name)).code, 0);
  });
  after(() => made.remove());

  /** Does something while a file is damaged, and puts it back. */
  async function whileDamaged(path: string, what: string, work: () => Promise<void>): Promise<void> {
    const bytes = readFileSync(path);
    damages[what]!(path, bytes);
    try {
      await work();
    } finally {
      rmSync(path, { recursive: true, force: true });
      writeFileSync(path, bytes);
    }
  }

  function checkAnswer({ code, stdout, stderr }: Answer, said: string, ms: number): void {
    assert.ok(code !== null && documented.includes(code), `${said}: exit ${code}`);
    assert.ok(ms < tooLongMs, `${said}: took ${ms} ms`);
    assert.doesNotMatch(stdout + stderr, /\n\s+at |\b(Syntax|Type|Reference)Error\b|\[object Object\]/, said);
    if (code >= 4) assert.match(stderr, /\S+[./]\S+: .*(mlops [a-z]|remove )/, `${said}: names a file and what helps`);
  }

  it('is answered by status, gate and every list in time, with a documented code and a file and a command', async () => {
    const files = readdirSync(state(), { recursive: true, encoding: 'utf8' })
      .filter((file) => lstatSync(state(file)).isFile())
      .sort();
    assert.ok(files.length > 40, `${files.length} files`);
    const whole = await inProject('gate');
    assert.equal(whole.code, 0, whole.stderr);
    const cases = files.flatMap((file) =>
      Object.keys(damages).flatMap((what) => commands.map((command) => ({ file, what, command }))),
    );
    for (const { file, what, command } of triedHere(cases, 14)) {
      await whileDamaged(state(file), what, async () => {
        const began = Date.now();
        const answer = await inProject(...command);
        const said = `${command.join(' ')}, ${file} ${what}:\n${answer.stdout}${answer.stderr}`;
        checkAnswer(answer, said, Date.now() - began);
        // Only the stored figures make a verdict, and those are either read whole or not at all.
        if (command[0] === 'gate' && answer.code === 0 && what !== 'flipped in its middle')
          assert.equal(answer.stdout, whole.stdout, said);
      });
    }
  });

  const stages = ['ingest', 'features', 'train', 'deploy', 'monitor'];
  it('counts as not run where it is the state of a stage, for status and for the next run', async () => {
    for (const stage of stages) {
      const path = inBucket('runs', 'state', `${stage}.json`);
      await whileDamaged(path, 'cut to half', async () => {
        const status = await inProject('status');
        assert.equal(status.code, 0, status.stderr);
        assert.match(status.stdout, new RegExp(`runs/state/${stage}\\.json not known: not JSON; .*mlops run`));
        assert.match(status.stdout, new RegExp(`${stage} +– +never`));
        assert.match(status.stdout, /verdict . pass/);
      });
    }
    writeFileSync(inBucket('runs', 'state', 'features.json'), '{"kind":');
    const run = await inProject('run', '--to', 'features');
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stderr, /features/);
    assert.match(readFileSync(inBucket('runs', 'state', 'features.json'), 'utf8'), /"stage": "features"/);
  });

  it('is written anew by the next run where a folder took the place of the mark of whose it is', async () => {
    damages['a folder']!(state('owner'), Buffer.alloc(0));
    const run = await inProject('run', '--to', 'ingest');
    assert.equal(run.code, 0, run.stderr);
    assert.match(readFileSync(state('owner'), 'utf8'), /^[0-9a-f]{64}\n$/);
  });

  it('is named beside the others where it is the record of a run', async () => {
    const [id] = readdirSync(inBucket('runs')).filter((entry) => entry !== 'state');
    const path = inBucket('runs', id!, 'run.json');
    await whileDamaged(path, 'empty', async () => {
      for (const command of [['runs', 'list'], ['status']]) {
        const { code, stdout, stderr } = await inProject(...command);
        assert.equal(code, 0, stderr);
        if (command[0] === 'runs')
          assert.match(stderr, new RegExp(`runs/${id}/run\\.json: not JSON; .*mlops bucket rm`));
        else assert.match(stdout, /stage +last done/);
      }
    });
  });

  it('hides neither the endpoint nor the way back where it is the configuration of an endpoint', async () => {
    const path = state('endpoints', name, 'config.json');
    damages.empty!(path, Buffer.alloc(0));
    const status = await inProject('status');
    assert.equal(status.code, 0, status.stderr);
    assert.match(status.stdout, /endpoint hdd-failure: Failed, .*config\.json: not JSON; .*mlops deploy/);
    const deploy = await inProject('deploy');
    assert.equal(deploy.code, 0, deploy.stderr);
    assert.match(readFileSync(path, 'utf8'), /"config": \{\s+"name": "hdd-failure"/);
    assert.match((await inProject('status')).stdout, /endpoint hdd-failure: InService, serves v1/);
  });

  const helped: [string, string[], string[], string[]][] = [
    [
      'a feature group',
      ['feature-store', `${name}-train`, 'feature-group.json'],
      ['feature-group', 'describe', `${name}-train`],
      ['features', '--force'],
    ],
    [
      'a manifest of curated days',
      ['curated', 'backblaze_parquet', '_manifest.json'],
      ['run', '--to', 'features'],
      ['ingest', '--force'],
    ],
    [
      'the baseline of a version',
      ['artifacts', 'models', 'NEWEST', 'baselines', 'monitoring_constraints.json'],
      ['monitor'],
      ['run', '--from', 'train', '--force'],
    ],
    [
      'the model of a version',
      ['artifacts', 'models', 'NEWEST', 'model_metadata.json'],
      ['monitor'],
      ['run', '--from', 'train', '--force'],
    ],
  ];
  for (const [what, where, needs, mends] of helped) {
    it(`is mended by the command that is named where it is ${what}`, async () => {
      const newest = readdirSync(inBucket('artifacts', 'models')).sort().at(-1)!;
      const path = inBucket(...where.map((part) => (part === 'NEWEST' ? newest : part)));
      await whileDamaged(path, 'empty', async () => {
        const failed = await inProject(...needs);
        assert.equal(failed.code, 4, failed.stdout + failed.stderr);
        const file = where.at(-1)!;
        assert.ok(failed.stderr.includes(file) && failed.stderr.includes(`mlops ${mends.join(' ')}`), failed.stderr);
        const mended = await inProject(...mends);
        assert.equal(mended.code, 0, mended.stderr);
        const after = await inProject(...needs);
        assert.notEqual(after.code, 4, after.stderr);
      });
    });
  }

  it('is named with the command that helps where it is one of the groups of a list, which shows the others', async () => {
    const path = inBucket('feature-store', `${name}-test`, 'feature-group.json');
    await whileDamaged(path, 'cut to half', async () => {
      const { code, stdout, stderr } = await inProject('feature-group', 'list');
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^hdd-failure-train .*\n(.*\n)*hdd-failure-validation /m);
      assert.doesNotMatch(stdout, /-test/);
      assert.match(stderr, /hdd-failure-test\/feature-group\.json: not JSON; .*mlops features --force/);
    });
  });

  it('is named by model list, and by deploy, which serves no older version instead, where it is a version', async () => {
    const path = state('registry', name, 'v1.json');
    await whileDamaged(path, 'cut to half', async () => {
      const { code, stdout, stderr } = await inProject('model', 'list', '--json');
      assert.equal(code, 0, stderr);
      const { models } = JSON.parse(stdout) as { models: { version: string }[] };
      assert.ok(models.length > 0 && models.every(({ version }) => version !== 'v1'), stdout);
      const deploy = await inProject('deploy');
      assert.equal(deploy.code, 4, deploy.stdout);
      for (const said of [stderr, deploy.stderr])
        assert.match(said, /registry\/hdd-failure\/v1\.json: not JSON; .*mlops train --force/);
    });
  });

  it('is left out and named with the command that removes it where it is an entry of the ledger', async () => {
    const [entry] = readdirSync(inBucket('ledger'));
    const key = `ledger/${entry}`;
    const entries = async () => {
      const { stdout, stderr, code } = await inProject('history', '--json');
      assert.equal(code, 0, stderr);
      return { stderr, count: (JSON.parse(stdout) as { entries: unknown[] }).entries.length };
    };
    const whole = await entries();
    assert.ok(whole.count > 1 && whole.stderr === '', whole.stderr);
    writeFileSync(inBucket('ledger', entry!), '{');
    const damaged = await entries();
    assert.equal(damaged.count, whole.count - 1);
    assert.ok(damaged.stderr.includes(`${key}: not JSON`) && damaged.stderr.includes(`mlops bucket rm ${key}`));
    assert.equal((await inProject('bucket', 'rm', key)).code, 0);
    assert.deepEqual(await entries(), { ...whole, count: whole.count - 1 });
  });
});
