import assert from 'node:assert/strict';
import { faults, judgedSplit, scoredTable } from '../../../support/re-splits.js';

/** A hundred of them, trained anew each time, are judged in the nightly tests; see docs/GATES.md. */
const splits = 20;

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
      const { verdict, gates } = judgedSplit(scoredTable(1200, 3), 1, () => fault(scoredTable(2000, 9)));
      assert.notEqual(verdict, 'pass');
      assert.ok(
        gates.some(({ status }) => status === 'fail'),
        gates.map(({ message }) => message).join('\n'),
      );
    });
  }
});
