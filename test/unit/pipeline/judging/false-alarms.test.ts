import assert from 'node:assert/strict';
import { summaryOf } from '../../../../src/pipeline/judging/record-results.js';
import { bannerOf } from '../../../../src/report/monitoring/banner.js';
import { sourceOf } from '../../../../src/report/monitoring/report-source.js';
import { faults, judgedSplit, scoredTable } from '../../../support/re-splits.js';

/** A hundred of them, trained anew each time, are judged in the nightly tests; see docs/GATES.md. */
const splits = 20;

/** Where one column is at fault, which. */
const columns: Record<string, string> = {
  'half of the rows in a new category': 'plan',
  'half of the values of a column missing': 'visits',
};

describe('the gates that init --from writes', function () {
  this.timeout(20_000);

  it('call nothing a failure that is only another part of the same 1,200 rows, and warn seldom', () => {
    const table = scoredTable(1200, 3);
    const answers = Array.from({ length: splits }, (_, seed) => judgedSplit(table, seed));
    const alarms = answers
      .flatMap(({ gates }) => gates.filter(({ status }) => status !== 'pass'))
      .map(({ message }) => message);
    const count = (verdict: string) => answers.filter((answer) => answer.verdict === verdict).length;
    assert.deepEqual([count('fail'), count('inconclusive'), count('error')], [0, 0, 0], alarms.join('\n'));
    assert.ok(count('warn') <= splits / 10, alarms.join('\n'));
  });

  for (const [name, fault] of Object.entries(faults)) {
    it(`find ${name} among 2,000 rows, for certain`, () => {
      const results = judgedSplit(scoredTable(1200, 3), 1, () => fault(scoredTable(2000, 9)));
      const { verdict, gates } = results;
      assert.notEqual(verdict, 'pass');
      const failed = gates.filter(({ status }) => status === 'fail');
      assert.ok(failed.length > 0, gates.map(({ message }) => message).join('\n'));
      // What is said first names the column, or the figure, also where one soft gate alone only warns.
      const { headline } = bannerOf(sourceOf(results));
      const named = columns[name];
      assert.ok(named === undefined || (headline.includes(named) && summaryOf(results).includes(named)), headline);
    });
  }
});
