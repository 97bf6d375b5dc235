import type { Command } from 'commander';
import { sizeText } from '../../common/size-text.js';
import { bringBack, makeBackup } from '../../operations/backups/backups.js';
import type { Act } from '../command-runner.js';
import { perform } from '../perform.js';

/** `mlops backup` and `mlops restore`: the local environment in one file, and back. */
export function addBackup(program: Command, act: Act): void {
  program
    .command('backup')
    .argument('<file>', 'the archive that is written (.tar.gz)')
    .description('the local environment in one file: data, documents, versions, runs; no tokens')
    .action(
      act(async (workspace, [file], flags) => {
        const made = await perform(workspace, makeBackup, { file: file as string }, flags);
        workspace.output.result(made, () => `${made.file}: ${made.files} files, ${sizeText(made.bytes)}`);
      }),
    );
  program
    .command('restore')
    .argument('<file>', 'an archive of mlops backup')
    .description('bring the local environment back from a backup; what is there and differs is not replaced')
    .action(
      act(async (workspace, [file], flags) => {
        const done = await perform(workspace, bringBack, { file: file as string }, flags);
        workspace.output.result(
          done,
          () => `${done.files} files restored, ${done.written} of them new; start endpoints with: mlops endpoint start`,
        );
      }),
    );
}
