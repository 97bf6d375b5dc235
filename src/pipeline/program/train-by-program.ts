import { appendFileSync, existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BrokenError, CancelledError, InputError } from '../../common/errors.js';
import { keys } from '../../documents/keys.js';
import { commandText } from '../../project/commands.js';
import { setThreshold, type FittedCandidate } from '../candidates/candidate.js';
import type { Part } from '../evaluating/parts.js';
import type { StageContext } from '../stage.js';
import { writeChannels } from './channels.js';
import { layoutIn, makeLayout, type ProgramLayout } from './layout.js';
import { madeModel } from './made-model.js';
import { mayTrain } from './may-train.js';
import { keptVariables } from '../../common/kept-variables.js';
import { runCommand, type CommandEnd } from '../../common/run-command.js';
import { scriptFiles } from './script-files.js';
import { programVariables } from './variables.js';

/** What the program's candidate is called, beside those of `model.candidates`. */
export const programName = 'own-program';

/**
 * Lets the project's own program train by SageMaker's contract and makes its model a candidate: scored, gated and
 * registered like any other. undefined where the project has none. Its test rows are for the program's own figures.
 * @throws UntrustedCommand; BrokenError with its last lines when it fails; InputError for a model that cannot be used
 */
export async function trainByProgram(
  context: StageContext,
  parts: { train: Part; validation: Part; test: Part },
): Promise<FittedCandidate | undefined> {
  const { project, report, scratch } = context;
  const { train, model: wanted } = project.file;
  if (train === undefined) return undefined;
  mayTrain(context);
  const what = `train: ${commandText(train.command)}`;
  const root = join(scratch, 'program');
  await rm(root, { recursive: true, force: true });
  const layout = layoutIn(root);
  const channels = Object.keys(parts);
  const contentType = train.format === 'csv' ? 'text/csv' : 'application/x-parquet';
  await makeLayout(layout, channels, train.hyperparameters, contentType);
  await writeChannels(context, parts, { folderOf: layout.channel, format: train.format });
  const [entryPoint] = scriptFiles(project.folder, train.command);
  const told = { layout, channels, hyperparameters: train.hyperparameters, contentType, entryPoint };
  const variables = { ...keptVariables(), ...programVariables({ ...told, folder: project.folder }) };
  const log = makeLog(join(root, 'lines.log'), (line) => report.message('info', line));
  let end: CommandEnd;
  try {
    const { folder } = project;
    const { command, minutes } = train;
    end = await runCommand({ command, folder, variables, minutes, signal: context.signal, onLine: log.add });
  } finally {
    await keepLog(context, log.path);
  }
  await mustHaveEndedWell(end, { what, minutes: train.minutes, layout, last: log.last() });
  const columns = parts.train.matrix.columns;
  const bundle = await madeModel(layout.model, { file: project.file, columns, what });
  const thresholdReason = setThreshold(wanted, bundle, parts.validation);
  const { family } = bundle;
  const history = { name: programName, family, bestRound: null, stoppedEarly: false, rounds: [], series: [] };
  const inputs = bundle.inputs.map(({ name }) => name);
  return { name: programName, family, columns: inputs, bundle, thresholdReason, training: {}, history };
}

interface Ended {
  what: string;
  minutes: number;
  layout: ProgramLayout;
  last: string[];
}

async function mustHaveEndedWell(
  { code, killedBy, ended, failure }: CommandEnd,
  { what, minutes, layout, last }: Ended,
) {
  if (ended === 'cancelled') throw new CancelledError();
  if (failure !== undefined)
    throw new InputError(`${what}: cannot be started: ${failure.code ?? failure.message}; is the program installed?`);
  const told = await readFile(join(layout.output, 'failure'), 'utf8').catch(() => '');
  const lines = [...told.trim().split('\n').slice(0, 10), ...last].filter((line) => line !== '');
  if (ended === 'too long')
    throw new BrokenError([`${what}: still ran after ${minutes} minutes (train.minutes)`, ...lines].join('\n'));
  if (code !== 0)
    throw new BrokenError([`${what}: ended with ${code ?? killedBy}; what it said last:`, ...lines].join('\n'));
}

/** So many lines are shown as they come; all of them are kept. */
const mostShown = 1000;
const mostLast = 20;

function makeLog(path: string, show: (line: string) => void) {
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
        show(`… it says more than ${mostShown} lines: all of them will be in train.log of this run`);
    },
  };
}

async function keepLog({ writers, runId }: StageContext, path: string): Promise<void> {
  if (existsSync(path)) await writers.objects.putFile(keys.programLog(runId), path);
}
