import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { openSession } from '../../../src/data/duckdb/session.js';
import type { ArchiveContents, TablePreview } from '../../../src/documents/tables/previews.js';
import { previewObject } from '../../../src/pipeline/preview/preview.js';
import { openSource } from '../../../src/pipeline/preview/source.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import type { Project } from '../../../src/project/schema.js';
import { openDocument } from '../../../src/report/open.js';
import { makeObjectFiles } from '../../../src/vscode/objects/object-files.js';
import type { Current } from '../../../src/vscode/session/session.js';
import { makeBucketLevels } from '../../../src/vscode/trees/buckets/bucket-levels.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { startLargeS3 } from '../../doubles/aws/large-s3.js';
import { makeProject, world } from '../../doubles/aws/world.js';
import { mlops } from '../../support/cli.js';
import { plain } from '../../support/documents.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('looking into S3', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  const before_ = { ...process.env };
  let double: AwsDouble;
  let environment: Environment;
  let put: (key: string, body: string | Uint8Array) => Promise<void>;

  const open = (endpointUrl: string, bucket: string) => {
    const at = { folder: folder.path, file: { name: 'churn' }, sql: {} } as Project;
    return openAws(at, 'prod', { kind: 'aws', endpointUrl, bucket });
  };
  const preview = async (key: string, ...more: string[]) => {
    const asked = ['bucket', 'preview', key, '--env', 'aws-test', '--json', ...more];
    const { code, stdout, stderr } = await mlops(asked, { cwd: project, env: variables });
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout) as unknown;
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    const fill = fillAws(double.url, world.bucket);
    await fill.bucket(world.bucket);
    put = async (Key, Body) => void (await fill.clients.s3.putObject({ Bucket: world.bucket, Key, Body }));
    await makeProject(project, double.url);
    environment = await open(double.url, world.bucket);
    await put('tables/readings.parquet', await parquet(folder.path));
  });
  beforeEach(() => double.deny(/^$/));
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  it('shows the first rows of a Parquet and reads little more than they need', async () => {
    let read = 0;
    const objects: Environment['objects'] = {
      ...environment.objects,
      async read(key, options) {
        const bytes = await environment.objects.read(key, options);
        read += bytes?.length ?? 0;
        return bytes;
      },
    };
    const source = await openSource({ ...environment, objects }, { key: 'tables/readings.parquet' });
    const found = (await previewObject(source, { rows: 2 })) as TablePreview;
    assert.deepEqual(found.columns, [
      { name: 'machine', type: 'BIGINT', nulls: 0 },
      { name: 'load', type: 'DOUBLE', nulls: 20_000 },
    ]);
    assert.equal(found.total, 100_000);
    assert.deepEqual(
      found.rows.map(([machine]) => machine),
      [0, 1],
    );
    assert.ok(read < source.size / 4, `${read} of ${source.size} bytes were read`);
  });

  it('shows JSON lines and packed CSV by the command, by key and by address', async () => {
    await put('a.jsonl', '{"a":1}\n{"a":2,"b":"x"}\n');
    await put('b.csv.gz', gzipSync('a,b\n1,x\n2,\n'));
    const lines = (await preview('a.jsonl', '--rows', '1')) as TablePreview;
    assert.deepEqual([lines.kind, lines.schemaVersion, lines.total, lines.rows], ['table-preview', 1, 2, [[1, null]]]);
    const packed = (await preview(`s3://${world.bucket}/b.csv.gz`)) as TablePreview;
    assert.deepEqual(packed.rows, [
      [1, 'x'],
      [2, null],
    ]);
    assert.deepEqual(
      packed.columns.map(({ name, nulls }) => [name, nulls]),
      [
        ['a', 0],
        ['b', 1],
      ],
    );
  });

  it('shows what lies in a model.tar.gz and in a zip, and a table within', async () => {
    const tar = pack();
    tar.entry({ name: 'model.txt' }, 'tree\n');
    tar.entry({ name: 'rows.csv' }, 'a\n1\n2\n');
    tar.finalize();
    const chunks: Uint8Array[] = [];
    for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
    await put('model.tar.gz', gzipSync(Buffer.concat(chunks)));
    await put('code.zip', zipSync({ 'code/inference.py': Buffer.from('pass\n') }));
    const names = async (key: string) =>
      ((await preview(key)) as ArchiveContents).members.map(({ name, size }) => [name, size]);
    assert.deepEqual(await names('model.tar.gz'), [
      ['model.txt', 5],
      ['rows.csv', 6],
    ]);
    assert.deepEqual(await names('code.zip'), [['code/inference.py', 5]]);
    const rows = (await preview('model.tar.gz', '--member', 'rows.csv')) as TablePreview;
    assert.deepEqual(rows.rows, [[1], [2]]);
    assert.equal(rows.uri, `s3://${world.bucket}/model.tar.gz!/rows.csv`);
  });

  it('opens a document as a report through the file system, never copied', async () => {
    const text = readFileSync(join('test', 'fixtures', 'documents', 'monitoring-fail.json'));
    await put(world.results, text);
    const files = makeObjectFiles(() => Promise.resolve(environment));
    const bytes = await files.read({ environment: 'prod', bucket: world.bucket, key: world.results });
    const message = openDocument('monitoring_results.json', Buffer.from(bytes).toString('utf8'), plain);
    assert.equal(message.type === 'report' && message.view.kind, 'monitoring');
  });

  it('names the right that is missing, in files and in the tree', async () => {
    const files = makeObjectFiles(() => Promise.resolve(environment));
    const at = { environment: 'prod', bucket: world.bucket, key: world.results };
    double.deny(/^GET .*monitoring_results|^HEAD .*monitoring_results/);
    await assert.rejects(files.stat(at), { kind: 'denied', message: /s3:GetObject/ });
    double.deny(/list-type=2/);
    const levels = makeBucketLevels(() => []);
    const [root] = await levels.roots({ environment } as Current);
    const [denied] = await levels.children({ environment } as Current, root!);
    assert.equal(denied?.label, 'Not allowed: needs s3:ListBucket');
  });

  it('searches by prefix below one node', async () => {
    for (const key of ['runs/2025/a', 'runs/2026-01/a', 'runs/2026-02/a', 'other/a']) await put(key, 'x');
    const levels = makeBucketLevels(() => []);
    const current = { environment } as Current;
    const [root] = await levels.roots(current);
    const runs = (await levels.children(current, root!)).find(({ label }) => label === 'runs/')!;
    levels.search(runs, '2026-');
    assert.deepEqual(
      (await levels.children(current, runs)).map(({ label }) => label),
      ['2026-01/', '2026-02/'],
    );
    assert.ok((await levels.children(current, root!)).some(({ label }) => label === 'other/'));
  });

  it('opens a flat bucket of a million keys with one short request, and pages on in little memory', async () => {
    const server = await startLargeS3({ keys: 1_000_000 });
    try {
      const large = { environment: await open(server.url, 'large') } as Current;
      let asked = 0;
      const { objects } = large.environment;
      const counted: typeof objects = {
        ...objects,
        list: (prefix, options) => {
          asked += options?.limit ?? 1000;
          return objects.list(prefix, options);
        },
      };
      large.environment = { ...large.environment, objects: counted };
      const levels = makeBucketLevels(() => []);
      const root = { id: 's3://large/k/', label: 'k/', icon: 'folder' as const };
      const node = { ...root, target: { kind: 'prefix' as const, bucket: 'large', key: 'k/' } };
      const first = await levels.children(large, node);
      assert.equal(asked, 100);
      assert.deepEqual([first.length, first[0]!.label], [101, '0000000']);
      const before = process.memoryUsage().heapUsed;
      let line = first.at(-1)!;
      for (let page = 0; page < 20; page += 1) {
        levels.loadMore(line);
        line = (await levels.children(large, node)).at(-1)!;
      }
      assert.equal(line.description, '2,100 shown, more available');
      assert.equal(asked, 2100);
      assert.ok(process.memoryUsage().heapUsed - before < 60e6);
      levels.search(node, '09999');
      const found = await levels.children(large, node);
      assert.deepEqual([found[0]!.label, found.length], ['0999900', 100]);
    } finally {
      await server.stop();
    }
  });
});

/** 100,000 rows in ten row groups; every fifth load is null. */
async function parquet(folder: string): Promise<Buffer> {
  const session = await openSession({ folders: [folder] });
  const path = join(folder, 'readings.parquet');
  await session.run(`COPY (SELECT range AS machine, CASE WHEN range % 5 > 0 THEN random() END AS load
    FROM range(100000)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 10000)`);
  session.close();
  return readFileSync(path);
}
