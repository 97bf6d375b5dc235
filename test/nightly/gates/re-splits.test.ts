import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { GateAnswer } from '../../../src/documents/gates/gate-answer.js';
import { randomSource } from '../../../src/models/random-source.js';
import { mlops } from '../../support/cli.js';
import { scoredTable, type Scored } from '../../support/re-splits.js';
import { temporaryFolder } from '../../support/temporary.js';

const splits = Number(process.env.MLOPS_RE_SPLITS ?? 100);

/** What is predicted of a row: a flag whose probability is known, or a number that is known but for its noise. */
const targets: Record<string, (table: Scored) => (string | number)[]> = {
  flag: ({ part }) => [...part.target].map((flag) => (flag === 1 ? 'yes' : 'no')),
  // Half of its variance is noise with long tails, as of prices.
  number: ({ part }) => {
    const random = randomSource(17);
    const [age, income, visits] = part.matrix.values as [Float64Array, Float64Array, Float64Array];
    const noise = () => Math.log(random() / (1 - random()));
    return [...age].map((one, row) =>
      (20 + 1.2 * one + 0.5 * Math.min(5, income[row]!) - 0.8 * visits[row]! + noise()).toFixed(4),
    );
  },
};

/** As a person would: a project from a table, split by another seed each time, trained anew and judged on what is left. */
for (const [kind, targetOf] of Object.entries(targets))
  describe(`${splits} undrifted re-splits of a table of 1,200 rows whose target is a ${kind}`, function () {
    this.timeout(splits * 60_000);
    const place = temporaryFolder();
    const project = join(place.path, 'people');

    before(async () => {
      const scored = scoredTable(1200, 3);
      const { part } = scored;
      const target = targetOf(scored);
      const rows = part.recordIds.map((id, row) =>
        [id, ...part.matrix.values.map((column) => column[row]), part.slices![0]!.text[row], target[row]].join(','),
      );
      const table = join(place.path, 'people.csv');
      writeFileSync(table, [['id', ...part.matrix.columns, 'plan', 'left'].join(','), ...rows].join('\n'));
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
