import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../../src/common/errors.js';
import { latestRecords } from '../../../src/data/feature-group.js';
import { type Row, withSession } from '../../../src/data/duckdb/session.js';
import { type PartName, partNames } from '../../../src/common/parts.js';
import { entityHash } from '../../../src/data/split.js';
import { parquetFiles } from '../../../src/data/duckdb/sql.js';
import { features } from '../../../src/pipeline/stages/features.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { projectFile, type Workplace, workplace } from '../../support/stage-context.js';

const split = { by: 'entity', seed: 42, train: 0.4, validation: 0.1, test: 0.1, production: 0.4 };

describe('making feature groups', () => {
  let place: Workplace;
  const made = (sql: string, part: object = {}, sources: object = { things: { files: 'data/things.csv' } }) => {
    const shape = { sources, features: { entity: 'id', time: 'day', split }, ...part };
    place = workplace(projectFile(shape), { 'features.sql': sql });
    mkdirSync(join(place.folder, 'data'));
  };
  const things = (n: number, more: (i: number) => string = (i) => `${i % 7}`) => {
    const lines = Array.from(
      { length: n },
      (_, i) => `T${i},2025-01-0${1 + (i % 9)},${more(i)},${i % 10 === 0 ? 1 : 0}`,
    );
    writeFileSync(join(place.folder, 'data', 'things.csv'), `id,day,x,y\n${lines.join('\n')}\n`);
  };
  const ask = async (part: PartName, sql: (files: string[]) => string): Promise<Row[]> => {
    const files = await place.context.environment.features.files(`made-${part}`);
    return withSession({ folders: files.map((file) => dirname(file)) }, (session) => session.rows(sql(files)));
  };
  const latest = (part: PartName) => ask(part, (files) => `SELECT * FROM (${latestRecords(files)}) ORDER BY record_id`);
  const all = 'SELECT * FROM things';
  afterEach(() => place.end());

  it('divides entities by hash and counts, every one in exactly one part', async () => {
    made(all);
    things(101);
    await place.run(ingest);
    const { figures, outputs } = await place.run(features);
    const sizes = partNames.map((part) => figures[`rows_${part}`]);
    assert.deepEqual(sizes, [40, 10, 10, 41]);
    assert.equal(outputs.length, 4);
    // The rule as the manifest words it, by hand.
    const order = Array.from({ length: 101 }, (_, i) => `T${i}`).sort((a, b) =>
      entityHash(42, a) < entityHash(42, b) ? -1 : 1,
    );
    const validation = (await latest('validation')).map(({ id }) => id).sort();
    assert.deepEqual(validation, order.slice(40, 50).sort());
  });

  it('writes records with the offline store columns, nulls left null', async () => {
    made(all);
    things(20, (i) => (i % 2 ? '' : `${i}`));
    await place.run(ingest);
    await place.run(features);
    const columns = await ask('train', (files) => `DESCRIBE SELECT * FROM ${parquetFiles(files)}`);
    assert.deepEqual(
      columns.map(({ column_name, column_type }) => [column_name, column_type]),
      [
        ['record_id', 'VARCHAR'],
        ['event_time', 'DOUBLE'],
        ['id', 'VARCHAR'],
        ['day', 'DATE'],
        ['x', 'BIGINT'],
        ['y', 'BIGINT'],
        ['write_time', 'TIMESTAMP'],
        ['api_invocation_time', 'TIMESTAMP'],
        ['is_deleted', 'BOOLEAN'],
      ],
    );
    const rows = await latest('train');
    assert.equal(rows.length, 8);
    for (const { record_id, id, day, x, event_time } of rows) {
      assert.equal(record_id, `${String(id)}_${String(day)}`);
      assert.equal(x, Number(String(id).slice(1)) % 2 ? null : Number(String(id).slice(1)));
      assert.equal(event_time, place.context.now.getTime() / 1000);
    }
    const group = await place.context.environment.features.describe('made-train');
    assert.equal(group?.rows, 8);
    assert.deepEqual(
      group?.features.map(({ type }) => type),
      ['String', 'Fractional', 'String', 'String', 'Integral', 'Integral'],
    );
  });

  it('keeps the group: a new build replaces values, and marks records that vanished as deleted', async () => {
    made(all);
    things(50);
    await place.run(ingest);
    await place.run(features);
    const before = await latest('train');
    things(50, () => '99');
    const gone = String(before[0]!.id);
    const file = join(place.folder, 'data', 'things.csv');
    writeFileSync(file, readFileSync(file, 'utf8').replace(new RegExp(`^${gone},.*\\n`, 'm'), ''));
    await place.run(ingest);
    await place.run(features, { later: 60 });
    const after = await latest('train');
    assert.ok(after.every(({ x }) => x === 99));
    assert.ok(!after.some(({ id }) => id === gone));
    const [deleted] = await ask(
      'train',
      (files) => `SELECT count(*) AS n FROM ${parquetFiles(files)} WHERE is_deleted AND id IS NULL`,
    );
    assert.ok(Number(deleted?.n) >= 1);
  });

  it('gives a build a later event time than the one before, also when the clock stands still', async () => {
    made(all);
    things(50);
    await place.run(ingest);
    await place.run(features);
    const [first] = await latest('train');
    await place.run(features, { later: -3600 });
    const [second] = await latest('train');
    assert.ok(Number(second!.event_time) > Number(first!.event_time));
  });

  it('writes the same records for the same rows', async () => {
    made(all);
    things(50);
    await place.run(ingest);
    const one = await place.run(features);
    const sha = one.outputs.map(({ sha256 }) => sha256);
    const other = place;
    made(all);
    things(50);
    await place.run(ingest);
    assert.deepEqual(
      (await place.run(features)).outputs.map(({ sha256 }) => sha256),
      sha,
    );
    other.end();
  });

  it('says what is wrong with a result that cannot be a feature group', async () => {
    made(all);
    things(50);
    await place.run(ingest);
    for (const [sql, expected] of [
      [
        'SELECT id, day, x FROM things',
        /features\.sql: found no column y in its result, expected id, day, y and features/,
      ],
      [
        'SELECT * FROM things UNION ALL SELECT * FROM things',
        /found 2 rows of T0_2025-01-01, expected one row for each id, day/,
      ],
      ['SELECT * REPLACE (NULL::VARCHAR AS id) FROM things', /found 50 rows without id, day/],
      ['SELECT *, 1 AS event_time FROM things', /found a column event_time/],
      ['SELECT * REPLACE (y + 1 AS y) FROM things', /found 2 in column y, expected 0 or 1|found 1 in/],
      ['SELECT * FROM things WHERE false', /found no row for training/],
      ['SELECT *\nFROM thing', /features\.sql, line 2: Catalog Error: .*thing/],
    ] as const) {
      place.context.project.sql['features.sql'] = sql;
      await assert.rejects(place.run(features), (error: unknown) => {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, expected, sql);
        return true;
      });
    }
  });

  it('asks for ingest where there is no table yet', async () => {
    made(all);
    await assert.rejects(
      place.run(features),
      /source things: found no table under curated\/, expected one: run ingest first/,
    );
  });

  it('shows the rows of a view "figures" with the run', async () => {
    made(
      "CREATE VIEW figures AS SELECT 'rows_' || y AS name, count(*) AS value FROM things GROUP BY y; SELECT * FROM things",
    );
    things(50);
    await place.run(ingest);
    const { figures } = await place.run(features);
    assert.deepEqual([figures.rows_0, figures.rows_1], [45, 5]);
  });

  it('gives an optional source that is absent as an empty table of its ready columns', async () => {
    const weather = { files: 'data/weather.csv', optional: true, ready: ['day', 'rain'], types: { rain: 'double' } };
    made(
      'SELECT t.*, rain FROM things t LEFT JOIN weather w ON w.day = t.day::VARCHAR',
      {},
      { things: { files: 'data/things.csv' }, weather },
    );
    things(50);
    await place.run(ingest);
    await place.run(features);
    assert.ok((await latest('train')).every(({ rain }) => rain === null));
  });

  describe('by a column that says the part', () => {
    const byColumn = (over: object) => ({
      features: { entity: 'id', split: { by: 'column', column: 'part', ...over } },
    });
    const parted = `SELECT id, x, y, CASE WHEN y = 1 THEN 'test' ELSE 'train' END AS part FROM things`;

    it('feeds parts by its values, and two parts by the same value where both learn or both judge', async () => {
      made(parted, byColumn({ validation: [], production: ['test'] }));
      things(50);
      await place.run(ingest);
      const { figures } = await place.run(features);
      assert.deepEqual(
        partNames.map((part) => figures[`rows_${part}`]),
        [45, 0, 5, 5],
      );
      assert.ok(place.messages.includes('no row stands in validation'));
      const rows = await latest('production');
      assert.deepEqual(Object.keys(rows[0]!), ['record_id', 'event_time', 'id', 'x', 'y']);
      assert.equal(rows[0]!.record_id, 'T0');
    });

    it('says which rows stand in no part', async () => {
      made(
        "SELECT id, x, y, CASE x WHEN 1 THEN 'dev' WHEN 2 THEN NULL ELSE 'train' END AS part FROM things",
        byColumn({}),
      );
      things(14);
      await place.run(ingest);
      await place.run(features);
      const told = 'column part says "dev", nothing, expected train, validation, test, production';
      assert.ok(place.messages.includes(`4 rows stand in no part: ${told}`), place.messages.join('\n'));
    });

    it('never lets a model be judged by what it learned from', async () => {
      made(parted, byColumn({ test: ['train'] }));
      things(50);
      await place.run(ingest);
      await assert.rejects(
        place.run(features),
        /features\.split: found id T\d+ in train and test, expected it in one part only/,
      );
    });

    const again = (day: string, features: object = { time: 'day' }) =>
      made(
        `SELECT id || day AS record_id, day, id, x, y, if(y = 1, 'test', 'train') AS part FROM things
          UNION ALL SELECT id || 'again', ${day}, id, x, y, 'test' FROM things WHERE id = 'T1'`,
        { features: { entity: 'id', split: { by: 'column', column: 'part' }, ...features } },
      );

    it('refuses an entity whose rows stand in two parts, where no time tells them apart', async () => {
      again('day + 31', {});
      things(50);
      await place.run(ingest);
      await assert.rejects(
        place.run(features),
        /features\.split: found id T1 in train and test, expected it in one part only/,
      );
    });

    it('takes the same entity learned from in one month and judged in the next: entity and time are the key', async () => {
      again('day + 31');
      things(50);
      await place.run(ingest);
      const { figures } = await place.run(features);
      assert.deepEqual([figures.rows_train, figures.rows_test], [45, 6]);
      assert.ok(!place.messages.some((text) => text.includes('no later than')), place.messages.join('\n'));
    });

    it('says that entities are judged by rows no later than those learned from', async () => {
      again('day - 31');
      things(50);
      await place.run(ingest);
      await place.run(features);
      const told = '1 of id (T1) are judged by rows that are no later than those learned from: the model may know them';
      assert.ok(place.messages.includes(told), place.messages.join('\n'));
    });
  });
});

describe('the house-price template', () => {
  it('goes through the same code: no zip, no time, a column that says the part', async () => {
    const folder = resolve('templates/house-prices');
    const { loadProject } = await import('../../../src/project/load.js');
    const project = await loadProject(folder);
    const place = workplace(project.file, project.sql);
    try {
      const sources = { sales: [join(folder, 'sample', 'sales.csv')] };
      assert.equal((await place.run(ingest, { sources })).figures.sales_rows, 1000);
      const { figures } = await place.run(features, { sources });
      assert.equal(figures.rows_train, 800);
      assert.equal(figures.rows_test, 200);
      assert.equal(figures.rows_production, 200, 'test rows stand in for newer sales');
    } finally {
      place.end();
    }
  });
});
