import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { projectFile } from '../../support/stage-context.js';

interface Trust {
  commands: { what: string | null; text: string; allowed: boolean }[];
}

describe('mlops trust', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const env = { XDG_CONFIG_HOME: join(place.path, 'user') };
  let number = 0;
  let folder: string;
  beforeEach(() => {
    folder = join(place.path, `project-${++number}`);
    mkdirSync(folder);
    name(['python', 'train.py']);
  });
  after(() => place.remove());

  const name = (command: string[]) => {
    const more = { train: { command } };
    writeFileSync(join(folder, 'mlops.json'), JSON.stringify({ ...projectFile({}), ...more }));
  };
  const trust = (...words: string[]) => mlops(['trust', '--project', folder, ...words], { env });
  const allowed = async () => {
    const { stdout } = await trust('--list', '--json');
    return (JSON.parse(stdout) as Trust).commands.filter((one) => one.allowed).map((one) => one.text);
  };

  it('allows nothing where nobody can be asked, and says which words would', async () => {
    for (const words of [[], ['--yes'], ['--yes', '--confirm', 'python']]) {
      const { code, stderr } = await trust(...words);
      assert.equal(code, 5, stderr);
      assert.match(stderr, /--yes --confirm 'python train\.py'/);
    }
    assert.deepEqual(await allowed(), []);
  });

  it('allows the very text that was confirmed', async () => {
    const { code, stdout } = await trust('--yes', '--confirm', 'python train.py');
    assert.equal(code, 0);
    assert.match(stdout, /train +python train\.py +since 2/);
    assert.deepEqual(await allowed(), ['python train.py']);
  });

  it('asks again when mlops.json names another text, and takes everything back with --revoke', async () => {
    await trust('--yes', '--confirm', 'python train.py');
    name(['python', 'train.py', '; rm -rf ~']);
    const { code, stderr } = await trust('--yes', '--confirm', 'python train.py');
    assert.equal(code, 5, stderr);
    assert.match(stderr, /python train\.py '\\''; rm -rf ~'\\'''/);
    assert.equal((await trust('--revoke')).code, 0);
    assert.deepEqual(await allowed(), []);
  });

  it('allows a command that mlops.json does not name when it is typed', async () => {
    const words = ['--yes', '--confirm', 'node serve.js', '--', 'node', 'serve.js'];
    assert.equal((await trust(...words)).code, 0);
    assert.deepEqual(await allowed(), ['node serve.js']);
  });

  it('keeps nothing in the project', async () => {
    await trust('--yes', '--confirm', 'python train.py');
    const file = join(env.XDG_CONFIG_HOME, 'mlops-workbench', 'environments.json');
    assert.match(readFileSync(file, 'utf8'), /train\.py/);
    assert.equal(spawnSync('ls', ['-A', folder], { encoding: 'utf8' }).stdout.trim(), 'mlops.json');
  });

  for (const [answer, code] of [
    ['yes', 0],
    ['y', 5],
  ] as const)
    it(`shows a person the text and takes ${answer} ${code === 0 ? 'as a yes' : 'as no'}`, async function () {
      if (spawnSync('script', ['--version']).status !== 0) {
        this.test!.title += ' (skipped: no "script" here, which makes a terminal)';
        return this.skip();
      }
      const line = `${process.execPath} ${resolve('dist/cli.js')} trust --project ${folder}; exit $?`;
      const options = { env: { ...process.env, ...env, TERM: 'dumb' } };
      const child = spawn('script', ['-qec', line, '/dev/null'], { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
      const said = text(child.stdout);
      child.stdin.write(`${answer}\n`);
      const exit = new Promise((done) => child.once('exit', done));
      assert.equal(await exit, code, await said);
      assert.match(await said, /train: python train\.py/);
      assert.deepEqual(await allowed(), code === 0 ? ['python train.py'] : []);
    });

  it('refuses a command that is not what is seen', async () => {
    name(['python', 'train.py\u202e']);
    const { code, stderr } = await trust('--list');
    assert.equal(code, 2, stderr);
    assert.match(stderr, /characters that cannot be seen/);
  });
});
