import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { listTemplates } from '../../../project/templates.js';
import { adopt, adoptedText, type AdoptFlags } from './adopt.js';
import type { Act } from '../../command-runner.js';
import type { CliServices } from '../../context.js';
import { answer } from '../../../operations/answer.js';
import { refuseIdle } from '../../no-effect.js';
import { performOnFiles } from '../../perform.js';
import { projectFromPredictions } from '../../../operations/projects/from-predictions.js';
import { projectFromTable } from '../../../operations/projects/from-table.js';
import { projectFromTemplate } from '../../../operations/projects/from-template.js';
import { requestForms } from '../../../project/commands.js';
import { tableEndings } from '../../../data/table-formats.js';
import { textFlags, textOptions } from '../../table-options.js';
import { fromUrl } from './from-url.js';
import type { At, InitFlags } from './init-flags.js';
import { numberOf } from './number-of.js';
import { rolesText } from './roles-text.js';

/**
 * `mlops init TEMPLATE [DIR]`: a new project from a template; `init --from TABLE --target COLUMN [DIR]`: about a table;
 * `init --from-env FILE`, `--from-endpoint NAME`: about what runs in an account.
 */
export async function addInit(program: Command, services: CliServices, act: Act): Promise<void> {
  // A container of stages has no templates, and its help has nothing to say of them.
  const templates = await listTemplates(services.templates).catch(() => []);
  const names = templates.map(({ name }) => ` ${name}`).join(',');
  textOptions(program.command('init'))
    .argument('[template]', `which to start from:${names || ' none is here'}`)
    .argument('[dir]', 'where (default: a folder of its name)')
    .option('--from-env <file>', "adopt the system that a deployed pipeline's .env describes")
    .option('--from-endpoint <name>', 'adopt an endpoint that runs in an AWS account')
    .option('--region <region>', 'with --from-endpoint: its AWS region')
    .option('--profile <profile>', 'with --from-endpoint: the AWS profile to sign in with')
    .option('--sample', 'generate sample data')
    .option('--scenario <name>', 'what the sample data shows: healthy, drifted or failing', 'healthy')
    .option('--from <table>', `make a project about this table: ${tableEndings}`)
    .option(
      '--predictions <table>',
      'make a project about predictions that are made elsewhere: a table, or what was captured of an endpoint',
    )
    .option(
      '--score <column>',
      'with --predictions: the score, a probability or a value; of several classes one a class: "p_*"',
      (column: string, before: string[] = []) => [...before, column],
    )
    .option('--class <column>', 'with --predictions: the predicted class, instead of scores or beside them')
    .option('--url <address>', 'make a project about an endpoint that is not yours: where rows are posted to')
    .option('--sample-rows <table>', 'with --url: rows with labels, as the endpoint takes them')
    .option('--token <env:NAME>', "with --url: the variable that holds the endpoint's token")
    .option(
      '--request <form>',
      `with --url: how rows are sent: ${requestForms.join(', ')} (default: what it understands)`,
    )
    .option('--private-network', 'with --url: it may lie in a network of your own')
    .option(
      '--threshold <number>',
      'with --predictions, --url: from which score on a row counts as predicted (default: 0.5)',
    )
    .option('--dry-run', 'with --from, --predictions, --url: only say what is understood, and make nothing')
    .option('--label <column>', 'with --predictions, --url: what came of it; may be empty for now')
    .option(
      '--labels <place>',
      'with --predictions: labels that lie elsewhere: a table, or ground truth of captured requests',
    )
    .option(
      '--reference-until <date>',
      'with --predictions, --url: the first day that is judged (default: half of the rows)',
    )
    .option('--target <column>', 'with --from: the column to predict')
    .option('--positive <value>', 'with --from: the value of the target that counts as 1')
    .option('--task <task>', 'with --from: binary, multiclass or regression, where the target does not say it')
    .option('--entity <column>', 'with --from: the column that names the thing a row is about')
    .option('--time <column>', "with --from: the column with the row's own time")
    .option('--without <column...>', 'with --from: columns to leave out')
    .option('--horizon <days>', 'with --from: how many days after its time a row has its label')
    .description('make a project from a template, from a table of yours, or from what runs in an account')
    .action(
      act.alone(async (output, args, allFlags, signal) => {
        const at = { output, signal };
        const flags = allFlags as unknown as InitFlags & AdoptFlags;
        const [first, second] = args as (string | undefined)[];
        refuseIdleFlags(flags, second);
        if (flags.from !== undefined) return fromTable(at, flags.from, first, flags);
        if (flags.url !== undefined) return fromUrl(at, flags.url, first, flags);
        if (flags.predictions !== undefined) return fromPredictions(at, flags.predictions, first, flags);
        const adopted = await adopt(at, services, flags, first);
        if (adopted === undefined) return fromTemplate(at, services, first, second, flags);
        output.result(answer('new-project', adopted), () => adoptedText(adopted));
      }),
    );
}

/** What one way to begin has, another would take and leave. */
function refuseIdleFlags(flags: InitFlags & AdoptFlags, second: string | undefined): void {
  const { from, fromEnv, fromEndpoint, sample, predictions, url } = flags;
  const ways = Object.entries({
    '--from': from,
    '--predictions': predictions,
    '--url': url,
    '--from-env': fromEnv,
    '--from-endpoint': fromEndpoint,
  });
  const given = ways.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (given.length > 1) throw new InputError(`init: found ${given.join(' and ')}, expected one of them`);
  if (given.length === 1 && second !== undefined)
    throw new InputError(`init ${given[0]}: found a second folder "${second}", expected one at most`);
  const ofTable = { met: from !== undefined, expected: 'expected --from TABLE beside it' };
  refuseIdle('init', { ...flags }, [
    ...['target', 'horizon'].map((option) => ({ option, ...ofTable })),
    { option: 'without', ...ofTable, met: ofTable.met || url !== undefined },
    ...['positive', 'entity', 'time', 'task', 'nulls', 'decimal', 'encoding', 'sheet'].map((option) => ({
      ...{ option, ...ofTable, met: ofTable.met || predictions !== undefined || url !== undefined },
    })),
    {
      ...{ option: 'dryRun', met: from !== undefined || predictions !== undefined || url !== undefined },
      expected: 'expected --from TABLE, --predictions TABLE or --url ADDRESS beside it',
    },
    ...['threshold', 'label', 'referenceUntil'].map((option) => ({
      ...{ option, met: predictions !== undefined || url !== undefined },
      expected: 'expected --predictions TABLE or --url ADDRESS beside it',
    })),
    ...['sampleRows', 'token', 'request', 'privateNetwork'].map((option) => ({
      ...{ option, met: url !== undefined, expected: 'expected --url ADDRESS beside it' },
    })),
    ...['score', 'class', 'labels'].map((option) => ({
      ...{ option, met: predictions !== undefined, expected: 'expected --predictions TABLE beside it' },
    })),
    { option: 'region', met: fromEndpoint !== undefined, expected: 'expected --from-endpoint NAME beside it' },
    { option: 'profile', met: fromEndpoint !== undefined, expected: 'expected --from-endpoint NAME beside it' },
    { option: 'sample', met: given.length === 0, expected: 'only templates have sample data' },
    { option: 'scenario', met: sample === true, expected: 'expected --sample beside it', unless: 'healthy' },
  ]);
}

/** What is before `referenceUntil` is what all that comes is held against. */
async function fromPredictions(at: At, from: string, dir: string | undefined, flags: InitFlags): Promise<void> {
  const { score, class: ofClass, label, labels, time, entity, positive, task, referenceUntil, dryRun: look } = flags;
  const threshold = flags.threshold === undefined ? undefined : numberOf('--threshold', flags.threshold);
  const asked = {
    from,
    dir,
    reading: textFlags({ ...flags }, [from]),
    score,
    class: ofClass,
    label,
    labels,
    time,
    entity,
    positive,
    task,
    threshold,
    referenceUntil,
    look,
  };
  const made = await performOnFiles(at, projectFromPredictions, asked);
  at.output.result(answer('new-project', made), () => [
    look ? `${made.folder} would be made.` : `${made.folder} is ready.`,
    ...made.understood.map(({ text, otherwise }) => `  ${[text, otherwise].filter(Boolean).join('; ')}`),
    `  rows before ${made.reference} are the reference (${made.task}); it trains and serves nothing`,
    ...(look ? [] : [`Judge the later rows: mlops run --project ${made.folder}; and the next file: mlops judge FILE`]),
  ]);
}

async function fromTemplate(
  at: At,
  { templates }: CliServices,
  template: string | undefined,
  dir: string | undefined,
  flags: InitFlags,
): Promise<void> {
  if (template === undefined) {
    throw new InputError(
      'init: found no template, expected its name, or --from TABLE --target COLUMN, or --from-env FILE, or --from-endpoint NAME',
    );
  }
  const folder = resolve(dir ?? template);
  const scenario = flags.sample ? flags.scenario : undefined;
  const made = await performOnFiles(at, projectFromTemplate, { template, templates, folder, scenario });
  at.output.result(answer('new-project', made), () => {
    const ready = flags.sample === true || existsSync(resolve(folder, 'data'));
    const sample = ready ? '' : ' Put your data where mlops.json says, then';
    return `${folder} is ready.${sample} run: mlops run --project ${dir ?? template}`;
  });
}

async function fromTable(at: At, from: string, dir: string | undefined, flags: InitFlags): Promise<void> {
  const { target, entity, time, positive, without, task: asked, dryRun: look } = flags;
  const horizon = flags.horizon === undefined ? undefined : daysOf(flags.horizon);
  const { folder, files, roles } = await performOnFiles(at, projectFromTable, {
    from,
    dir,
    target,
    entity,
    time,
    positive,
    task: asked,
    without,
    horizon,
    reading: textFlags({ ...flags }, [from]),
    look,
  });
  const { task, numbers, categories, dates, leftOut, warnings } = roles;
  const inputs = [...numbers, ...categories, ...dates].map(({ name }) => name);
  const understood = rolesText(roles).map((text) => ({ text }));
  const made = { folder, files, task, target, inputs, leftOut, warnings, understood };
  at.output.result(answer('new-project', made), () => [
    look ? `${folder} would be made.` : `${folder} is ready.`,
    ...understood.map(({ text }) => `  ${text}`),
    ...(look ? [] : [`Look at mlops.json and features.sql, then run: mlops run --project ${folder}`]),
  ]);
}

function daysOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InputError(`--horizon: found "${text}", expected a number of days such as 7`);
}
