import assert from 'node:assert/strict';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { writeSampleRows } from '../../support/sample-rows.js';
import { storyOf } from '../../support/story.js';

describe('the story of the machines', function () {
  this.timeout(600_000);
  let project: MadeProject;
  let story: Awaited<ReturnType<typeof storyOf>>;

  before(async () => {
    project = await madeProject('predictive-maintenance', '--sample');
    const { code, stderr } = await mlops(['run', '--project', project.folder]);
    assert.equal(code, 0, stderr);
    story = await storyOf(project.folder);
  });
  after(async () => {
    await story?.end();
    await project.remove();
  });

  it('goes from healthy over sensors that count 60 bar more to a version that knows them, and back to healthy', async () => {
    const readings = (name: string, day: number, scenario: string) =>
      writeSampleRows(join(project.folder, 'incoming', `${name}.csv`), {
        ...{ template: 'predictive-maintenance', script: 'readings.sql', scenario },
        instead: [["'2025-01-01'", `'2025-02-${day}'`]],
        select: "SELECT * FROM sample WHERE split = 'production'",
      });
    const { looks, all } = await story.tell([
      () => readings('first', 10, 'healthy'),
      () => readings('second', 12, 'drifted'),
      () => readings('third', 14, 'drifted'),
      () => readings('fourth', 16, 'healthy'),
    ]);
    const [begin, healthy, drifted, known, back] = looks.map(({ lines }) => lines);
    assert.match(begin!.join(), /^keep recorded nothing to do/, all);
    assert.deepEqual(healthy, [], all);
    // Nearly every reading passes the 160 bar by which comp3 shows.
    assert.match(drifted![0]!, /^retrain recorded retrain: concept in second\.csv: macro_f1 lost/, all);
    assert.match(drifted![1]!, /^retrain promoted no worse: macro_f1/, all);
    assert.ok(![...known!, ...back!].join().includes('retrain'), all);
    assert.equal(await story.serves(), 'v2');
    const verdicts = await story.verdicts();
    assert.equal(verdicts['first.csv'], 'pass by v1');
    assert.equal(verdicts['second.csv'], 'fail by v1');
    assert.notEqual(verdicts['third.csv'], 'fail by v2');
    assert.equal(verdicts['fourth.csv'], 'pass by v2');
  });
});
