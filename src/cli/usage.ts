import type { Command, CommanderError } from 'commander';
import { nearest, oneOf } from '../common/nearest.js';

/** What was typed wrongly, in words as everywhere: what was found, what is expected. */
export function usageText(error: CommanderError, argv: readonly string[], program: Command): string {
  const command = commandIn(argv, program);
  const names = namesOf(command);
  const said = error.message.replace(/^error: /, '').split('\n')[0]!;
  const quoted = [...said.matchAll(/'([^']*)'/g)].map(([, text]) => text!);
  return `${names.join(' ')}: ${problem(error.code, said, quoted, command)}; see: ${names.join(' ')} --help`;
}

function problem(code: string, said: string, [first = '', second = '']: string[], command: Command): string {
  switch (code) {
    case 'commander.unknownOption':
      return `found ${first}, expected ${meant(first, optionsOf(command))}`;
    case 'commander.unknownCommand':
    case 'commander.help': {
      const known = command.commands.map((one) => one.name());
      return `found ${code === 'commander.help' ? 'no command' : `"${first}"`}, expected ${meant(first, known)}`;
    }
    case 'commander.missingArgument':
      return `found no <${first}>, expected one`;
    case 'commander.missingMandatoryOptionValue':
      return `found no ${first}, expected one`;
    case 'commander.optionMissingArgument':
      return `found ${first.split(' ')[0]!} without its value, expected ${first}`;
    case 'commander.excessArguments': {
      const [, expected, got] = /Expected (\d+) arguments? but got (\d+)/.exec(said) ?? [];
      return `found ${got ?? 'more'} arguments, expected ${expected ?? 'fewer'}`;
    }
    case 'commander.invalidArgument': {
      const reason = said.slice(said.indexOf(' is invalid. ') + ' is invalid. '.length).replace(/\.$/, '');
      const choices = /^Allowed choices are (.*)$/.exec(reason)?.[1]?.split(', ');
      return `${first}: ${choices ? `found "${second}", expected ${oneOf(second, choices)}` : reason}`;
    }
    default:
      return said;
  }
}

/** There are many of them: all are named only where none is meant. */
function meant(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  return guess === undefined ? oneOf(word, known) : `"${guess}"`;
}

/** The command that words of a command line lead to. */
function commandIn(argv: readonly string[], program: Command): Command {
  let command = program;
  for (const word of argv) command = command.commands.find((one) => one.name() === word) ?? command;
  return command;
}

function namesOf(command: Command): string[] {
  return command.parent === null ? [command.name()] : [...namesOf(command.parent), command.name()];
}

const optionsOf = (command: Command): string[] => [
  ...command.options.flatMap(({ long }) => long ?? []),
  ...(command.parent === null ? [] : optionsOf(command.parent)),
];
