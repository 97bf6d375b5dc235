import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, readFileSync as read } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { latestRecords } from '../../../src/data/feature-group.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { features } from '../../../src/pipeline/stages/features.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { loadProject } from '../../../src/project/load.js';
import { type Workplace, workplace } from '../../support/stage-context.js';
import { writeZip } from '../../support/zips.js';

const data = resolve('../shared/data/backblaze');
const days = join(data, 'daily_2013');

describe('the hard-drive template on 25 real days', function () {
  this.timeout(120_000);
  if (!existsSync(days)) {
    it.skip('takes in 25 days and divides 21,965 drives (no ../shared/data/backblaze here)');
    return;
  }
  let place: Workplace;

  before(async () => {
    const template = resolve('templates/hdd-failure');
    const project = await loadProject(template);
    place = workplace(project.file, project.sql);
    const members = readdirSync(days).map(
      (name) => [name.replace('.gz', ''), gunzipSync(read(join(days, name)))] as const,
    );
    writeZip(join(place.folder, 'data_Q2_2013.zip'), Object.fromEntries(members));
  });
  after(() => place.end());

  it('takes in 25 days, 539,754 rows and 62 failures, and the ready table of reviews as it is', async () => {
    const sources = { backblaze: ['data_Q2_2013.zip'], reviews: [join(data, 'review_sentiment.csv')] };
    const { figures, summary, outputs, damage } = await place.run(ingest, { sources });
    assert.deepEqual(damage, []);
    assert.equal(figures.backblaze_days, 25);
    assert.equal(figures.backblaze_rows, 539_754);
    assert.equal(figures.backblaze_failure, 62);
    assert.equal(figures.reviews_rows, 4);
    assert.equal(outputs.length, 26);
    assert.match(summary, /25 days, 539,754 rows \(25 new, 0 unchanged\)/);
    const day = 'curated/backblaze_parquet/year=2013/month=04/day=10/data_Q2_2013_10.parquet';
    assert.ok(existsSync(join(place.bucket, day)));
    assert.ok(existsSync(join(place.bucket, 'raw/backblaze/zips/data_Q2_2013.zip')));
    assert.deepEqual(readdirSync(place.context.scratch), [], 'nothing half-written stays');
  });

  it('skips all days the second time', async () => {
    const sources = { backblaze: ['data_Q2_2013.zip'], reviews: [join(data, 'review_sentiment.csv')] };
    const { summary } = await place.run(ingest, { sources });
    assert.match(summary, /0 new, 25 unchanged/);
  });

  it('makes one row of each of 21,965 drives and divides them 40/10/10/40', async () => {
    const { figures } = await place.run(features);
    assert.equal(figures.entities, 21_965);
    const sizes = ['train', 'validation', 'test', 'production'].map((part) => figures[`rows_${part}`]);
    assert.deepEqual(sizes, [8_786, 2_196, 2_196, 8_787]);
    assert.equal(figures.rows_without_reviews_SAMSUNG, 14 * 25);
    const manifest = JSON.parse(readFileSync(join(place.bucket, 'features/split-manifest.json'), 'utf8')) as {
      parts: Record<string, { positives: number }>;
    };
    const positives = Object.values(manifest.parts).reduce((sum, part) => sum + part.positives, 0);
    assert.equal(positives, 62);
  });

  it('keeps readings that a drive does not report as null, and reads "Hitachi" as HGST', async () => {
    const files = await place.context.environment.features.files('hdd-failure-train');
    await withSession({ folders: files.map((file) => dirname(file)) }, async (session) => {
      const [row] =
        await session.rows(`SELECT count(*) AS n, count(smart_187_raw) AS with_187, count(smart_5_raw) AS with_5,
        count(*) FILTER (pct_one_star = 15.45) AS hgst FROM (${latestRecords(files)})`);
      assert.equal(row?.n, 8_786);
      assert.equal(row?.with_187, 0);
      assert.ok(Number(row?.with_5) > 8_000);
      assert.ok(Number(row?.hgst) > 4_000, 'more than half of the drives are Hitachi');
    });
  });
});
