import assert from 'node:assert/strict';
import { splitStatements } from '../../../../src/data/sql/statements.js';

describe('splitting SQL into statements', () => {
  const texts = (sql: string) => splitStatements(sql).map(({ text }) => text);

  it('ends a statement at a semicolon, but not in texts, names, comments or dollar quotes', () => {
    assert.deepEqual(texts(`SELECT ';', "a;b" -- c;d\n; SELECT $x$ ; $x$ /* ; */; SELECT E'it\\';s'`), [
      `SELECT ';', "a;b" -- c;d`,
      'SELECT $x$ ; $x$ /* ; */',
      `SELECT E'it\\';s'`,
    ]);
    assert.deepEqual(texts(`SELECT 'it''s;'; SELECT 2`), [`SELECT 'it''s;'`, 'SELECT 2']);
  });

  it('leaves out what is nothing but comments, and knows the line on which a statement begins', () => {
    const sql = '-- one\n\nSELECT 1;\n\n-- two\nSELECT 2;\n-- the end\n';
    assert.deepEqual(splitStatements(sql), [
      { text: '-- one\n\nSELECT 1', line: 1, from: 0, to: 16 },
      { text: '-- two\nSELECT 2', line: 5, from: 19, to: 34 },
    ]);
  });

  it('takes no name that ends in e for the beginning of a text with escapes', () => {
    assert.deepEqual(texts(String.raw`SELECT date'2020\'; COPY x TO 'y'; SELECT '1'`), [
      String.raw`SELECT date'2020\'`,
      `COPY x TO 'y'`,
      `SELECT '1'`,
    ]);
  });
});
