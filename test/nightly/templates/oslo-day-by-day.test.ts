import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { latestRecords } from '../../../src/data/feature-group.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import type { Run } from '../../../src/documents/run.js';
import { averagePrecision } from '../../../src/models/metrics/ranking.js';
import { scoreGroups } from '../../../src/models/metrics/score-groups.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { describeWithData, sharedData } from '../../support/shared-data.js';

const status = 'bikeshare/oslo_station_status_2024-09-02_08.csv.gz';
const days = ['04', '05', '06', '07', '08'].map((day) => `2024-09-${day}`);

/** The day is judged by what was learned before it, an hour left out; of that the last tenth says when to stop. */
const partsFor = (day: string) => `CREATE TABLE parts AS
WITH earlier AS (
  SELECT dt, row_number() OVER (ORDER BY dt) / count(*) OVER () AS rank
  FROM (SELECT DISTINCT dt FROM seen) WHERE dt < DATE '${day}' - INTERVAL 60 MINUTE
)
SELECT dt, CASE WHEN rank <= 0.9 THEN 'train' ELSE 'validation' END AS part FROM earlier
UNION ALL
SELECT DISTINCT dt, 'test' FROM seen WHERE dt::DATE = DATE '${day}';
`;

describeWithData('bikes in Oslo, day by day, each by what was learned before it', status, function () {
  this.timeout(1_800_000);
  let project: MadeProject;

  before(async () => (project = await madeProject('bikeshare')));
  after(() => project.remove());

  /** Average precision of the model, and of counting the bikes that are there now, on the very same rows. */
  async function judged(day: string): Promise<{ model: number; bikes: number }> {
    const path = join(project.folder, 'features.sql');
    const sql = readFileSync(path, 'utf8');
    const from = sql.indexOf('CREATE TABLE parts AS');
    const after = sql.indexOf(';\n', from) + 2;
    writeFileSync(path, sql.slice(0, from) + partsFor(day) + sql.slice(after));
    const sources = ['--source', `status=${sharedData(status)}`];
    sources.push('--source', `stations=${sharedData('bikeshare/oslo_station_information.csv')}`);
    const run = await mlopsJson<Run>(['run', '--to', 'train', '--project', project.folder, ...sources]);
    assert.equal(run.error, null);

    const bucket = join(project.folder, '.mlops/buckets/bikeshare');
    const versions = readdirSync(join(bucket, 'artifacts/eval')).map((name) => Number(name.slice(1)));
    const key = join(bucket, 'artifacts/eval', `v${Math.max(...versions)}`, 'evaluation.json');
    const { models } = JSON.parse(readFileSync(key, 'utf8')) as Evaluation;
    const test = models[0]!.evaluations.find(({ split }) => split === 'test')!;

    const group = join(bucket, 'feature-store/bikeshare-test');
    const files = readdirSync(group, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => join(group, name));
    const raw = sharedData(status);
    const folders = [...new Set([...files.map((file) => dirname(file)), dirname(raw)])];
    const rows = await withSession({ folders }, (session) =>
      session.rows(`WITH now AS (
          SELECT station_id::VARCHAR AS station_id, snapshot_last_updated // 300 AS step,
            arg_max(num_bikes_available, snapshot_last_updated) AS bikes
          FROM read_csv('${raw}') GROUP BY ALL
        )
        SELECT stockout::DOUBLE AS label, now.bikes::DOUBLE AS bikes FROM (${latestRecords(files)}) r
        JOIN now ON now.station_id = r.station_id AND now.step = epoch(r.dt::TIMESTAMP)::BIGINT // 300`),
    );
    assert.equal(rows.length, test.figures.n, 'the same rows');
    const labels = rows.map(({ label }) => Number(label));
    const counted = rows.map(({ bikes }) => -Number(bikes));
    return { model: Number(test.figures.average_precision), bikes: averagePrecision(scoreGroups(labels, counted))! };
  }

  it('run out where the model says so, better than where few are now: 0.02 of average precision over the days, and on each', async () => {
    const gains: number[] = [];
    const told: string[] = [];
    for (const day of days) {
      const { model, bikes } = await judged(day);
      told.push(`${day}: ${model.toFixed(4)}, counting bikes ${bikes.toFixed(4)}`);
      assert.ok(model > bikes + 0.01, `${day}: ${model} and ${bikes}`);
      gains.push(model - bikes);
    }
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    assert.ok(mean >= 0.02, `${mean} over the days: ${told.join('; ')}`);
  });
});
