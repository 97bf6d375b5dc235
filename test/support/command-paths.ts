import type { Command } from 'commander';
import { makeProgram } from '../../src/cli/main.js';

/** The whole command line, or that for some words, with commands that do nothing. */
export async function wholeProgram(argv: string[] = []): Promise<Command> {
  const nothing = () => () => Promise.resolve();
  const notAsked = new Error('not asked');
  const services = {
    openEnvironment: () => Promise.reject(new Error('not opened')),
    assistants: { serve: () => Promise.reject(notAsked), answerOne: () => Promise.reject(notAsked) },
    templates: 'templates',
    webview: '',
    version: '0',
  };
  const act = Object.assign(nothing, { project: nothing, alone: nothing, lasting: nothing });
  return makeProgram({ services, act }, argv);
}

/** `bucket ls`, `status`, …: every command that does something. */
export function pathsOf(command: Command, above: string[] = []): string[] {
  return command.commands.flatMap((child) => {
    const path = [...above, child.name()];
    // A command that has others below it and options of its own does something itself.
    const own = child.commands.length === 0 || child.options.length > 0 ? [path.join(' ')] : [];
    return [...own, ...pathsOf(child, path)];
  });
}
