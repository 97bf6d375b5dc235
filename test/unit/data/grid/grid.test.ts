import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, type Session } from '../../../../src/data/duckdb/session.js';
import { literal } from '../../../../src/data/duckdb/sql.js';
import { openGrid, type Grid } from '../../../../src/data/grid/open.js';
import { fileRelation } from '../../../../src/data/grid/relation.js';
import type { GridView } from '../../../../src/documents/grid/grid.js';
import { makeGridTable } from '../../../support/grid-table.js';

const total = 300_000;
const plain: GridView = { sort: null, filters: {} };

for (const ending of ['parquet', 'csv', 'jsonl'])
  describe(`a grid over .${ending}`, function () {
    this.timeout(60_000);
    let [folder, path] = ['', ''];
    let session: Session;
    let grid: Grid;
    const size = ending === 'parquet' ? total : 5_000;
    const at = (name: string) => grid.table.columns.findIndex((column) => column.name === name);
    const all = () => grid.table.columns.map((_, column) => column);
    const page = async (view: GridView, from: number, count: number, columns = all()) =>
      (await grid.rows({ view, from, count, columns })).cells;
    /** DuckDB's own answer to the same question, every value as its text. */
    const asked = async (rest: string) => {
      const rows = await session.rows(`SELECT columns(*)::VARCHAR FROM (SELECT * EXCLUDE (owner) FROM known ${rest})`);
      return rows.map((row) => Object.values(row));
    };
    const known = () => all().filter((column) => column !== at('owner'));

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'mlops-grid-'));
      path = await makeGridTable(folder, `table.${ending}`, size);
      session = await openSession({ folders: [folder] });
      grid = openGrid(session, await fileRelation(session, path, ['own*']));
      const reader = { parquet: 'read_parquet', csv: 'read_csv', jsonl: 'read_json' }[ending];
      await session.run(`CREATE VIEW known AS SELECT * FROM ${reader}(${literal(path)})`);
    });
    after(() => {
      session.close();
      rmSync(folder, { recursive: true });
    });

    it('counts all rows and gives the last ones at once', async () => {
      assert.equal(grid.table.total, size);
      const cells = await page(plain, size - 10, 100, [at('id'), at('long')]);
      assert.equal(cells.length, 10);
      assert.deepEqual(cells.at(-1), [String(size - 1), String(9007199254740993n + BigInt(size) - 1n)]);
    });

    it('sorted and filtered rows are those that DuckDB gives', async () => {
      const sort = { column: at('reading'), descending: true };
      const filters = { [at('label')]: 'TEXT 1', [at('id')]: '> 100', [at('failed')]: 'no' };
      const where = `WHERE contains(lower(label), 'text 1') AND id > 100 AND NOT failed`;
      const order = 'ORDER BY reading DESC NULLS LAST, id';
      const found = await grid.rows({ view: { sort, filters }, from: 300, count: 150, columns: known() });
      assert.deepEqual(found.cells, await asked(`${where} ${order} LIMIT 150 OFFSET 300`));
      assert.equal(found.total, Number((await session.rows(`SELECT count(*) AS n FROM known ${where}`))[0]!.n));
      assert.deepEqual(
        await page({ sort: null, filters }, 200, 50, known()),
        await asked(`${where} ORDER BY id LIMIT 50 OFFSET 200`),
      );
      assert.deepEqual(
        await page({ sort, filters: {} }, size - 5, 9, known()),
        await asked(`${order} OFFSET ${size - 5}`),
      );
    });

    it('covers what is private, and neither sorts, finds, counts, copies nor writes it', async () => {
      assert.deepEqual(await page(plain, 0, 1, [at('owner')]), [['•••']]);
      const byOwner: GridView = { sort: { column: at('owner'), descending: true }, filters: {} };
      assert.deepEqual(await page(byOwner, 0, 2, [at('id')]), [['0'], ['1']]);
      const found = await grid.rows({
        view: { sort: null, filters: { [at('owner')]: 'person 7' } },
        from: 0,
        count: 1,
        columns: [0],
      });
      assert.equal(found.total, 0);
      assert.doesNotMatch(JSON.stringify(await grid.statistics(plain, at('owner'))), /person/);
      assert.doesNotMatch(JSON.stringify(await grid.heads([at('owner')])), /person/);
      const copied = await grid.copy({ view: plain, from: 0, count: 2, columns: [at('id'), at('owner')], named: true });
      assert.equal(copied.text, 'id\towner\n0\t•••\n1\t•••');
    });

    it('tells how columns look, and all about one', async () => {
      const [reading, failed] = await grid.heads([at('reading'), at('failed')]);
      assert.equal(reading!.nullShare, 0.2);
      assert.ok(reading!.bars.length === 10 && Math.max(...reading!.bars) === 1, String(reading!.bars));
      assert.equal(reading!.sampled, ending === 'parquet' ? 16_384 : null);
      assert.equal(failed!.bars.length, 2);
      const about = await grid.statistics({ sort: null, filters: { [at('id')]: '< 1000' } }, at('id'));
      const facts = Object.fromEntries(about.facts.map(({ name, value }) => [name, value]));
      assert.deepEqual(facts, {
        empty: '0 %',
        distinct: '1000',
        min: '0',
        median: '499',
        mean: '499.5',
        p99: '989',
        zeros: '0.1 %',
        max: '999',
      });
      assert.equal(about.bars.length, 20);
      assert.ok(Math.abs(about.bars.reduce((sum, bar) => sum + bar.share, 0) - 1) < 1e-9);
      assert.equal((await grid.statistics(plain, at('label'))).commonest.length, 5);
    });

    it('writes the rows that are shown, in their order', async () => {
      const view: GridView = {
        sort: { column: at('reading'), descending: false },
        filters: { [at('id')]: '100..199' },
      };
      for (const name of ['out.csv', 'out.parquet']) {
        assert.deepEqual(await grid.save(view, [at('id'), at('exact'), at('owner')], join(folder, name)), {
          rows: 100,
        });
        const rows = await session.rows(`SELECT * FROM ${literal(join(folder, name))}`);
        const ids = (await page(view, 0, 100, [at('id')])).map(([id]) => Number(id));
        assert.deepEqual(
          rows.map(({ id }) => id),
          ids,
        );
        assert.ok(rows.every(({ owner }) => owner === '•••'));
      }
    });
  });
