import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { queriesOf } from '../../../../src/data/sql/queries.js';
import { splitStatements, statementAt } from '../../../../src/data/sql/statements.js';
import { tmpdir } from 'node:os';

const all = (sql: string) => splitStatements(sql).flatMap(queriesOf);

describe('queries within a SQL text', () => {
  it('finds each CTE and the select behind them, at their places', () => {
    const sql = `-- all
WITH a AS (SELECT ')' AS x, 1 AS y), "b c" (z) AS NOT MATERIALIZED (SELECT y FROM a /* ( */)
-- last
SELECT * FROM "b c"`;
    const found = all(sql);
    assert.deepEqual(
      found.map(({ name, kind, from }) => [name, kind, sql.slice(from, from + 6)]),
      [
        ['a', 'cte', 'a AS ('],
        ['b c', 'cte', '"b c" '],
        [undefined, 'select', 'SELECT'],
      ],
    );
    assert.match(found[1]!.sql, /\)\nSELECT \* FROM "b c"$/);
  });

  it('knows views and tables that are made, and passes over macros', () => {
    const sql = `CREATE MACRO m(x) AS x + 1; CREATE OR REPLACE TEMP VIEW s.v (a) AS WITH q AS (SELECT 1) FROM q; DROP VIEW v; FROM v`;
    assert.deepEqual(
      all(sql).map(({ name, kind }) => [name, kind]),
      [
        ['v', 'view'],
        ['q', 'cte'],
        [undefined, 'select'],
      ],
    );
  });

  it('a text that is not finished yet has those that are', () => {
    assert.deepEqual(
      all('WITH a AS (SELECT 1), b AS (SELECT (2').map(({ name }) => name),
      ['a', undefined],
    );
    assert.deepEqual(all('WITH'), [{ name: undefined, kind: 'select', from: 0, to: 4, sql: 'WITH' }]);
  });

  it('every query of the templates is one that the database reads', async () => {
    const templates = readdirSync('templates').filter((name) => !name.includes('.'));
    const texts = templates.map((name) => readFileSync(`templates/${name}/features.sql`, 'utf8'));
    const queries = texts.flatMap(all);
    assert.ok(queries.length > texts.length);
    await withSession({ folders: [tmpdir()] }, async ({ connection }) => {
      for (const { sql } of queries) {
        const extracted = await connection.extractStatements(sql);
        assert.equal(extracted.count, 1, sql);
      }
    });
  });
});

describe('the statement at a place', () => {
  const sql = 'SELECT 1; -- one\n\n-- two\nSELECT 2\n;\n';
  const at = (place: number) => statementAt(sql, place)?.text;

  it('is the one that it stands in, right behind its end, or above its beginning', () => {
    assert.equal(at(0), 'SELECT 1');
    assert.equal(at(9), 'SELECT 1');
    assert.match(at(sql.indexOf('-- two'))!, /SELECT 2$/);
    assert.match(at(sql.length)!, /SELECT 2$/);
    assert.equal(statementAt('  ', 1), undefined);
  });
});
