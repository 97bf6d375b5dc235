import { appendFileSync, existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BrokenError, CancelledError, InputError, messageOf } from '../../common/errors.js';
import { codeOf } from '../../common/files.js';
import { keptVariables } from '../../common/kept-variables.js';
import { runCommand, type CommandEnd } from '../../common/processes/run-command.js';
import { keys } from '../../documents/keys.js';
import { commandText } from '../../project/commands.js';
import type { StageContext } from '../stage.js';
import { layoutIn, makeLayout, type ProgramLayout } from './layout.js';
import { mayRunProgram, type ProgramStage } from './may-run.js';
import { scriptFiles } from './script-files.js';
import { programVariables } from './variables.js';

/** A program of the project's, and what it is told. */
export interface ProgramToRun {
  stage: ProgramStage;
  command: readonly string[];
  hyperparameters: Record<string, unknown>;
  format: 'csv' | 'parquet';
  minutes: number;
  channels: readonly string[];
  /** Writes the channels' files. */
  fill: (layout: ProgramLayout) => Promise<void>;
}

/**
 * Runs a program of the project's by SageMaker's contract, to its end, and keeps what it says.
 * @returns where it left what it made
 * @throws UntrustedCommand; BrokenError with its last lines when it fails
 */
export async function runProgram(context: StageContext, asked: ProgramToRun): Promise<ProgramLayout> {
  const { project, report, runId, scratch, signal, writers } = context;
  const { stage, command, hyperparameters, channels, minutes } = asked;
  const { folder } = project;
  mayRunProgram(context, stage, command);
  const what = programText(asked);
  const contentType = asked.format === 'csv' ? 'text/csv' : 'application/x-parquet';
  const own = join(scratch, 'program');
  await rm(own, { recursive: true, force: true });
  const make = (layout: ProgramLayout) => makeLayout(layout, channels, hyperparameters, contentType);
  const layout = await layoutOf(context, own, make);
  await asked.fill(layout);
  const [entryPoint] = scriptFiles(folder, command);
  const told = { layout, channels, hyperparameters, contentType, entryPoint, folder };
  const variables = { ...keptVariables(), ...programVariables(told) };
  const log = makeLog(join(scratch, `${stage}-lines.log`), stage, (line) => report.message('info', line));
  let end: CommandEnd;
  try {
    end = await runCommand({ command, folder, variables, minutes, signal, onLine: log.add });
  } finally {
    if (existsSync(log.path)) await writers.objects.putFile(keys.programLog(runId, stage), log.path);
  }
  await mustHaveEndedWell(end, { what, minutes, limit: `${stage}.minutes`, layout, last: log.last() });
  return layout;
}

export const programText = ({ stage, command }: Pick<ProgramToRun, 'stage' | 'command'>): string =>
  `${stage}: ${commandText(command)}`;

/** In a training container the places that SageMaker itself has, `/opt/ml`, for scripts that name them; else its own. */
async function layoutOf(
  { containerRoot, report }: StageContext,
  own: string,
  make: (layout: ProgramLayout) => Promise<void>,
): Promise<ProgramLayout> {
  if (containerRoot !== undefined) {
    const layout = layoutIn(containerRoot);
    try {
      await make(layout);
      return layout;
    } catch (error) {
      if (!['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
      report.message('warning', `${messageOf(error)}: the program finds its files by SM_* alone`);
    }
  }
  const layout = layoutIn(own);
  await make(layout);
  return layout;
}

interface Ended {
  what: string;
  minutes: number;
  limit: string;
  layout: ProgramLayout;
  last: string[];
}

async function mustHaveEndedWell(
  { code, killedBy, ended, failure }: CommandEnd,
  { what, minutes, limit, layout, last }: Ended,
) {
  if (ended === 'cancelled') throw new CancelledError();
  if (failure !== undefined)
    throw new InputError(`${what}: cannot be started: ${failure.code ?? failure.message}; is the program installed?`);
  const told = await readFile(join(layout.output, 'failure'), 'utf8').catch(() => '');
  const lines = [...told.trim().split('\n').slice(0, 10), ...last].filter((line) => line !== '');
  if (ended === 'too long')
    throw new BrokenError([`${what}: still ran after ${minutes} minutes (${limit})`, ...lines].join('\n'));
  if (code !== 0)
    throw new BrokenError([`${what}: ended with ${code ?? killedBy}; what it said last:`, ...lines].join('\n'));
}

/** So many lines are shown as they come; all of them are kept. */
const mostShown = 1000;
const mostLast = 20;

function makeLog(path: string, stage: ProgramStage, show: (line: string) => void) {
  const last: string[] = [];
  let lines = 0;
  return {
    path,
    last: () => last,
    add: (line: string) => {
      lines += 1;
      last.push(line);
      if (last.length > mostLast) last.shift();
      appendFileSync(path, `${line}\n`);
      if (lines <= mostShown) show(line);
      if (lines === mostShown + 1)
        show(`… it says more than ${mostShown} lines: all of them will be in ${stage}.log of this run`);
    },
  };
}
