import { setMaxListeners } from 'node:events';
import { Command } from 'commander';
import { CancelledError, ExitCode } from '../common/errors.js';
import { untilAborted } from '../common/until-aborted.js';
import { addCommands, type CommandParts } from './command-list.js';
import type { Act, Flags, LoneWork, ProjectWork, Work } from './command-runner.js';
import { openProject, openWorkspace, type CliServices } from './context.js';
import { addExamples } from './examples.js';
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
  const { signal } = abort;
  const flagsOf = (args: unknown[]) => (args.at(-1) as Command).optsWithGlobals<Flags>();
  const doing =
    (work: (flags: Flags, given: unknown[]) => Promise<number | void>) =>
    async (...args: unknown[]) => {
      exitCode = (await work(flagsOf(args), args.slice(0, -2))) ?? ExitCode.done;
    };
  const lasting = (work: LoneWork) => doing((flags, given) => work(makeOutput(flags), given, flags, signal));
  const act: Act = Object.assign(
    (work: Work) =>
      doing(async (flags, given) => {
        const workspace = await untilAborted(signal, () => openWorkspace(services, flags, signal));
        return work(workspace, given, flags);
      }),
    {
      lasting,
      alone: (work: LoneWork) => lasting((...at) => untilAborted(signal, async () => work(...at))),
      project: (work: ProjectWork) =>
        doing((flags, given) =>
          untilAborted(signal, async () => {
            const project = await openProject(flags);
            return work({ project, output: makeOutput(flags), signal }, given, flags);
          }),
        ),
    },
  );
  const program = await makeProgram({ services, act }, argv);
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
  addExamples(program);
  return program;
}
