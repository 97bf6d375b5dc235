/** What a `.mlops` says of processes is believed only when it was written here: nobody is ended, or waited for, by a number alone. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { startOf } from '../../../src/common/processes/process-identity.js';
import { mlops } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('processes that a project names', function () {
  this.timeout(120_000);
  const project = 'hdd-failure';
  const place = temporaryFolder();
  let made: MadeProject;
  let bystander: ChildProcess;
  before(async () => {
    made = await madeProject(project, '--sample');
    assert.equal((await mlops(['run', '--project', made.folder])).code, 0);
    bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(bystander, 'spawn');
  });
  after(async () => {
    bystander.kill();
    await made.remove();
    place.remove();
  });

  let number = 0;
  function clone(): string {
    const folder = join(place.path, `clone-${(number += 1)}`);
    cpSync(made.folder, folder, { recursive: true });
    return folder;
  }
  const endpoint = (folder: string) => join(folder, '.mlops', 'endpoints', project);
  const write = (path: string, value: unknown) =>
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  const isBystanderThere = () => bystander.exitCode === null && bystander.signalCode === null;

  it('a clone does not stop the endpoint that its state was copied from, and says once that it is not believed', async () => {
    const folder = clone();
    const { pid } = JSON.parse(readFileSync(join(endpoint(folder), 'state.json'), 'utf8')) as { pid: number };
    const status = await mlops(['status', '--project', folder]);
    assert.equal(status.code, 0, status.stderr);
    assert.match(status.stderr, /was not made here by you/);
    assert.match(status.stdout, new RegExp(`endpoint ${project}: Stopped`));
    await mlops(['endpoint', 'stop', project, '--project', folder]);
    assert.ok(process.kill(pid, 0));
    assert.equal(existsSync(join(endpoint(folder), 'token')), false, 'its token is known to others');
    const again = await mlops(['status', '--project', folder]);
    assert.doesNotMatch(again.stderr, /not made here/);
  });

  it('a project that is moved keeps its endpoint', async () => {
    const folder = `${made.folder}-moved`;
    renameSync(made.folder, folder);
    const moved = await mlops(['status', '--project', folder]);
    renameSync(folder, made.folder);
    assert.match(moved.stdout, new RegExp(`endpoint ${project}: InService`), moved.stderr);
  });

  for (const [what, planted] of [
    ['without a start', { processStart: '' }],
    ['with its own start', {}],
  ] as const) {
    it(`a planted state that names another process ${what} ends nobody`, async () => {
      const folder = clone();
      const pid = bystander.pid!;
      const state = { phase: 'serving', pid, processStart: (await startOf(pid)) ?? '', at: '2026-11-21T09:00:00Z' };
      write(join(endpoint(folder), 'state.json'), { ...state, nonce: 'n', url: 'http://127.0.0.1:9', ...planted });
      for (const verb of ['stop', 'start', 'delete']) await mlops(['endpoint', verb, project, '--project', folder]);
      assert.ok(isBystanderThere());
    });
  }

  it('a state of our own without a start ends nobody whose process does not answer with its nonce', async () => {
    const folder = clone();
    await mlops(['endpoint', 'stop', project, '--project', folder]); // Makes it ours.
    for (const pid of [bystander.pid!, 1, -1, 0, 1e12, 1.5]) {
      const state = { phase: 'serving', pid, processStart: '', nonce: '', url: 'http://127.0.0.1:9', at: '' };
      write(join(endpoint(folder), 'state.json'), state);
      const { code } = await mlops(['endpoint', 'stop', project, '--project', folder]);
      assert.ok([0, 2, 4].includes(code!), `pid ${pid}: exit ${code}`);
    }
    assert.ok(isBystanderThere());
  });

  it('the token goes to no address but one of this machine that a process of ours wrote down', async () => {
    let asked = 0;
    const server = createServer((_request, response) => response.end(String((asked += 1)))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const folder = clone();
    const state = { phase: 'serving', pid: process.pid, processStart: (await startOf(process.pid)) ?? '', at: '' };
    const url = `http://127.0.0.1:${port}`;
    write(join(endpoint(folder), 'state.json'), { ...state, nonce: 'n', url });
    for (const command of [['status'], ['endpoint', 'invoke', project, '--data', '1'], ['endpoint', 'stop', project]])
      await mlops([...command, '--project', folder]);
    write(join(endpoint(folder), 'state.json'), { ...state, nonce: 'n', url: `http://localhost:${port}` });
    await mlops(['status', '--project', folder]);
    server.close();
    assert.equal(asked, 0);
  });

  const claim = { purpose: 'run', processStart: '', startedAt: '2999-01-01T00:00:00Z' };
  const leases: Record<string, (folder: string) => Promise<void> | void> = {
    'of a living process': async (folder) =>
      write(join(folder, 'lease.json'), {
        ...{ ...claim, pid: bystander.pid, host: hostname(), nonce: 'a' },
        processStart: await startOf(bystander.pid!),
      }),
    'of another machine': (folder) =>
      write(join(folder, 'lease.json'), { ...claim, pid: 1, host: 'elsewhere', nonce: 'a' }),
    'that is no JSON': (folder) => write(join(folder, 'lease.json'), '{'),
    'that is a folder': (folder) => void mkdirSync(join(folder, 'lease.json')),
    'that leads out of its folder': (folder) =>
      write(join(folder, 'lease.json'), { ...claim, pid: 999_999_999, host: hostname(), nonce: '../../x' }),
    'whose successors go round': (folder) => {
      const one = { ...claim, pid: 999_999_999, host: hostname() };
      write(join(folder, 'lease.json'), { ...one, nonce: 'a' });
      write(join(folder, 'lease.a.json'), { ...one, nonce: 'b' });
      write(join(folder, 'lease.b.json'), { ...one, nonce: 'a' });
    },
    'with a thousand successors': (folder) => {
      for (let at = 0; at < 1000; at++)
        write(join(folder, at === 0 ? 'lease.json' : `lease.n${at}.json`), {
          ...{ ...claim, pid: 999_999_999, host: hostname(), nonce: `n${at + 1}` },
        });
    },
  };
  for (const [what, plant] of Object.entries(leases)) {
    it(`a lease ${what}, planted in a clone, keeps nobody waiting`, async () => {
      const folder = clone();
      await plant(join(folder, '.mlops'));
      assert.equal((await mlops(['status', '--project', folder])).code, 0);
      const run = await mlops(['run', 'ingest', '--project', folder]);
      assert.equal(run.code, 0, run.stderr);
    });
    if (what === 'of a living process' || what === 'of another machine') continue;
    it(`a lease ${what} in a project of our own stops no reader, and a writer says which file to remove`, async () => {
      const folder = clone();
      await mlops(['endpoint', 'stop', project, '--project', folder]); // Makes it ours.
      await plant(join(folder, '.mlops'));
      const status = await mlops(['status', '--project', folder]);
      assert.equal(status.code, 0, status.stderr);
      const run = await mlops(['run', 'ingest', '--project', folder]);
      assert.equal(run.code, 4, run.stderr);
      assert.match(run.stderr, /lease\.json.*remove .*lease\.json/);
    });
  }
});
