import { Option, type Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { readRecords } from '../../../data/files/records.js';
import type { Wrong } from '../../../data/files/tokenizer.js';
import { requestForms, type RequestForm } from '../../../project/commands.js';
import { registerModel } from '../../../operations/models/register.js';
import { eventFile } from '../../../pipeline/events.js';
import type { RegisterWish } from '../../../pipeline/registering/wish.js';
import type { Act } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { refuseIdle } from '../../no-effect.js';
import { figure } from '../../output.js';
import { perform } from '../../perform.js';
import { progressPrinter } from '../../progress.js';

interface RegisterFlags extends Record<string, unknown> {
  file?: string;
  servingCommand?: string;
  mlflow?: string;
  request: RequestForm;
  rounds?: string;
  threshold?: string;
  classes?: string;
  columns?: string;
}

/** `mlops model register`: a model that was trained elsewhere becomes a version of the project's. */
export function addModelRegister(model: Command, act: Act): void {
  model
    .command('register')
    .option('--file <model>', 'LightGBM text, XGBoost .json or .ubj, .onnx; or a model.tar.gz or bundle with one')
    .option(
      '--serving-command <command>',
      'a program that answers GET /ping and POST /invocations on SAGEMAKER_BIND_TO_PORT',
    )
    .option(
      '--mlflow <uri>',
      'models:/NAME@ALIAS or models:/NAME/VERSION (MLFLOW_TRACKING_URI), or a folder with MLmodel',
    )
    .option('--data <table>', "rows with labels to evaluate it on (default: the project's test part)")
    .option('--label <column>', "the label in --data (default: the project's target)")
    .option('--name <name>', 'what the version is called')
    .option('--inputs <file>', 'its columns: a signature in JSON, or a table that has just these, and the label')
    .option('--columns <names>', 'its columns in its order, with commas between')
    .option('--classes <names>', 'its classes in the order of its outputs, with commas between')
    .option('--task <task>', 'binary, multiclass or regression, to be sure')
    .option('--threshold <number>', 'of a binary model: class 1 from this score on')
    .option('--rounds <from:to>', 'of an XGBoost model: which rounds count')
    .addOption(
      new Option('--request <form>', 'how rows go to the serving command').choices(requestForms).default('csv'),
    )
    .description('make a version of a model that was trained elsewhere')
    .action(act((workspace, _args, flags) => register(workspace, flags as RegisterFlags)));
}

async function register(workspace: Workspace, flags: RegisterFlags): Promise<void> {
  refuseIdle('model register', flags, [
    { option: 'label', met: flags.data !== undefined, expected: 'expected --data TABLE beside it' },
    { option: 'rounds', met: flags.file !== undefined, expected: 'expected --file MODEL beside it' },
    {
      ...{ option: 'request', met: flags.servingCommand !== undefined, unless: 'csv' },
      expected: 'expected --serving-command COMMAND beside it',
    },
  ]);
  const { project, output } = workspace;
  const print = progressPrinter(output);
  const emit = (runId: string) => {
    const record = eventFile(project.folder, runId);
    return (event: Parameters<typeof print>[0]) => {
      record(event);
      print(event);
    };
  };
  const { name, task, data, label, inputs } = flags as Pick<
    RegisterWish,
    'name' | 'task' | 'data' | 'label' | 'inputs'
  >;
  const wish: RegisterWish = {
    ...{ from: fromOf(flags), name, task, data, label, inputs },
    columns: listOf('--columns', flags.columns),
    classes: listOf('--classes', flags.classes),
    threshold: flags.threshold === undefined ? undefined : numberOf('--threshold', flags.threshold),
  };
  const made = await perform(workspace, registerModel, { ...wish, emit }, flags);
  output.result(made, () => {
    const figures = Object.entries(made.metrics).slice(0, 4);
    return `${made.version} (${made.name}) is ${made.status}: ${figures.map(([key, value]) => `${key} ${figure(value)}`).join(', ')}`;
  });
}

function fromOf({ file, servingCommand, mlflow, rounds, request }: RegisterFlags): RegisterWish['from'] {
  const given = { '--file': file, '--serving-command': servingCommand, '--mlflow': mlflow };
  const asked = Object.entries(given).filter(([, value]) => value !== undefined);
  if (asked.length !== 1)
    throw new InputError(
      `model register: found ${asked.map(([flag]) => flag).join(' and ') || 'nothing to register'}, expected one of ${Object.keys(given).join(', ')}`,
    );
  if (file !== undefined)
    return { kind: 'file', path: file, ...(rounds === undefined ? {} : { rounds: roundsOf(rounds) }) };
  return mlflow === undefined ? { kind: 'command', text: servingCommand!, request } : { kind: 'mlflow', uri: mlflow };
}

function roundsOf(text: string): [number, number] {
  const found = /^(\d{1,7}):(\d{1,7})$/.exec(text);
  if (found) return [Number(found[1]), Number(found[2])];
  throw new InputError(`--rounds: found "${text}", expected FROM:TO, the first round and past the last: 0:120`);
}

function numberOf(flag: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InputError(`${flag}: found "${text}", expected a number`);
}

/** Names with commas between; one that has a comma itself stands in quotes, as in CSV. */
function listOf(option: string, text: string | undefined): string[] | undefined {
  if (!text?.includes('"')) return text?.split(',').map((one) => one.trim());
  const wrong: Wrong = (_, found, expected) => new InputError(`${option}: found ${found}, expected ${expected}`);
  return readRecords(Buffer.from(text), ',', wrong, 1).records[0]!.values.map((value) => value.text.trim());
}
