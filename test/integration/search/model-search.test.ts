import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchResults } from '../../../src/documents/search-results.js';
import { randomSource } from '../../../src/models/random-source.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('a search on a table, without a project', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const file = (name: string, content: string) => {
    writeFileSync(join(place.path, name), content);
    return join(place.path, name);
  };
  let data: string;
  let space: string;
  let params: string;

  before(() => {
    const random = randomSource(3);
    const rows = Array.from({ length: 240 }, (_, row) => {
      const [x, y] = [random(), random()];
      const label = x + random() / 2 > 0.75 ? 'yes' : 'no';
      const day = `2026-01-${String(1 + Math.floor(row / 8)).padStart(2, '0')}`;
      return [x, y, ['red', 'blue'][row % 2], `g${row % 40}`, day, label].join(',');
    });
    data = file('rows.csv', `x,y,colour,owner,day,label\n${rows.join('\n')}\n`);
    space = file('space.json', JSON.stringify({ num_leaves: [2, 4], learning_rate: [0.05, 0.2] }));
    params = file('params.json', JSON.stringify({ num_iterations: 15, min_data_in_leaf: 5 }));
  });
  after(() => place.remove());

  const search = (...flags: string[]) => [
    ...['model', 'search', '--data', data, '--target', 'label', '--space', space, '--params', params],
    ...flags,
  ];

  it('prints its leaderboard, and leaves it as a document', async () => {
    const out = join(place.path, 'results.json');
    const board = await mlopsJson<SearchResults>(
      search('--strategy', 'grid', '--group', 'owner', '--ignore', 'day', '--k', '4', '--out', out),
    );
    assert.deepEqual([board.status, board.metric, board.trials.length], ['finished', 'roc_auc', 4]);
    assert.deepEqual(board.folds, { by: 'group', k: 4 });
    const best = board.trials.find(({ id }) => id === board.best)!;
    assert.ok(best.score! > 0.85, `${best.score}`);
    assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), board);
  });

  it('judges by later rows where it is given times', async () => {
    const flags = ['--strategy', 'grid', '--time', 'day', '--ignore', 'owner', '--k', '3', '--gap', '1'];
    const { stdout, stderr, code } = await mlops(search(...flags));
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^search: grid, 3 folds by time, roc_auc \(higher is better\), 4 of 4 trials, finished\n/);
    assert.match(stdout, /\nrank +trial +roc_auc +rounds +seconds +learning_rate +num_leaves +state\n/);
  });

  it('says which flag or column is wrong', async () => {
    const wrong: [string[], RegExp][] = [
      [['--strategy', 'gird'], /--strategy: .*"grid"/],
      [['--folds', 'time', '--ignore', 'day,owner'], /folds: found no times, expected one for each row/],
      [['--group', 'ownr'], /rows\.csv: found no column "ownr", expected .*did you mean "owner"/],
      [['--metric', 'rmse', '--ignore', 'day,owner'], /found metric "rmse", expected one of roc_auc/],
      [['--space', params.replace('params', 'none')], /none\.json: .*no such file/],
    ];
    for (const [flags, message] of wrong) {
      const { code, stderr } = await mlops(search(...flags));
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
    }
  });
});
