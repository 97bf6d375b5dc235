import { Argument, type Command } from 'commander';
import type { Act } from '../command-runner.js';
import { completionScript, shells, type Shell } from '../completion.js';
import { printDocument } from '../terminal.js';

/** `mlops completion`: prints what a shell reads to complete the words of `mlops`. `whole`: every command there is. */
export function addCompletion(program: Command, act: Act, whole: () => Promise<Command>): void {
  program
    .command('completion')
    .description('print what your shell reads to complete commands and options')
    .addArgument(new Argument('<shell>', 'whose script').choices(shells))
    .action(
      act.alone(async (_output, [shell]) => printDocument(completionScript(await whole(), shell as Shell).trimEnd())),
    );
}
