import type { Command } from 'commander';
import { cleanUp, cleanupDocument, showLeftovers } from '../../../operations/account/cleanup.js';
import type { Leftover } from '../../../pipeline/account/cleanup.js';
import type { Act, Flags } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

export function addCleanup(program: Command, act: Act): void {
  program
    .command('cleanup')
    .option('--dry-run', 'only list what would be deleted')
    .description('delete what the project made to run and to watch, and give back what it adopted; its data stays')
    .action(act(cleanup));
}

async function cleanup(workspace: Workspace, _args: unknown[], { dryRun, ...flags }: Flags): Promise<void> {
  const { project, environment, output } = workspace;
  const { name } = project.file;
  if (dryRun !== true) environment.writers('cleanup');
  const found = await perform(workspace, showLeftovers, undefined, flags);
  if (dryRun === true || found.length === 0) {
    const nothing = `nothing of ${name} to delete in ${environment.name}`;
    return output.result(cleanupDocument(found, false), () => (found.length === 0 ? nothing : list(found)));
  }
  output.note([`this is deleted in ${environment.name}:`, list(found)]);
  const done = await perform(workspace, cleanUp, { project: name, found }, flags);
  output.result(done, () => `deleted ${found.length}; the data in ${environment.bucket} stays`);
}

function list(found: Leftover[]): Lines {
  return table(
    ['kind', 'name'],
    found.map(({ kind, name, released }) => [kind, released ? `${name} (given back, not deleted)` : name]),
  );
}
