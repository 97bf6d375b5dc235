import { setMaxListeners } from 'node:events';
import { Command } from 'commander';
import { CancelledError, ExitCode } from '../common/errors.js';
import { addCommands, type CommandParts } from './command-list.js';
import type { Act, Flags, LoneWork, ProjectWork, Work } from './command-runner.js';
import { openProject, openWorkspace, type CliServices } from './context.js';
import { sayFailure } from './failure.js';
import { makeOutput } from './output.js';

/** Runs the command line once; resolves to the process's exit code. */
export async function runCli(argv: string[], services: CliServices): Promise<number> {
  const abort = new AbortController();
  // Every call under way listens, and there may be a hundred.
  setMaxListeners(0, abort.signal);
  const onInterrupt = () => {
    // Who asks again does not want to wait for what is under way.
    if (abort.signal.aborted) process.exit(ExitCode.cancelled);
    abort.abort(new CancelledError());
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  let exitCode: number = ExitCode.done;
  const run =
    (work: Work, writes: boolean) =>
    async (...args: unknown[]) => {
      const command = args.at(-1) as Command;
      const flags = command.optsWithGlobals<Flags>();
      const workspace = await openWorkspace(services, flags, abort.signal);
      if (writes) workspace.environment.writers(nameOf(command));
      exitCode = (await work(workspace, args.slice(0, -2), flags)) ?? ExitCode.done;
    };
  const project =
    (work: ProjectWork) =>
    async (...args: unknown[]) => {
      const flags = (args.at(-1) as Command).optsWithGlobals<Flags>();
      const at = { project: await openProject(flags), output: makeOutput(flags), signal: abort.signal };
      exitCode = (await work(at, args.slice(0, -2), flags)) ?? ExitCode.done;
    };
  const alone =
    (work: LoneWork) =>
    async (...args: unknown[]) => {
      const flags = (args.at(-1) as Command).optsWithGlobals<Flags>();
      exitCode = (await work(makeOutput(flags), args.slice(0, -2), flags, abort.signal)) ?? ExitCode.done;
    };
  const act: Act = Object.assign((work: Work) => run(work, false), {
    writing: (work: Work) => run(work, true),
    project,
    alone,
  });
  const program = await makeProgram({ services, act, setExitCode: (code) => (exitCode = code) }, argv);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return sayFailure(abort.signal.aborted ? new CancelledError() : error, argv, program);
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

/** `endpoint stop`: a command as a person types it. */
function nameOf(command: Command): string {
  const parent = command.parent;
  return parent?.parent ? `${parent.name()} ${command.name()}` : command.name();
}

/** The command line for these words; without any all of it, which a test goes through to miss no command. */
export async function makeProgram(parts: CommandParts, argv: readonly string[] = []): Promise<Command> {
  const program = new Command('mlops')
    .description("Run and watch an ML system's whole life, on this machine or in an AWS account.")
    .version(parts.services.version)
    .option('--project <dir>', 'the project (default: the nearest mlops.json upwards)')
    .option('--env <name>', 'the environment (default: the one of "env use", else local)')
    .option('--json', 'print exactly one JSON document')
    .option('--quiet', 'no progress')
    .option('--verbose', 'more detail')
    .option('--yes', 'do not ask (on AWS only with --confirm)')
    .option('--confirm <name>', "the resource's name, typed out")
    .exitOverride()
    // Said in our own words: see failure.ts.
    .configureOutput({ outputError: () => undefined });
  await addCommands(program, argv, parts);
  return program;
}
