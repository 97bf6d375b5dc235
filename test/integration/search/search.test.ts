import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import type { Run } from '../../../src/documents/run.js';
import type { SearchResults } from '../../../src/documents/search-results.js';
import { mlops, mlopsJson, startCli } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

const search = `"search": {
          "strategy": "random", "trials": 12, "folds": { "k": 3 }, "metric": "roc_auc",
          "space": { "num_leaves": [3, 7, 15], "learning_rate": { "from": 0.01, "to": 0.3, "scale": "log" } }
        },
        "parameters": { "num_boost_round": 200, "max_depth": 6, "seed": 42 }`;

describe('a search in a project', function () {
  this.timeout(180_000);
  let project: MadeProject;
  const inProject = (...args: string[]) => [...args, '--project', project.folder];
  const results = (...path: string[]) =>
    join(project.folder, '.mlops/buckets/hdd-failure/artifacts/search/lightgbm', ...path);
  const board = () => JSON.parse(readFileSync(results('search_results.json'), 'utf8')) as SearchResults;
  const records = () =>
    existsSync(results('trials')) ? readdirSync(results('trials')).filter((name) => name.endsWith('.json')) : [];
  const edit = (from: string | RegExp, to: string) => {
    const file = join(project.folder, 'mlops.json');
    const before = readFileSync(file, 'utf8');
    const changed = before.replace(from, to);
    assert.notEqual(changed, before, 'the edit changes something');
    writeFileSync(file, changed);
  };
  const untimed = ({ trials, best }: SearchResults) => ({
    best,
    trials: trials.map((trial) => ({ ...trial, seconds: 0 })),
  });

  before(async () => {
    project = await madeProject('hdd-failure', '--sample');
    // The second "parameters" of the file are those of the boosted trees.
    edit(/("classWeight": "sqrt",\s*)"parameters": \{[\s\S]*?\}/, `$1${search}`);
    const made = await mlopsJson<Run>(inProject('run', '--to', 'features'));
    assert.equal(made.error, null);
  });
  after(() => project.remove());

  it('goes on after a kill: no finished trial is run again, and the best is what it would have been', async () => {
    const child = startCli(inProject('run', 'train'));
    child.stdout!.resume();
    child.stderr!.resume();
    const ended = once(child, 'close');
    while (records().length < 3) {
      assert.equal(child.exitCode, null, 'still running');
      await pause(10);
    }
    child.kill('SIGKILL');
    await ended;
    const kept = new Map(records().map((name) => [name, statSync(results('trials', name)).mtimeMs]));
    assert.ok(kept.size >= 3 && kept.size < 12, `${kept.size} trials were finished`);
    assert.equal(board().status, 'running');
    const shown = await mlopsJson<SearchResults>(inProject('search', 'show'));
    assert.equal(shown.status, 'interrupted', 'nobody is at it');
    const [torn] = [...kept.keys()];
    kept.delete(torn!);
    writeFileSync(results('trials', torn!), '{"kind": "search-tr');

    const { code, stderr } = await mlops(inProject('run', 'train'));
    assert.equal(code, 0, stderr);
    assert.match(stderr, /trial 12 of 12 · best 0\.\d{4} \(trial \d+\)/);
    assert.match(stderr, new RegExp(`trials/${torn}: not JSON; it is left out, and its trial runs again`));
    for (const [name, written] of kept) {
      assert.equal(statSync(results('trials', name)).mtimeMs, written, `${name} is as it was`);
    }
    const resumed = board();
    assert.equal(resumed.status, 'finished');

    rmSync(results(), { recursive: true });
    const anew = await mlopsJson<Run>(inProject('run', 'train', '--force'));
    assert.equal(anew.error, null);
    assert.deepEqual(untimed(board()), untimed(resumed));
  });

  it('trains with the best parameters, and says which they were', () => {
    const versions = readdirSync(join(project.folder, '.mlops/buckets/hdd-failure/artifacts/eval')).sort();
    const file = join(project.folder, '.mlops/buckets/hdd-failure/artifacts/eval', versions.at(-1)!, 'evaluation.json');
    const evaluation = JSON.parse(readFileSync(file, 'utf8')) as Evaluation;
    const { training } = evaluation.models.find(({ name }) => name === 'lightgbm')!;
    const { best, trials } = board();
    const { score } = trials.find(({ id }) => id === best)!;
    assert.deepEqual(training.search, { trial: best, trials: 12, metric: 'roc_auc', score });
  });

  it('shows its leaderboard, best first, as a table and as the document', async () => {
    const { stdout, code } = await mlops(inProject('search', 'show'));
    assert.equal(code, 0);
    const [head, columns, first] = stdout.split('\n');
    const { best, trials } = board();
    assert.match(head!, /^lightgbm: random, 3 folds by \w+, roc_auc \(higher is better\), 12 of 12 trials, finished$/);
    assert.match(columns!, /^rank +trial +roc_auc +rounds +seconds +learning_rate +num_leaves +state$/);
    const score = trials.find(({ id }) => id === best)!.score!.toFixed(4);
    assert.match(first!, new RegExp(`^ *1 +${best} +${score} ± 0\\.\\d{4} `));
    assert.deepEqual(await mlopsJson(inProject('search', 'show', 'lightgbm')), board());
    const unknown = await mlops(inProject('search', 'show', 'lightgmb'));
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /found "lightgmb", expected .*did you mean "lightgbm"/);
  });

  it('is refused by line where it cannot be: a range in a grid, a figure of another task, a parameter twice', async () => {
    edit('"strategy": "random"', '"strategy": "grid"');
    edit('"metric": "roc_auc"', '"metric": "rmse"');
    edit('"max_depth": 6', '"num_leaves": 6');
    const { code, stderr } = await mlops(inProject('run', 'train'));
    assert.equal(code, 2);
    assert.match(stderr, /mlops\.json:\d+:\d+: .*search\.space\.learning_rate: found a range, expected a list/);
    assert.match(stderr, /mlops\.json:\d+:\d+: .*search\.metric: found "rmse", expected one of/);
    assert.match(stderr, /mlops\.json:\d+:\d+: .*search\.space\.num_leaves: found it in "parameters" too/);
    edit('"num_leaves": 6', '"max_depth": 6');
    edit('"metric": "rmse"', '"metric": "roc_auc"');
    edit('"strategy": "grid"', '"strategy": "random"');
  });

  it('names the line of a parameter that no trial can be trained with', async () => {
    edit('"max_depth": 6', '"max_dpeth": 6');
    const searched = await mlops(inProject('run', 'train'));
    assert.equal(searched.code, 2);
    assert.match(
      searched.stderr,
      /mlops\.json:\d+:\d+: model\.candidates\[1\]\.parameters\.max_dpeth: candidate "lightgbm": unknown parameter "max_dpeth"/,
    );
    edit('"space": { "num_leaves"', '"space": { "num_leavs"');
    edit('"max_dpeth": 6', '"max_depth": 6');
    const space = await mlops(inProject('run', 'train'));
    assert.match(
      space.stderr,
      /\.search\.space\.num_leavs: .*unknown parameter "num_leavs"; did you mean "num_leaves"/,
    );
    for (const { stderr: said } of [searched, space]) assert.doesNotMatch(said, /trial \d/, 'told before any trial');
    edit('"space": { "num_leavs"', '"space": { "num_leaves"');
    edit('"max_depth": 6', '"max_dpeth": 6');
    edit(/"search": \{[\s\S]*?\}\s*\}\s*\},\s*/, '');
    const { code, stderr } = await mlops(inProject('run', 'train'));
    assert.equal(code, 2);
    const line = readFileSync(join(project.folder, 'mlops.json'), 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('max_dpeth'));
    const place = `mlops\\.json:${line + 1}:\\d+: model\\.candidates\\[1\\]\\.parameters\\.max_dpeth`;
    assert.match(stderr, new RegExp(`${place}: candidate "lightgbm": unknown parameter "max_dpeth"`));
  });
});
