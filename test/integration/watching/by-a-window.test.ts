import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { isRunning } from '../../../src/common/processes/process-identity.js';
import { watcherOf, windowWatches, type Watched } from '../../../src/pipeline/watching/place.js';
import { runCli } from '../../../src/vscode/runs/fork.js';
import { mlops } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';

const cli = resolve('dist/cli.js');
const words = ['watch', '--until-input-ends', '--quiet', '--env', 'local', '--project'];

/** Stands where a window's process does: it starts a watcher, and knows nothing of its end. */
const window = `
  const { spawn } = require('node:child_process');
  const [cli, ...args] = process.argv.slice(1);
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['pipe', 'ignore', 'inherit'] });
  process.stdout.write(String(child.pid));
  setInterval(() => undefined, 1000);
`;

describe('a watcher that a window starts', function () {
  this.timeout(30_000);
  let made: TableProject;
  let at: Watched;
  let watching: string;
  before(async () => {
    made = await tableProject(60);
    at = { project: { folder: made.folder }, environment: { name: 'local' } };
    watching = join(made.folder, '.mlops/watching/local');
    // Makes the folder its user's own: what is kept there stays from then on.
    const { code, stderr } = await mlops(['watch', '--once', '--project', made.folder]);
    assert.equal(code, 0, stderr);
  });
  let parent: ChildProcess | undefined;
  after(async () => {
    parent?.kill('SIGKILL');
    await made.remove();
  });

  /** Resolves at the first change of what the watcher keeps after which something holds. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    const changes = watch(watching);
    try {
      for (;;) {
        // Asked for before the look, so that none in between is missed.
        const change = once(changes, 'change');
        if (await holds()) return;
        await change;
      }
    } finally {
      changes.close();
    }
  }
  const begins = () => until(async () => (await watcherOf(at)) !== undefined);

  it('says that a window watches, and ends in its own time when that closes its input', async () => {
    const closing = new AbortController();
    const options = { signal: closing.signal, endsWithInput: true };
    const ended = runCli(process.execPath, cli, [...words, made.folder], options);
    await begins();
    assert.equal((await watcherOf(at))?.purpose, windowWatches);
    const second = await runCli(process.execPath, cli, [...words, made.folder], { endsWithInput: true });
    assert.match(second.stderr, /watches this project since/, 'one watcher is enough');
    closing.abort();
    assert.equal((await ended).code, 130);
    assert.equal(await watcherOf(at), undefined);
  });

  it('ends with a window that is killed', async () => {
    parent = spawn(process.execPath, ['-e', window, cli, ...words, made.folder]);
    const [bytes] = (await once(parent.stdout!, 'data')) as [Buffer];
    const pid = Number(bytes.toString());
    await begins();
    assert.equal((await watcherOf(at))?.pid, pid);
    parent.kill('SIGKILL');
    await until(async () => (await watcherOf(at)) === undefined);
    while (await isRunning(pid)) await new Promise((next) => setTimeout(next, 20));
  });
});
