import assert from 'node:assert/strict';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { writeSampleRows } from '../../support/sample-rows.js';
import { storyOf } from '../../support/story.js';

describe('the story of the house prices: newer sales arrive', function () {
  this.timeout(600_000);
  let project: MadeProject;
  let story: Awaited<ReturnType<typeof storyOf>>;

  before(async () => {
    project = await madeProject('house-prices', '--sample');
    const { code, stderr } = await mlops(['run', '--project', project.folder]);
    assert.equal(code, 0, stderr);
    story = await storyOf(project.folder);
  });
  after(async () => {
    await story?.end();
    await project.remove();
  });

  it('goes from healthy sales over houses 1,200 square feet larger to a version that knows them, and back; within the cool-down nothing is retrained', async () => {
    const sales = (name: string, first: number, sqft: number) =>
      writeSampleRows(join(project.folder, 'incoming', `${name}.csv`), {
        ...{ template: 'house-prices', script: 'sales.newer.csv.sql', scenario: 'drifted' },
        instead: [
          ["range(CASE WHEN scenario() = 'healthy' THEN 0 ELSE 300 END)", `range(${first}, ${first + 300})`],
          ['THEN 3200 ELSE', `THEN ${sqft} ELSE`],
        ],
      });
    const { looks, all } = await story.tell([
      () => sales('january', 1000, 2000),
      () => sales('february', 2000, 3200),
      () => sales('march', 3000, 3400),
      () => sales('april', 4000, 2000),
    ]);
    const [first, january, february, march, april] = looks.map(({ lines }) => lines);
    assert.match(first!.join(), /^keep recorded nothing to do/, all);
    assert.deepEqual(january, [], `300 sales like those it learned from: ${all}`);
    // A forest says of no house more than it has seen: what is 2.4 deviations larger is valued too low.
    assert.match(february![0]!, /^retrain recorded retrain: (major|concept) in february\.csv: r2 lost/, all);
    assert.match(february![1]!, /^retrain promoted no worse: r2 0\.\d+ against/, all);
    assert.match(march!.join(), /^keep recorded (held: cool-down for another 23 h|warning)/, all);
    assert.ok(!april!.join().startsWith('retrain'), all);
    assert.equal(await story.serves(), 'v2');
    const verdicts = await story.verdicts();
    assert.equal(verdicts['january.csv'], 'pass by v1');
    assert.equal(verdicts['february.csv'], 'fail by v1');
    assert.equal(verdicts['april.csv'], 'pass by v2');
  });
});
