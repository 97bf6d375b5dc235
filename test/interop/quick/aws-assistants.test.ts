/** An assistant that looks into an account: every tool answers, and nothing of the account changes. */
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { fillWorld, makeProject, world } from '../../doubles/aws/world.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('an assistant in an AWS account', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let double: AwsDouble;
  let client: Client;

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    await fillWorld(fillAws(double.url, world.bucket), folder.path);
    const project = join(folder.path, 'project');
    await makeProject(project, double.url);
    client = new Client({ name: 'test', version: '1' }, { capabilities: { elicitation: {} } });
    // A person who says yes to everything: writing is off all the same.
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { name: world.project } }));
    const args = [resolve('dist/cli.js'), 'mcp', '--quiet', '--project', project, '--env', 'aws-test'];
    const env = { ...process.env, ...variables, XDG_CONFIG_HOME: join(folder.path, 'config') } as Record<
      string,
      string
    >;
    await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'inherit' }));
    double.forget();
  });
  after(async () => {
    await client?.close();
    await double?.stop();
    folder.remove();
  });

  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const { isError, content } = (await client.callTool({ name, arguments: args })) as CallToolResult;
    const [block] = content;
    assert.ok(block?.type === 'text');
    return { isError: isError === true, text: block.text };
  };
  const mutating = () => double.calls.filter((one) => one.mutating).map(({ operation }) => operation);

  it('is answered by every tool that looks, from the account', async () => {
    const [older, newer] = world.runIds;
    const given: Record<string, Record<string, unknown>> = {
      rows: { selection: 'cell:fn' },
      run: { id: newer },
      compare_runs: { a: older, b: newer },
      table: { group: world.group },
      query: { group: world.group, sql: 'SELECT count(*) AS n FROM records' },
    };
    const { tools } = await client.listTools();
    for (const { name, annotations } of tools) {
      if (annotations?.readOnlyHint !== true) continue;
      const { isError, text } = await call(name, given[name]);
      assert.ok(!isError && text.length <= 16_000, `${name}: ${text}`);
    }
    assert.ok(double.calls.length > 10, 'the account was asked');
    assert.deepEqual(mutating(), []);
  });

  it('changes nothing while writing is off, whatever is typed', async () => {
    const deeds = {
      run_stages: { stages: ['monitor'] },
      decide_model: { version: 'v1', decision: 'reject', reason: 'told' },
    };
    for (const [name, args] of Object.entries(deeds)) {
      const { isError, text } = await call(name, args);
      assert.ok(isError, text);
      assert.match(text, /read-only/);
    }
    assert.deepEqual(mutating(), []);
  });
});
