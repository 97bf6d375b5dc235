import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { writeSampleRows } from '../../support/sample-rows.js';
import { storyOf } from '../../support/story.js';
import { writeZip } from '../../support/zips.js';

describe('the story of the hard drives', function () {
  this.timeout(600_000);
  let project: MadeProject;
  let story: Awaited<ReturnType<typeof storyOf>>;

  before(async () => {
    project = await madeProject('hdd-failure', '--sample');
    const { code, stderr } = await mlops(['run', '--project', project.folder]);
    assert.equal(code, 0, stderr);
    story = await storyOf(project.folder);
  });
  after(async () => {
    await story?.end();
    await project.remove();
  });

  it('retrains once a new firmware counts otherwise, lets what finds too few failures not serve, waits out the week, and goes on as before', async () => {
    const quarter = async (name: string, year: number, first: number, scenario: string) => {
      const csv = join(project.folder, 'made.csv');
      await writeSampleRows(csv, {
        ...{ template: 'hdd-failure', script: 'backblaze.sql', scenario },
        instead: [
          ['range(6000)', `range(${first}, ${first + 4000})`],
          ["'2025-01-01'", `'${year}-01-01'`],
          ['in_production THEN 8', 'true THEN 8'],
        ],
        select: 'SELECT * EXCLUDE (zip) FROM sample',
      });
      const [head, ...lines] = readFileSync(csv, 'utf8').trim().split('\n');
      const days = new Map<string, string[]>();
      for (const line of lines) days.set(line.slice(0, 10), [...(days.get(line.slice(0, 10)) ?? []), line]);
      mkdirSync(join(project.folder, 'incoming'), { recursive: true });
      const members = [...days].map(([day, rows]) => [`${day}.csv`, [head, ...rows].join('\n')]);
      writeZip(join(project.folder, 'incoming', name), Object.fromEntries(members) as Record<string, string>);
    };
    const { looks, all } = await story.tell([
      () => quarter('data_Q1_2026.zip', 2026, 10_000, 'healthy'),
      () => quarter('data_Q1_2027.zip', 2027, 20_000, 'drifted'),
      () => quarter('data_Q1_2028.zip', 2028, 30_000, 'drifted'),
      () => quarter('data_Q1_2029.zip', 2029, 40_000, 'healthy'),
    ]);
    const [first, healthy, drifted, waiting, after] = looks.map(({ lines }) => lines);
    assert.match(first!.join(), /^keep recorded nothing to do/, all);
    assert.deepEqual(healthy, [], all);
    assert.match(drifted![0]!, /^retrain recorded retrain: moderate in data_Q1_2027\.zip: .*smart_188_raw/, all);
    assert.match(
      drifted![1]!,
      /^retrain refused fail on rows it never saw: recall was 0\.\d+, must be at least 0\.70/,
      all,
    );
    assert.match(waiting!.join(), /^keep recorded held: cool-down for another 6 d/, all);
    assert.match(after!.join(), /^keep recorded held: cool-down for another 5 d/, all);
    assert.equal(await story.serves(), 'v1');
    const verdicts = await story.verdicts();
    assert.match(verdicts['data_Q1_2027.zip']!, /^fail by v1/);
    for (const quarter of ['data_Q1_2026.zip', 'data_Q1_2029.zip']) assert.doesNotMatch(verdicts[quarter]!, /^fail/);
  });
});
