import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { identifier } from '../../../../src/data/duckdb/sql.js';
import { checkSql, type CheckedSql } from '../../../../src/data/duckdb/checking/check-sql.js';
import { placeOfError } from '../../../../src/data/duckdb/checking/error-place.js';
import { sqlFindings } from '../../../../src/project/authoring/sql-findings.js';
import { messagesOf } from '../../project/authoring/messages-table.js';
import { sampleFacts, sampleText } from '../../project/authoring/sample.js';

const soon = 500;

describe('features.sql while it is written', () => {
  const sample = sampleText('features.sql');
  const project = sampleText('mlops.json');
  const messages = messagesOf('features.sql');
  let folder: string;

  before(() => (folder = mkdtempSync(join(tmpdir(), 'mlops-sql-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const check = (sql: string, bind = true): Promise<CheckedSql> =>
    withSession({ folders: [folder], memoryLimit: '256MB', threads: 1 }, async (session) => {
      for (const [name, columns] of Object.entries(sampleFacts.tables ?? {})) {
        const list = columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
        await session.run(`CREATE TABLE ${identifier(name)} (${list})`);
      }
      return checkSql(session, sql, { bind });
    });
  const findings = async (sql: string) => sqlFindings(sql, await check(sql), { project, isFeatures: true });

  it('has nothing said of the sample as it is, whose columns are told', async () => {
    const { problems, columns } = await check(sample);
    assert.deepEqual(problems, []);
    assert.deepEqual(columns, sampleFacts.features);
    assert.ok(messages.length >= 13, `found ${messages.length} lines`);
    assert.ok(messages.length + messagesOf('mlops.json').length >= 40);
  });

  for (const { instead, typed, marked, says, offers } of messages)
    it(`marks ${marked} in ${typed}`, async () => {
      assert.ok(sample.includes(instead), `the sample has no ${instead}`);
      const text = sample.replace(instead, () => typed);
      const begin = performance.now();
      const all = await findings(text);
      assert.ok(performance.now() - begin < soon, `${performance.now() - begin} ms`);
      const found = all.find(({ message }) => message === says);
      assert.ok(found, JSON.stringify(all, undefined, 1));
      assert.equal(text.slice(found.from, found.to), marked);
      const [fix] = found.fixes;
      assert.equal(fix?.title ?? '', offers);
      if (fix === undefined || 'command' in fix) return;
      const mended = text.slice(0, fix.from) + fix.text + text.slice(fix.to);
      assert.ok(!(await findings(mended)).some(({ message }) => message === says), 'it is said still');
    });

  it('runs nothing: neither a table of a trillion rows, nor what reads a file', async () => {
    const begin = performance.now();
    const { problems } = await check(
      `CREATE TABLE much AS SELECT sum(a.range) AS s FROM range(1000000000000) a;\nSELECT * FROM much`,
    );
    assert.deepEqual(problems, []);
    assert.ok(performance.now() - begin < 2 * soon);
    const { problems: refused } = await check(`SELECT * FROM read_csv('/etc/passwd')`);
    assert.match(refused[0]!.message, /Permission Error|disabled/);
    const { problems: written } = await check('DELETE FROM backblaze;\nSELECT 1');
    assert.match(written[0]!.message, /found DELETE, expected CREATE/);
  });

  it('is parsed and nothing more where nobody trusts the folder', async () => {
    const { problems, columns } = await check(`SELECT * FROM read_csv('/etc/passwd')`, false);
    assert.deepEqual([problems, columns], [[], null]);
    const { problems: broken } = await check('SELECT * x FROM', false);
    assert.match(broken[0]!.message, /Parser Error/);
  });

  it('finds the place in a line of which the error shows a part', () => {
    const sql = `SELECT ${'1, '.repeat(60)}smart, ${'2, '.repeat(60)}3 FROM t`;
    const shown = sql.slice(sql.indexOf('smart') - 30, sql.indexOf('smart') + 40);
    const message = `Binder Error: no "smart"\n\nLINE 1: ...${shown}...\n${' '.repeat(8 + 3 + 30)}^`;
    const { from, to } = placeOfError(message, sql);
    assert.equal(sql.slice(from, to), 'smart');
  });
});
