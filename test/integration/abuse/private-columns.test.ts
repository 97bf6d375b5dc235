import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Run } from '../../../src/documents/run.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { mlops } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';

/** Stands in every value of the private columns, and nowhere else. */
const canary = 'ZQX';

describe('private columns', function () {
  this.timeout(180_000);
  let project: TableProject;
  const said: string[] = [];
  const at = (...path: string[]) => join(project.folder, ...path);
  const run = async (...words: string[]) => {
    const answer = await mlops([...words, '--project', project.folder]);
    said.push(`${words.join(' ')}\n${answer.stdout}\n${answer.stderr}`);
    return answer;
  };

  before(async () => {
    project = await tableProject(1500);
    // Whose row it is, and a number that says so as well.
    const [header, ...rows] = readFileSync(project.data, 'utf8').trim().split('\n');
    const marked = rows.map((row, place) => `${canary}${row},${canary}-ssn-${place}`);
    writeFileSync(project.data, [`${header},ssn`, ...marked, ''].join('\n'));
    const sql = readFileSync(at('features.sql'), 'utf8');
    writeFileSync(at('features.sql'), sql.replace(/customer_id/, 'ssn, customer_id'));
    project.edit('"sources"', '"private": ["customer_id", "ss*"],\n  "sources"');
  });
  after(() => project.remove());

  /** Everything below a folder that holds the canary, archives opened; Parquet by its values. */
  async function tellers(folder: string): Promise<string[]> {
    const found: string[] = [];
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name, parentPath } of names) {
      const path = join(parentPath, name);
      if (/[/\\](raw|curated|feature-store)[/\\]/.test(path)) continue;
      let bytes = readFileSync(path);
      if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
      const text = name.endsWith('.parquet') ? await rowsText(path) : bytes.toString('latin1');
      if (text.includes(canary)) found.push(path.slice(folder.length));
    }
    return found;
  }
  const rowsText = (path: string) =>
    withSession({ folders: [join(path, '..')] }, async (session) =>
      JSON.stringify(await session.rows(`SELECT * FROM read_parquet('${path}')`)),
    );

  it('are in nothing that a run writes, says or reports', async () => {
    const { code, stderr } = await run('run', '--json');
    assert.ok([0, 1, 3].includes(code!), stderr);
    assert.match(stderr, /left out as private: ssn/);
    const made = JSON.parse(said[0]!.slice(said[0]!.indexOf('{'), said[0]!.lastIndexOf('}') + 1)) as Run;
    assert.equal(made.status, 'succeeded');
    assert.ok(readFileSync(project.data, 'utf8').includes(canary));
    assert.deepEqual(await tellers(at('.mlops')), []);
  });

  it('are in no capture, though they were sent beside what the model looks at', async () => {
    const { stdout } = await run('endpoint', 'show', 'customers', '--json');
    const metadata = readFileSync(at('.mlops/buckets/customers/artifacts/models/v1/model_metadata.json'), 'utf8');
    const { inputs } = JSON.parse(metadata) as { inputs: { name: string; type: string }[] };
    assert.ok(stdout.length > 0);
    const row = Object.fromEntries(inputs.map(({ name, type }) => [name, type === 'number' ? 1 : 'basic']));
    const body = { features: { ...row, customer_id: `${canary}1`, ssn: `${canary}-2` } };
    const { code, stderr } = await run('endpoint', 'invoke', 'customers', '--data', JSON.stringify(body));
    assert.equal(code, 0, stderr);
    said.pop(); // What was asked is said above, by this test.
    assert.equal((await run('endpoint', 'stop', 'customers')).code, 0);
    const captures = at('.mlops/buckets/customers/monitoring/data-capture');
    const lines = readdirSync(captures, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.jsonl'),
    );
    assert.ok(lines.length > 0, 'something was captured');
    assert.match(readFileSync(join(captures, lines[0]!), 'utf8'), /age/);
    assert.deepEqual(await tellers(at('.mlops')), []);
  });

  it('are in no row, page or export that somebody asks for', async () => {
    const group = 'customers-test';
    const key = readdirSync(at('.mlops/buckets/customers/raw'), { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith('.csv'),
    )!;
    const asked = [
      ['rows', '--cell', 'fp', '--limit', '5', '--contributions'],
      ['rows', '--cell', 'tp', '--limit', '5', '--json'],
      ['report', '--format', 'html', '--out', at('report.html')],
      ['report', '--format', 'markdown'],
      ['feature-group', 'query', group, '--sql', 'SELECT * FROM records'],
      ['feature-group', 'export', group, at('group.csv')],
      ['bucket', 'preview', `raw/${key.replaceAll('\\', '/')}`],
      ['history'],
      ['status', '--json'],
    ];
    for (const words of asked) {
      const { code, stderr } = await run(...words);
      assert.equal(code, 0, `${words.join(' ')}\n${stderr}`);
    }
    assert.deepEqual(
      said.filter((text) => text.includes(canary)),
      [],
    );
    assert.match(
      said.find((text) => text.startsWith('bucket preview'))!,
      /•••/,
    );
    for (const file of ['report.html', 'group.csv']) {
      const text = readFileSync(at(file), 'utf8');
      assert.ok(!text.includes(canary), file);
    }
    assert.match(readFileSync(at('group.csv'), 'utf8'), /anon-[0-9a-f]{16}/);
  });

  it('are in no message of what went wrong with their values', async () => {
    const sql = readFileSync(at('features.sql'), 'utf8');
    writeFileSync(at('features.sql'), sql.replace(/customer_id/, 'customer_id::INTEGER AS customer_id'));
    const { code, stderr } = await run('features');
    assert.equal(code, 2);
    assert.match(stderr, /features\.sql, line \d+: Conversion Error: a value of the rows, which is not told/);
    assert.doesNotMatch(stderr, new RegExp(canary));
    writeFileSync(at('features.sql'), sql);
    assert.deepEqual(await tellers(at('.mlops')), []);
  });

  it('are refused where they would have to be seen', async () => {
    const before = readFileSync(at('mlops.json'), 'utf8');
    project.edit('"ss*"', '"stays", "age"');
    const { code, stderr } = await run('status');
    assert.equal(code, 2);
    assert.match(stderr, /model\.target: found the private column "stays"/);
    writeFileSync(at('mlops.json'), before);
  });
});
