import type { Command } from 'commander';
import { InputError, messageOf } from '../../common/errors.js';
import type { Act, Flags } from '../command-runner.js';
import { openWorkspace, type CliServices } from '../context.js';
import { refuseIdle } from '../no-effect.js';
import { printDocument } from '../terminal.js';

export function addMcp(program: Command, services: CliServices, act: Act): void {
  program
    .command('mcp')
    .option('--tool <name>', 'answer one question of this tool and end, instead of a conversation')
    .option('--input <json>', 'with --tool: what it is asked with', '{}')
    .description('answer an assistant over stdin and stdout, by the Model Context Protocol; it only reads by itself')
    .action(
      act.lasting(async (output, _args, flags, signal) => {
        refuseIdle('mcp', flags, [
          { option: 'input', met: flags.tool !== undefined, expected: 'give --tool', unless: '{}' },
        ]);
        const open = () => openWorkspace(services, flags, signal);
        if (flags.tool !== undefined) {
          const at = { ...(await open()), signal, progress: output.note, warn: output.warn };
          return printDocument(await services.assistants.answerOne(at, flags.tool as string, inputOf(flags)));
        }
        if (output.json) throw new InputError('mcp: found --json without --tool: it speaks a protocol of its own');
        const { version } = services;
        await services.assistants.serve({ open, version, signal, log: output.note });
      }),
    );
}

/** @throws InputError where it is no JSON */
function inputOf({ input }: Flags): unknown {
  try {
    return JSON.parse(input as string);
  } catch (error) {
    throw new InputError(`--input: found no JSON: ${messageOf(error)}`);
  }
}
