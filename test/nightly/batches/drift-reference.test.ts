import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { changeProject } from '../../support/aws-project.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const perMonth = 40;
/** Half of 40 values one above, half one below their mean: the standard deviation over n − 1. */
const deviation = Math.sqrt(perMonth / (perMonth - 1));

/** Rows of one month whose x is `mean` ± 1, in turn; of things that no other month has. */
function month(text: string, mean: number): string[] {
  return Array.from({ length: perMonth }, (_, at) => {
    const x = mean + (at % 2 === 0 ? 1 : -1);
    return `${text}-${at},${text}-${String(1 + (at % 28)).padStart(2, '0')},${x},${2 * x + (at % 5)}`;
  });
}

describe('what drift is compared with', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const project = join(place.path, 'readings');
  const at = ['--project', project];
  const file = (name: string, ...rows: string[][]) => {
    const path = join(place.path, name);
    writeFileSync(path, `${['id,day,x,y', ...rows.flat()].join('\n')}\n`);
    return path;
  };
  const refer = (word: string) => changeProject(project, ['monitor', 'reference'], word);
  const judge = (path: string) => mlopsJson<MonitoringResults>(['judge', path, '--again', ...at]);
  const near = (found: number | null | undefined, wanted: number) =>
    assert.ok(Math.abs(found! - wanted) < 1e-9, `${found} is not ${wanted}`);
  const zOf = ({ columns }: MonitoringResults) => columns.find(({ column }) => column === 'x')!.z;

  let january: string;
  let february: string;
  before(async () => {
    // x is ten times the month, from January to June 2025.
    const table = [1, 2, 3, 4, 5, 6].map((number) => month(`2025-0${number}`, 10 * number));
    const asked = ['--target', 'y', '--entity', 'id', '--time', 'day'];
    const made = await mlops(['init', project, '--from', file('readings.csv', ...table), ...asked]);
    assert.equal(made.code, 0, made.stderr);
    changeProject(project, ['model', 'candidates', 1], undefined);
    const ran = await mlops(['run', ...at]);
    assert.ok(ran.code !== 2 && ran.code !== 4, ran.stderr);
    january = file('january.csv', month('2026-01', 15));
    february = file('february.csv', month('2026-02', 21));
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'readings', ...at]);
    place.remove();
  });

  it('is a fixed period, whatever part of the project its rows stand in', async () => {
    refer('2025-02/2025-02');
    const results = await judge(february);
    near(zOf(results), 1 / deviation);
    assert.equal(results.notes![0], 'Drift is compared with 2025-02 to 2025-02 (40 rows).');
    refer('2025-02-01/2025-03-31');
    // 40 values of 20 ± 1 and 40 of 30 ± 1: mean 25, variance (80 · 26) / 79.
    near(zOf(await judge(february)), 4 / Math.sqrt((80 * 26) / 79));
  });

  it('is the batch before; of the first one it is the baseline, which is said', async () => {
    refer('previous');
    const first = await judge(january);
    assert.equal(first.notes![0], 'Drift is compared with the baseline, for no batch came before this one.');
    const { code, stdout } = await mlops(['judge', february, '--again', ...at]);
    assert.match(stdout, /Drift is compared with the batch before, january\.csv \(40 rows\)\./);
    assert.notEqual(code, 2);
    near(zOf(await judge(february)), 6 / deviation);
  });

  it('is the same season: the same months of the years before', async () => {
    refer('season');
    const results = await judge(february);
    near(zOf(results), 1 / deviation);
    assert.deepEqual(results.driftReference, {
      ...{ reference: 'season', rows: 40, text: 'Drift is compared with the same months of 2025 (40 rows).' },
    });
    // January of 2026 is of a year before too, and no longer the only one.
    const later = await judge(file('later.csv', month('2027-01', 20)));
    near(zOf(later), 7.5 / Math.sqrt((80 * (1 + 2.5 ** 2)) / 79));
    assert.match(later.notes![0]!, /the same months of 2025, 2026 \(80 rows\)/);
  });

  it('is refused where it has no row, and where it is no word or period, at its line', async () => {
    for (const [word, told] of [
      ['2019-01/2019-03', /monitor\.reference: found no row of 2019-01 to 2019-03 beside .* are of 2025-01-01 to 202/],
      [
        'previos',
        /mlops\.json:\d+:\d+: monitor\.reference: found "previos", expected .* \(did you mean "previous"\?\)/,
      ],
      ['2025-02-30/2025-03', /found "2025-02-30\/2025-03", expected "baseline", "previous", "season", or a period/],
      ['2025-04/2025-03', /which ends before it begins/],
    ] as const) {
      refer(word);
      const { code, stderr } = await mlops(['judge', february, '--again', ...at]);
      assert.equal(code, 2, stderr);
      assert.match(stderr, told);
    }
    refer('season');
    const early = await mlops([
      'judge',
      file(
        'early.csv',
        month('2025-03', 30).map((row) => `n${row}`),
      ),
      ...at,
    ]);
    assert.equal(early.code, 2, early.stdout);
    assert.match(early.stderr, /found no row of the same months of the years before/);
  });
});
