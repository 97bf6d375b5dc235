import type { Command } from 'commander';
import { leftovers, type Leftover } from '../../pipeline/account/cleanup.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import { confirmed } from '../confirmed.js';
import type { Act, Flags } from '../act.js';
import type { Workspace } from '../context.js';
import { table } from '../output.js';
import type { Text } from '../terminal.js';

export function addCleanup(program: Command, act: Act): void {
  program
    .command('cleanup')
    .option('--dry-run', 'only list what would be deleted')
    .description('delete what the project made to run and to watch, and give back what it adopted; its data stays')
    .action((...args: unknown[]) => {
      const { dryRun } = (args.at(-1) as Command).opts<{ dryRun?: boolean }>();
      return (dryRun === true ? act(cleanup) : act.writing(cleanup))(...args);
    });
}

async function cleanup(workspace: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  const { project, environment, output, signal } = workspace;
  const found = await leftovers(project, environment, { signal });
  const deletes = found.length > 0 && flags.dryRun !== true;
  if (deletes) {
    output.note([`this is deleted in ${environment.name}:`, list(found)]);
    await confirmed(environment, flags, 'cleanup', project.file.name);
    const writers = environment.writers('cleanup');
    // A run that is under way would make anew, or miss, what goes.
    await holdingLease(writers, 'cleanup', { signal, onWait: output.note }, async () => {
      for (const one of found) {
        signal.throwIfAborted();
        await one.remove(writers, { signal });
        output.note(`${one.released ? 'given back' : 'deleted'} ${one.kind} ${one.name}`);
      }
    });
  }
  const resources = found.map(({ kind, name, released = false }) => ({ kind, name, released }));
  output.result({ kind: 'cleanup', schemaVersion: 1, deleted: deletes, resources }, () => {
    if (found.length === 0) return `nothing of ${project.file.name} to delete in ${environment.name}`;
    return deletes ? `deleted ${found.length}; the data in ${environment.bucket} stays` : list(found);
  });
}

function list(found: Leftover[]): Text {
  return table(
    ['kind', 'name'],
    found.map(({ kind, name, released }) => [kind, released ? `${name} (given back, not deleted)` : name]),
  );
}
