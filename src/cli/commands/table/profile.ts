import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type * as z from 'zod';
import { InputError, messageOf } from '../../../common/errors.js';
import { writeAtomic } from '../../../common/files.js';
import { oneOf } from '../../../common/nearest.js';
import { firstProblem } from '../../../common/schema-words.js';
import { modelMonitorConstraintsSchema } from '../../../documents/model-monitor/constraints.js';
import { modelMonitorStatisticsSchema } from '../../../documents/model-monitor/statistics.js';
import { modelMonitorText } from '../../../documents/model-monitor/text.js';
import type { ProfiledColumn, TableProfile } from '../../../documents/table-profile.js';
import { monitorBaseline, monitorViolations } from '../../../pipeline/drift/monitor-table.js';
import { profileTable, type TableFile } from '../../../pipeline/drift/profile-table.js';
import type { Act, Flags, LoneWork } from '../../command-runner.js';
import { answer } from '../../../operations/answer.js';
import { readingOptions, tableFlags } from '../../table-options.js';
import { figure, type Output, table } from '../../output.js';
import type { Lines } from '../../terminal.js';

/** `mlops profile`: what a table looks like, and whether it is what it should be. */
export function addProfile(program: Command, act: Act): void {
  readingOptions(program.command('profile'))
    .description('statistics of a table and constraints for the next one')
    .requiredOption('--data <file>', 'a table: .csv, .tsv, .parquet, .json or .jsonl; .gz too')
    .option(
      '--profile <profile>',
      'default, or sagemaker: statistics.json and constraints.json of Model Monitor',
      'default',
    )
    .option('--out <dir>', 'where to write the documents')
    .option(
      '--constraints <file>',
      'with sagemaker: check the table against a constraints.json; writes constraint_violations.json',
    )
    .option('--baseline-statistics <file>', 'with --constraints: the statistics.json to look for drift from')
    .action(act.alone(profile));
}

const profile: LoneWork = async (output, _args, flags, signal) => {
  const known = ['default', 'sagemaker'];
  if (!known.includes(flags.profile as string))
    throw new InputError(`--profile: found "${String(flags.profile)}", expected ${oneOf(flags.profile, known)}`);
  const data = flags.data as string;
  const file: TableFile = { data, ...tableFlags(flags, [data], output.note), now: new Date(), signal };
  const out = flags.out as string | undefined;
  if (flags.constraints !== undefined) return check(output, file, flags, out);
  if (flags.baselineStatistics !== undefined)
    throw new InputError('--baseline-statistics: found without --constraints, expected both');
  if (flags.profile === 'sagemaker') return baseline(output, file, out);
  const document = await profileTable(file);
  if (out !== undefined) await write(out, { 'profile.json': `${JSON.stringify(document, null, 2)}\n` });
  output.result(document, () => profileText(document));
};

async function baseline(output: Output, file: TableFile, out: string | undefined): Promise<void> {
  const { statistics, constraints } = await monitorBaseline(file);
  if (out !== undefined)
    await write(out, {
      'statistics.json': modelMonitorText(statistics),
      'constraints.json': modelMonitorText(constraints),
    });
  output.result(answer('model-monitor-baseline', { statistics, constraints }), () => {
    const rows = constraints.features.map(({ name, inferred_type, completeness }) => [
      name,
      inferred_type,
      figure(completeness),
    ]);
    return table(['column', 'type', 'completeness'], rows, ['completeness']);
  });
}

async function check(output: Output, file: TableFile, flags: Flags, out: string | undefined): Promise<void> {
  if (flags.profile !== 'sagemaker')
    throw new InputError('--constraints: found with --profile default, expected sagemaker');
  const constraints = await readDocument(flags.constraints as string, modelMonitorConstraintsSchema);
  const statistics =
    flags.baselineStatistics === undefined
      ? undefined
      : await readDocument(flags.baselineStatistics as string, modelMonitorStatisticsSchema);
  const found = await monitorViolations(file, constraints, statistics);
  if (out !== undefined) await write(out, { 'constraint_violations.json': modelMonitorText(found) });
  output.result(answer('model-monitor-violations', found), () => {
    if (found.violations.length === 0) return 'no violations';
    return found.violations.map((one) => `${one.feature_name}  ${one.constraint_check_type}  ${one.description}`);
  });
}

async function readDocument<Document>(file: string, schema: z.ZodType<Document>): Promise<Document> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: cannot be read as JSON: ${messageOf(error)}`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InputError(`${file}: ${firstProblem(parsed.error, json)}, as in a file of Model Monitor`);
}

async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files))
    await writeAtomic(resolve(join(folder, name)), text, { temporary: resolve(folder) });
}

function profileText({ table: { name, rows }, columns, constraints }: TableProfile): Lines {
  const header = ['column', 'type', 'count', 'missing %', 'distinct', 'mean', 'std', 'min', 'median', 'max', 'top'];
  const right = header.slice(2, -1);
  const rules = constraints.map((one) => `${one.column} ${one.text}`);
  const shown = table(header, columns.map(rowOf), right);
  return [`${name}: ${figure(rows)} rows, ${columns.length} columns`, '', shown, '', 'suggested:', ...rules];
}

function rowOf(column: ProfiledColumn): string[] {
  const { type, count, null_pct, distinct, mean, std, min, max, quantiles, top = [] } = column;
  const most = top.slice(0, 3).map(({ value, share }) => `${value} ${(100 * share).toFixed(0)} %`);
  const figures = [count, null_pct, distinct, mean, std, min, quantiles?.['0.5'], max];
  return [column.column, type, ...figures.map((value) => figure(value)), most.join(', ')];
}
