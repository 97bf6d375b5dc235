/** The assistants' door as the protocol's own inspector sees it, from its command line. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { mlops } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

interface Tool {
  name: string;
  annotations?: { readOnlyHint?: boolean };
}
interface Answer {
  isError?: boolean;
  content: { text: string }[];
}

describe('the inspector of the Model Context Protocol', function () {
  this.timeout(300_000);
  let made: MadeProject;
  before(async () => {
    made = await madeProject('house-prices', '--sample');
    assert.equal((await mlops(['run', '--quiet', '--project', made.folder])).code, 0);
  });
  after(() => made.remove());

  async function inspector<T>(...words: string[]): Promise<T> {
    const modules = process.env.MLOPS_PACKAGES_INSPECTOR;
    assert.ok(modules, 'MLOPS_PACKAGES_INSPECTOR is set by the suite');
    const program = join(modules, '@modelcontextprotocol/inspector/cli/build/cli.js');
    const door = [process.execPath, resolve('dist/cli.js'), 'mcp', '--quiet', '--project', made.folder];
    const { stdout } = await promisify(execFile)(process.execPath, [program, '--cli', ...door, ...words]);
    return JSON.parse(stdout) as T;
  }
  const call = (name: string, args: Record<string, string> = {}) => {
    const given = Object.entries(args).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]);
    return inspector<Answer>('--method', 'tools/call', '--tool-name', name, ...given);
  };
  const dataOf = ({ content }: Answer) => (JSON.parse(content[0]!.text) as { data: Record<string, unknown> }).data;

  it('lists the tools and calls each that looks', async () => {
    const { tools } = await inspector<{ tools: Tool[] }>('--method', 'tools/list');
    const { runs } = dataOf(await call('runs')) as { runs: { id: string }[] };
    const { groups } = dataOf(await call('tables')) as { groups: { name: string }[] };
    const { columns } = dataOf(await call('drift')) as { columns: { column: string }[] };
    const group = groups.find(({ name }) => name.endsWith('-production'))!.name;
    const given: Record<string, Record<string, string>> = {
      rows: { selection: `column:${columns[0]!.column}` },
      run: { id: runs[0]!.id },
      compare_runs: { a: runs[0]!.id, b: runs[0]!.id },
      table: { group },
      query: { group, sql: 'SELECT count(*) AS n FROM records' },
    };
    const looking = tools.filter(({ annotations }) => annotations?.readOnlyHint === true);
    assert.ok(looking.length >= 17);
    for (const { name } of looking) {
      const { isError, content } = await call(name, given[name]);
      assert.ok(isError !== true && content[0]!.text.length <= 16_000, `${name}: ${content[0]!.text}`);
    }
  });

  it('changes nothing, for it cannot ask a person', async () => {
    const { isError, content } = await call('run_stages', { stages: '["monitor"]' });
    assert.ok(isError);
    assert.match(content[0]!.text, /cannot ask the person/);
  });
});
