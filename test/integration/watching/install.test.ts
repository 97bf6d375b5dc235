import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchdFile } from '../../../src/export/watcher/launchd.js';
import { schtasksInstall } from '../../../src/export/watcher/schtasks.js';
import { systemdFiles } from '../../../src/export/watcher/systemd.js';
import type { WatcherProgram } from '../../../src/export/watcher/what.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

/** What a person may call a folder. */
const odd = `50% "off" $HOME it's & <b>`;

describe('a watcher that the system starts', function () {
  this.timeout(30_000);
  const place = temporaryFolder();
  const folder = join(place.path, odd);
  const program: WatcherProgram = {
    ...{ name: 'mlops-watch-made-local-1a2b3c', title: 'made in local', folder },
    command: [process.execPath, '--version', 'watch', '--project', folder],
  };
  before(() => mkdirSync(folder));
  after(() => place.remove());

  it('by systemd is a unit that systemd takes, with a timer where it looks once', function () {
    const analyze = spawnSync('systemd-analyze', ['--version']);
    if (analyze.error !== undefined) {
      process.stdout.write('      systemd-analyze is not here: the units are not verified\n');
      return this.skip();
    }
    for (const everyMinutes of [undefined, 5]) {
      const files = systemdFiles({ ...program, everyMinutes });
      assert.equal(files.length, everyMinutes === undefined ? 1 : 2);
      const units = files.map(([name, text]) => {
        writeFileSync(join(place.path, name), text);
        return join(place.path, name);
      });
      // Nobody has to be signed in.
      const env = { ...process.env, XDG_RUNTIME_DIR: place.path };
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--user', ...units], {
        encoding: 'utf8',
        env,
      });
      assert.equal(`${status} ${stderr}`.trim(), '0');
    }
  });

  it('by systemd has each word of its command as it is, whatever it holds', () => {
    const [, text] = systemdFiles(program)[0]!;
    const [, line] = /^ExecStart=(.*)$/m.exec(text)!;
    // As systemd reads it: C escapes in quotes, %% and $$ for one of each. Source: systemd.service(5), "Command lines".
    const words = [...line!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word]) =>
      word!.replaceAll(/\\(.)/g, '$1').replaceAll('%%', '%').replaceAll('$$', '$'),
    );
    assert.deepEqual(words, program.command);
    assert.match(text, /^KillSignal=SIGINT$/m);
    assert.ok(text.includes(`WorkingDirectory=${folder.replaceAll('%', '%%')}`));
  });

  it('by launchd is a property list with every word as it is', () => {
    const text = launchdFile(program);
    const python = 'import plistlib,sys,json; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
    const read = JSON.parse(execFileSync('python3', ['-c', python], { input: text, encoding: 'utf8' })) as object;
    assert.deepEqual(read, {
      ...{ Label: program.name, ProgramArguments: program.command, WorkingDirectory: folder, RunAtLoad: true },
      ...{ KeepAlive: { SuccessfulExit: false }, ThrottleInterval: 30 },
    });
    assert.match(launchdFile({ ...program, everyMinutes: 5 }), /<key>StartInterval<\/key>\n<integer>300<\/integer>/);
  });

  it('by Windows is a task, and says when its command is too long for one', () => {
    const windows = { ...program, command: ['C:\\Program Files\\node.exe', 'C:\\mlops\\cli.js', 'watch'] };
    const { commands, notes } = schtasksInstall(windows);
    assert.equal(
      commands[0],
      'schtasks /Create /TN "mlops-watch-made-local-1a2b3c" /SC ONLOGON /TR "\\"C:\\Program Files\\node.exe\\" C:\\mlops\\cli.js watch" /F',
    );
    assert.ok(!notes.some((note) => note.includes('261')));
    const long = schtasksInstall({ ...windows, command: ['a'.repeat(262)], everyMinutes: 5 });
    assert.match(long.commands[0]!, /\/SC MINUTE \/MO 5 /);
    assert.match(long.notes[0]!, /longer than the 261 characters/);
  });

  it('is printed as lines that a shell runs as they stand; nothing is installed by itself', async () => {
    const [home, bin] = [join(place.path, 'home'), join(place.path, 'bin')];
    for (const path of [home, bin]) mkdirSync(path);
    const project = join(place.path, 'made');
    const made = await mlops(['init', 'house-prices', project, '--sample']);
    assert.equal(made.code, 0, made.stderr);
    const env = { HOME: home };
    const at = ['--project', project];
    const { code, stdout, stderr } = await mlops(['watch', '--install', '--for-platform', 'linux', ...at], { env });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Nothing was installed/);
    assert.ok(!existsSync(join(home, '.config/systemd')));
    // Stands for systemd: notes what it is asked.
    writeFileSync(join(bin, 'systemctl'), `#!/bin/sh\necho "$@" >> "${join(home, 'asked')}"\n`);
    chmodSync(join(bin, 'systemctl'), 0o755);
    execFileSync('sh', ['-e'], { input: stdout, env: { HOME: home, PATH: `${bin}:${process.env.PATH}` } });
    const [unit] = readdirSync(join(home, '.config/systemd/user'));
    assert.match(unit!, /^mlops-watch-house-prices-local-[0-9a-f]{6}\.service$/);
    const asked = readFileSync(join(home, 'asked'), 'utf8').trim().split('\n');
    assert.deepEqual(asked, ['--user daemon-reload', `--user enable --now ${unit}`]);
    const text = readFileSync(join(home, '.config/systemd/user', unit!), 'utf8');
    assert.ok(text.includes(` "watch" "--project" "${project}" "--env" "local"\n`), text);
  });
});
