import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import type { Act } from '../command-runner.js';
import { openWorkspace, type CliServices } from '../context.js';

export function addMcp(program: Command, services: CliServices, act: Act): void {
  program
    .command('mcp')
    .description('answer an assistant over stdin and stdout, by the Model Context Protocol; it only reads by itself')
    .action(
      act.lasting(async (output, _args, flags, signal) => {
        if (output.json) throw new InputError('mcp: found --json, expected none: it speaks a protocol of its own');
        await services.answerAssistant({
          open: () => openWorkspace(services, flags, signal),
          version: services.version,
          signal,
          log: output.note,
        });
      }),
    );
}
