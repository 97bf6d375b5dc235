import { setMaxListeners } from 'node:events';
import { Command } from 'commander';
import { CancelledError, ExitCode } from '../common/errors.js';
import { addAlarm } from './commands/alarm.js';
import { addApply } from './commands/apply.js';
import { addBucket } from './commands/bucket.js';
import { addCleanup } from './commands/cleanup.js';
import { addDoctor } from './commands/doctor.js';
import { addDrift } from './commands/drift.js';
import { addEndpoint } from './commands/endpoint.js';
import { addEnv } from './commands/env.js';
import { addFeatureGroup } from './commands/feature-group.js';
import { addGate } from './commands/gate.js';
import { addInit } from './commands/init.js';
import { addJob } from './commands/job.js';
import { addMetrics } from './commands/metrics.js';
import { addModel } from './commands/model.js';
import { addOverride } from './commands/override.js';
import { addPipeline } from './commands/pipeline.js';
import { addReport } from './commands/report.js';
import { addRows } from './commands/rows.js';
import { addProfile } from './commands/profile.js';
import { addRun } from './commands/run.js';
import { addRuns } from './commands/runs.js';
import { addSearch } from './commands/search.js';
import { addServe } from './commands/serve.js';
import { addStatus } from './commands/status.js';
import type { Act, Flags, LoneWork, ProjectWork, Work } from './command-runner.js';
import { openProject, openWorkspace, type Doors } from './context.js';
import { sayFailure } from './failure.js';
import { makeOutput } from './output.js';

/** Runs the command line once; resolves to the process's exit code. */
export async function runCli(argv: string[], doors: Doors): Promise<number> {
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
      const workspace = await openWorkspace(doors, flags, abort.signal);
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
  const program = makeProgram(doors, act, (code) => (exitCode = code));
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

/** The whole command line, as commander has it: also what a test goes through to miss no command. */
export function makeProgram(doors: Doors, act: Act, setExitCode: (code: number) => void): Command {
  const program = new Command('mlops')
    .description("Run and watch an ML system's whole life, on this machine or in an AWS account.")
    .version(doors.version)
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
  addInit(program, doors, setExitCode);
  addRun(program, act);
  addStatus(program, act);
  addRuns(program, act);
  addGate(program, act);
  addMetrics(program, act);
  addReport(program, doors, act);
  addRows(program, act);
  addOverride(program, act);
  addBucket(program, act);
  addFeatureGroup(program, act);
  addModel(program, act);
  addSearch(program, act);
  addEndpoint(program, act);
  addAlarm(program, act);
  addDrift(program, act);
  addProfile(program, act);
  addPipeline(program, act);
  addApply(program, act);
  addCleanup(program, act);
  addServe(program, act);
  addJob(program, doors, act);
  addEnv(program, act, doors);
  addDoctor(program, act, doors);
  return program;
}
