import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import type { Command } from 'commander';
import { exampleOf } from '../../../src/cli/examples.js';
import { pathsOf, wholeProgram } from '../../support/command-paths.js';

function each(command: Command, above: string[] = []): { path: string; command: Command }[] {
  return command.commands.flatMap((child) => {
    const path = [...above, child.name()];
    return [{ path: path.join(' '), command: child }, ...each(child, path)];
  });
}

describe('the help of the command line', () => {
  it('says of every command what it does, of every argument and option what it is', async () => {
    const silent = each(await wholeProgram()).flatMap(({ path, command }) => [
      ...(command.description() === '' ? [path] : []),
      ...command.registeredArguments
        .filter(({ description }) => description === '')
        .map((one) => `${path} ${one.name()}`),
      ...command.options.filter(({ description }) => description === '').map(({ flags }) => `${path} ${flags}`),
    ]);
    assert.deepEqual(silent, []);
  });

  it('has an example of every command that does something, with options that there are', async () => {
    const program = await wholeProgram();
    const commands = new Map(each(program).map(({ path, command }) => [path, command]));
    for (const path of pathsOf(program)) {
      const example = exampleOf(path);
      assert.ok(example, `${path}: no example`);
      assert.ok(example.startsWith(`mlops ${path}`), example);
      const known = [...commands.get(path)!.options, ...program.options].map(({ long }) => long);
      for (const [option] of example.replaceAll(/"[^"]*"|'[^']*'/g, '').matchAll(/--[a-z-]+/g))
        assert.ok(known.includes(option), `${path}: ${option} is none of its options`);
    }
  });

  it('of init names every template', async () => {
    const init = each(await wholeProgram()).find(({ path }) => path === 'init')!.command;
    const named = init.registeredArguments[0]!.description;
    const templates = readdirSync('templates').filter((name) => existsSync(`templates/${name}/mlops.json`));
    assert.ok(templates.length > 1);
    for (const template of templates) assert.ok(named.includes(template), template);
  });
});
