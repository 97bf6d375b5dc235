import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { GateAnswer } from '../../../src/documents/gate-answer.js';
import { mlops } from '../../support/cli.js';
import { scoredTable } from '../../support/re-splits.js';
import { temporaryFolder } from '../../support/temporary.js';

const splits = Number(process.env.MLOPS_RE_SPLITS ?? 100);

/** As a person would: a project from a table, split by another seed each time, trained anew and judged on what is left. */
describe(`${splits} undrifted re-splits of a table of 1,200 rows`, function () {
  this.timeout(splits * 60_000);
  const place = temporaryFolder();
  const project = join(place.path, 'people');

  before(async () => {
    const { part } = scoredTable(1200, 3);
    const names = part.matrix.columns;
    const rows = part.recordIds.map((id, row) =>
      [id, ...part.matrix.values.map((column) => column[row]), part.slices![0]!.text[row], part.target[row]].join(','),
    );
    const table = join(place.path, 'people.csv');
    writeFileSync(table, [['id', ...names, 'plan', 'left'].join(','), ...rows].join('\n'));
    const made = await mlops(['init', project, '--from', table, '--target', 'left', '--entity', 'id']);
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'people', '--project', project]);
    place.remove();
  });

  it('fail at most once in 100, and warn at most 10 times', async () => {
    const file = join(project, 'mlops.json');
    const counts: Record<string, number> = {};
    const alarms: string[] = [];
    for (let seed = 0; seed < splits; seed++) {
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"seed": \d+, "train"/, `"seed": ${seed}, "train"`));
      await mlops(['run', '--project', project]);
      const told = await mlops(['gate', '--json', '--project', project]);
      const [answer] = [JSON.parse(told.stdout) as GateAnswer | GateAnswer[]].flat();
      counts[answer!.verdict] = (counts[answer!.verdict] ?? 0) + 1;
      const amiss = answer!.gates.filter(({ status }: MonitoringResults['gates'][number]) => status !== 'pass');
      alarms.push(...amiss.map(({ message }) => `${seed}: ${message}`));
    }
    process.stdout.write(`${[JSON.stringify(counts), ...alarms].join('\n')}\n`);
    const { fail = 0, warn = 0, inconclusive = 0, error = 0 } = counts;
    assert.deepEqual([inconclusive, error], [0, 0], alarms.join('\n'));
    assert.ok(fail <= splits / 100 && warn <= splits / 10, alarms.join('\n'));
  });
});
