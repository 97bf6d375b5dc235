import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../../src/platform/local/endpoints/process.js';
import { openLocal } from '../../../src/platform/local/index.js';
import type { EndpointConfig } from '../../../src/platform/ports/endpoints.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import { buildEngine } from '../../support/endpoint-engine.js';
import { putTreeModel } from '../../support/small-models.js';
import { temporaryFolder } from '../../support/temporary.js';

// Only there the kernel's list of processes can be read as files.
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('an endpoint that several start at once', function () {
  this.timeout(60_000);
  let engine: Engine;
  let removeEngine: () => void;
  let folder: ReturnType<typeof temporaryFolder>;
  let place: Environment;
  const children: ChildProcess[] = [];
  const config: EndpointConfig = {
    name: 'one',
    group: 'served',
    variants: [{ name: 'AllTraffic', modelVersion: 'v1', weight: 1 }],
    capture: 0,
  };

  before(async () => {
    ({ engine, remove: removeEngine } = await buildEngine());
    folder = temporaryFolder();
    place = openLocal({ projectFolder: folder.path, project: 'served', engine });
    await putTreeModel(place.writers('test').objects, 'v1');
    await place.writers('test').endpoints.deploy(config);
  });
  beforeEach(() => place.writers('test').endpoints.stop('one'));
  after(async () => {
    for (const child of children) child.kill('SIGKILL');
    for await (const { name } of everyItem((page) => place.endpoints.list(page)))
      await place.writers('end of test').endpoints.remove(name);
    folder.remove();
    removeEngine();
  });

  function starter() {
    const script = resolve('test/support/start-endpoint.ts');
    const given = ['--import', 'tsx', script, folder.path, engine.endpointScript, 'one'];
    const child = spawn(process.execPath, given, { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, says: async () => String((await lines.next()).value) };
  }

  async function startTogether(): Promise<string> {
    const starters = [starter(), starter(), starter()];
    for (const one of starters) assert.equal(await one.says(), 'ready');
    for (const { child } of starters) child.stdin.write('start\n');
    const answers = await Promise.all(starters.map((one) => one.says()));
    const { pid } = (await place.endpoints.describe('one'))!;
    assert.deepEqual(answers, Array(3).fill(`InService ${pid}`));
    return String(pid);
  }

  onLinux('has one process, which all of them report', async () => {
    await startTogether();
    assert.deepEqual(await lastingProcesses(folder.path), [(await place.endpoints.describe('one'))!.pid]);
  });

  onLinux('has one process after the one before was killed', async () => {
    const { pid } = await place.writers('test').endpoints.start('one');
    process.kill(pid!, 'SIGKILL');
    assert.notEqual(await startTogether(), String(pid));
    assert.deepEqual(await lastingProcesses(folder.path), [(await place.endpoints.describe('one'))!.pid]);
  });

  it('starts again at once after it was stopped', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { status } = await place.writers('test').endpoints.start('one');
      assert.equal(status, 'InService');
      await place.writers('test').endpoints.stop('one');
    }
  });
});

/** What runs once those that gave way have ended: nobody but the kernel knows when a process apart has. */
async function lastingProcesses(project: string): Promise<(number | undefined)[]> {
  for (let look = 0; look < 250 && processesOf(project).length > 1; look += 1) await sleep(20);
  return processesOf(project);
}

/** Running endpoint processes of a project, from the kernel's own list. */
function processesOf(project: string): (number | undefined)[] {
  const endpoint = join(project, '.mlops', 'endpoints', 'one');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandOf(pid).includes(endpoint))
    .map(Number);
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
