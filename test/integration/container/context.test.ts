import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { ObjectWriter } from '../../../src/platform/ports/objects.js';
import { mlops } from '../../support/cli.js';
import { processingLayout } from '../../support/container-layout.js';
import { freePort } from '../../support/free-port.js';
import { knownScores, putTreeModel } from '../../support/small-models.js';
import { temporaryFolder } from '../../support/temporary.js';

const script = resolve('scripts/container.mjs');
const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
const here = process.platform === 'linux' && ['arm64', 'x64'].includes(process.arch);

describe('the build context of the container image', function () {
  this.timeout(240_000);
  const place = temporaryFolder();
  const context = join(place.path, 'context');
  const program = join(place.path, 'image/opt/program');
  after(() => place.remove());

  const layOut = (...flags: string[]) =>
    spawnSync(process.execPath, [script, '--context', context, ...flags], { encoding: 'utf8' });

  it('is refused into a folder that holds something else, and for an unknown architecture', () => {
    mkdirSync(context);
    writeFileSync(join(context, 'precious.txt'), '');
    const occupied = layOut();
    assert.equal(occupied.status, 2);
    assert.match(occupied.stderr, /found precious\.txt, expected an empty or a new folder/);
    assert.ok(existsSync(join(context, 'precious.txt')));
    assert.match(layOut('--arch', 'i386').stderr, /found "i386", expected amd64 or arm64/);
  });

  (here ? it : it.skip)(
    `holds what the Dockerfile copies, DuckDB included${here ? '' : ' (no Linux here)'}`,
    function () {
      renameSync(join(context, 'precious.txt'), join(place.path, 'precious.txt'));
      const made = layOut('--arch', architecture);
      if (/EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ENOTCACHED/.test(made.stderr)) {
        return skip(this, 'the packages are neither cached nor to be fetched here');
      }
      assert.equal(made.status, 0, made.stderr);
      const dockerfile = readFileSync(join(context, 'Dockerfile'), 'utf8');
      const copied = [...dockerfile.matchAll(/^COPY (\S+) (\S+)$/gm)].map(([, from, to]) => [from!, to!]);
      assert.equal(copied.length, 2);
      for (const [from, to] of copied) {
        const source = join(context, from!.replace('${TARGETARCH}', architecture));
        cpSync(source, join(place.path, 'image', to!), { recursive: true });
      }
    },
  );

  it('runs a stage from what is in the image alone', async function () {
    if (!existsSync(program)) return skip(this, 'the image was not laid out');
    const project = join(place.path, 'project');
    assert.equal((await mlops(['init', 'house-prices', project, '--sample', '--quiet'])).code, 0);
    const root = join(place.path, 'ml');
    processingLayout(root, { project, jobName: 'ingest' });
    const env = { PATH: `${join(program, 'bin')}:${process.env.PATH}`, HOME: place.path, MLOPS_ENVIRONMENT: 'local' };
    const { status, stderr } = spawnSync('mlops', ['job', 'ingest', '--root', root], { env, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /ingest: sales: [\d,]+ rows/);
  });

  it('serves under the name that SageMaker calls, and ends when it is told to', async function () {
    if (!existsSync(program)) return skip(this, 'the image was not laid out');
    const root = join(place.path, 'served');
    mkdirSync(join(root, 'model'), { recursive: true });
    const put = (key: string, body: unknown) =>
      Promise.resolve(writeFileSync(join(root, 'model', basename(key)), body as string));
    await putTreeModel({ put } as unknown as ObjectWriter, 'v1');
    const port = await freePort();
    const PATH = `${join(program, 'bin')}:${process.env.PATH}`;
    const env = { PATH, HOME: place.path, SAGEMAKER_BIND_TO_PORT: String(port) };
    const child = spawn('serve', ['--root', root], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      for await (const line of createInterface(child.stderr)) if (line.includes('on port')) break;
      const body = knownScores[0]!.row.join(',');
      const headers = { 'content-type': 'text/csv' };
      const answer = await fetch(`http://127.0.0.1:${port}/invocations`, { method: 'POST', body, headers });
      assert.equal(answer.status, 200);
    } finally {
      child.kill('SIGTERM');
    }
    if (child.exitCode === null) await once(child, 'exit');
    assert.equal(child.exitCode, 0);
  });
});

/** Skips with the reason in the title, which is printed. */
function skip(context: Mocha.Context, why: string): void {
  context.test!.title += ` (${why})`;
  context.skip();
}
