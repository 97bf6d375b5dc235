import assert from 'node:assert/strict';
import { wholeProgram } from '../../support/command-paths.js';

const namesFor = async (argv: string[]) => (await wholeProgram(argv)).commands.map((command) => command.name());

describe('which commands are loaded', () => {
  it('each by its own name, with few others', async () => {
    const all = await namesFor([]);
    assert.ok(all.length > 25);
    for (const name of all) {
      const some = await namesFor([name]);
      assert.ok(some.includes(name), name);
      assert.ok(some.length <= 8, `${name} loads ${some.join(' ')}`);
    }
  });

  it('the one that stands after global options and their values', async () => {
    assert.deepEqual(await namesFor(['--project', 'run', '--json', '--env=local', 'status', 'gate']), ['status']);
  });

  it('all where help is asked for, where nothing is typed, or nothing that there is', async () => {
    const all = await namesFor([]);
    for (const argv of [['--help', 'run'], ['help', 'run'], ['frobnicate'], ['--version'], ['--', 'run']])
      assert.deepEqual(await namesFor(argv), all, argv.join(' '));
  });
});
