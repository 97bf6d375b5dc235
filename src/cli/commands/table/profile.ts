import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import type { ProfiledColumn, TableProfile } from '../../../documents/tables/table-profile.js';
import type { OnFiles } from '../../../operations/operation.js';
import { findViolations, makeMonitorBaseline, profileTableFile } from '../../../operations/tables/profile.js';
import { tableEndings } from '../../../data/table-formats.js';
import type { Act, LoneWork } from '../../command-runner.js';
import { figure, table } from '../../output.js';
import { performOnFiles } from '../../perform.js';
import { readingOptions, tableFlags } from '../../table-options.js';
import type { Lines } from '../../terminal.js';

type Made<Asked> = Asked extends OnFiles<never, infer Document> ? Document : never;

/** `mlops profile`: what a table looks like, and whether it is what it should be. */
export function addProfile(program: Command, act: Act): void {
  readingOptions(program.command('profile'))
    .description('statistics of a table and constraints for the next one')
    .requiredOption('--data <file>', `a table: ${tableEndings}; .gz too`)
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
  const { constraints, baselineStatistics: statistics, out } = flags as Record<string, string | undefined>;
  const asked = { data, out, ...tableFlags(flags, [data]) };
  const at = { output, signal };
  if (constraints !== undefined) {
    if (flags.profile !== 'sagemaker')
      throw new InputError('--constraints: found with --profile default, expected sagemaker');
    const found = await performOnFiles(at, findViolations, { ...asked, constraints, statistics });
    return output.result(found, () => violationsText(found));
  }
  if (statistics !== undefined)
    throw new InputError('--baseline-statistics: found without --constraints, expected both');
  if (flags.profile === 'sagemaker') {
    const made = await performOnFiles(at, makeMonitorBaseline, asked);
    return output.result(made, () => baselineText(made));
  }
  const document = await performOnFiles(at, profileTableFile, asked);
  output.result(document, () => profileText(document));
};

function baselineText({ constraints }: Made<typeof makeMonitorBaseline>): Lines {
  const rows = constraints.features.map(({ name, inferred_type, completeness }) => [
    name,
    inferred_type,
    figure(completeness),
  ]);
  return table(['column', 'type', 'completeness'], rows, ['completeness']);
}

function violationsText({ violations }: Made<typeof findViolations>): Lines {
  if (violations.length === 0) return 'no violations';
  return violations.map((one) => `${one.feature_name}  ${one.constraint_check_type}  ${one.description}`);
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
