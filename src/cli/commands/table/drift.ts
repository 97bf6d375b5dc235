import type { Command } from 'commander';
import { ExitCode, InputError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import type { DriftColumn, DriftReport } from '../../../documents/drift-report.js';
import { methodsOf, type Profile } from '../../../drift/compare.js';
import { compareStatistics, compareTableFiles } from '../../../operations/tables/compare.js';
import { tableEndings } from '../../../data/table-formats.js';
import type { Act, Flags, LoneWork } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { listFlag, readingOptions, tableFlags } from '../../table-options.js';
import { figure, table } from '../../output.js';
import { performOnFiles } from '../../perform.js';
import type { Lines } from '../../terminal.js';

const profiles: Profile[] = ['default', 'evidently', 'nannyml', 'sagemaker'];

/** `mlops drift`: two tables compared column by column. */
export function addDrift(program: Command, act: Act): void {
  readingOptions(program.command('drift'))
    .description('compare two tables column by column; exits 0 whatever it finds, unless --fail-on drift')
    .requiredOption('--reference <file>', `what the columns used to look like: ${tableEndings}; .gz too`)
    .requiredOption('--current <file>', 'what they look like now')
    .option('--profile <profile>', `whose methods and thresholds: ${profiles.join(', ')}`, 'default')
    .option('--method <name>', "one of the profile's methods for every column that it suits")
    .option('--columns <names>', 'only these, with commas between')
    .option('--importance <model>', 'a model of trees: drift of what it does not look at matters less')
    .option('--chunk-size <rows>', 'with nannyml: rows of a chunk, in both tables')
    .option('--fail-on <finding>', 'drift: exit 1 when the dataset has drifted, 3 when that cannot be said')
    .action(act.alone(compare));
}

const compare: LoneWork = async (output, _args, flags, signal) => {
  const profile = choice(flags.profile, '--profile', profiles);
  const method = flags.method === undefined ? undefined : choice(flags.method, '--method', methodsOf(profile));
  const failing = flags.failOn === undefined ? undefined : choice(flags.failOn, '--fail-on', ['drift']);
  const { reference, current } = flags as { reference: string; current: string };
  const files = { reference, current };
  const at = { output, signal };
  const statistics = await performOnFiles(at, compareStatistics, files);
  // Statistics have no rows: they are compared by what they hold, in one way.
  const ofRows = { met: statistics === undefined, expected: 'statistics hold no rows, and are compared in one way' };
  refuseIdle('drift', flags, [
    ...['method', 'columns', 'importance', 'chunkSize', 'format'].map((option) => ({ option, ...ofRows })),
    {
      option: 'profile',
      met: statistics === undefined || profile === 'sagemaker',
      expected: ofRows.expected,
      unless: 'default',
    },
  ]);
  const report =
    statistics ??
    (await performOnFiles(at, compareTableFiles, {
      ...files,
      profile,
      method,
      columns: listFlag(flags.columns),
      model: flags.importance as string | undefined,
      chunkSize: chunkSizeOf(flags, profile),
      ...tableFlags(flags, [reference, current]),
    }));
  output.result(report, () => reportText(report));
  if (failing === undefined) return ExitCode.done;
  if (report.dataset.drifted === null) return ExitCode.inconclusive;
  return report.dataset.drifted ? ExitCode.verdictFail : ExitCode.done;
};

function choice<Name extends string>(value: unknown, option: string, known: readonly Name[]): Name {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new InputError(`${option}: found "${String(value)}", expected ${oneOf(value, known)}`);
  return found;
}

function chunkSizeOf(flags: Flags, profile: Profile): number | undefined {
  const asked = flags.chunkSize as string | undefined;
  if (asked === undefined) return undefined;
  if (profile !== 'nannyml') throw new InputError(`--chunk-size: found with --profile ${profile}, expected nannyml`);
  const size = Number(asked);
  if (!Number.isInteger(size) || size < 1)
    throw new InputError(`--chunk-size: found "${asked}", expected a whole number of rows above 0`);
  return size;
}

function reportText({ profile, reference, current, columns, schema, dataset, reasons }: DriftReport): Lines {
  const { missing, extra, types } = schema!;
  const weighed = columns.some(({ importance: worth }) => worth !== undefined);
  const header = [
    'column',
    'type',
    'method',
    'statistic',
    'p',
    'threshold',
    'drift',
    'missing',
    ...(weighed ? ['importance'] : []),
  ];
  const rows = columns.map((column) => [...rowOf(column), ...(weighed ? [figure(column.importance)] : [])]);
  const right = ['statistic', 'p', 'threshold', 'missing', 'importance'];
  const counted = columns.filter(({ drifted }) => drifted !== null).length;
  const drifted = columns.filter((column) => column.drifted).length;
  const notes = [
    ...missing.map((name) => `missing in ${current.name}: ${name}`),
    ...extra.map((name) => `new in ${current.name}: ${name}`),
    ...types.map((one) => `type of ${one.column}: ${one.reference} before, ${one.current} now`),
    ...columns.flatMap(({ column, reason }) => (reason === undefined ? [] : [`${column}: ${reason}`])),
    ...columns.flatMap((column) => changesOf(column, current.rows)),
    ...Object.entries(reasons).map(([place, reason]) => `${place}: ${reason}`),
  ];
  const answer = { true: 'drift', false: 'no drift', null: 'cannot be said' }[String(dataset.drifted)];
  const limit = dataset.threshold === null ? 'one is enough' : `drift from ${figure(dataset.threshold)} on`;
  const share = `${figure(dataset.share)}${dataset.weighted ? ' of the importance' : ''}`;
  return [
    `${answer}: ${drifted} of ${counted} columns compared (share ${share}, ${limit}), profile ${profile}`,
    `${reference.name}: ${figure(reference.rows)} rows; ${current.name}: ${figure(current.rows)} rows`,
    '',
    table(header, rows, right),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ];
}

function rowOf(column: DriftColumn): string[] {
  const { type, method, statistic, p_value, p_adjusted, threshold, drifted, severity } = column;
  const word = drifted === null ? 'cannot be said' : drifted ? `yes${severity ? `, ${severity}` : ''}` : 'no';
  const tested = [figure(statistic), figure(p_adjusted ?? p_value), figure(threshold)];
  return [column.column, type, method, ...tested, word, missingText(column)];
}

function changesOf(column: DriftColumn, rows: number): string[] {
  const { column: name, changes = [], new_categories: added = [], missing_categories: gone = [] } = column;
  const list = (names: string[]) => `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
  const emptied = changes.some(({ of, size, threshold }) => of === 'missing' && size > threshold);
  const share = percent(column.new_category_share);
  return [
    ...(emptied ? [`${name}: missing values ${missingText(column)}`] : []),
    ...(added.length === 0 ? [] : [`${name}: new categories ${list(added)} in ${share} of ${figure(rows)} rows`]),
    ...(gone.length === 0 ? [] : [`${name}: categories that are gone ${list(gone)}`]),
  ];
}

const percent = (share: number | null | undefined): string => (share == null ? '–' : `${figure(100 * share)} %`);

function missingText({ missing }: DriftColumn): string {
  if (missing === undefined) return '–';
  return missing.reference === missing.current
    ? percent(missing.current)
    : `${percent(missing.reference)} to ${percent(missing.current)}`;
}
