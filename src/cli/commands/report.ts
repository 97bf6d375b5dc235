import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { fileError, makeFolder } from '../../common/files.js';
import { answer } from '../../operations/answer.js';
import {
  exported,
  exportReport,
  reportFormats,
  type ExportedReport,
  type ReportWish,
} from '../../operations/reports/export.js';
import { fileSource } from '../../operations/reports/report-source.js';
import { showDashboard } from '../../operations/reports/dashboard.js';
import type { Act, Flags } from '../command-runner.js';
import type { CliServices } from '../context.js';
import { refuseIdle } from '../no-effect.js';
import type { Output } from '../output.js';
import { pageParts } from '../page-parts.js';
import { perform } from '../perform.js';

export function addReport(program: Command, services: CliServices, act: Act): void {
  const ofFile = act.alone(async (output, [file], flags) => {
    refuseIdle('report', flags, [onlyOfDashboard]);
    const source = await fileSource(file as string);
    await write(await exported(source, wishOf(flags, services), output.note), flags, output);
  });
  const ofEnvironment = act(async (workspace, [key], flags) => {
    refuseIdle('report', flags, [onlyOfDashboard]);
    const wish = { key: key as string | undefined, ...wishOf(flags, services) };
    await write(await perform(workspace, exportReport, wish, flags), flags, workspace.output);
  });
  const ofDashboard = act(async (workspace, _args, flags) => {
    const { output } = workspace;
    const wish = wishOf(flags, services);
    const dashboard = await perform(workspace, showDashboard, { hours: hoursFlag(flags.hours) }, flags);
    const source = { name: 'dashboard.json', text: JSON.stringify(dashboard), whole: true };
    // The document itself is what another program wants of it, wherever its page goes.
    if (flags.json === true && flags.out === undefined) return output.result(dashboard, () => '');
    await write(await exported(source, wish, output.note), flags, output);
  });
  program
    .command('report')
    .argument(
      '[file-or-key]',
      'a document (default: the newest monitoring results of the environment), or "dashboard": the endpoint as it is now',
    )
    .option('--hours <n>', 'dashboard: how far back its graphs reach', '3')
    .option('--format <format>', reportFormats.join(', '), 'html')
    .option('--out <file>', 'where to write it; html defaults to a file beside you, the others to standard output')
    .option('--table <name>', 'csv: which table (default: the first; --table list names them)')
    .option('--rows <n>', 'html: rows to put behind every cell, gate, slice and column', '25')
    .description('a document as one HTML file, as Markdown, or its tables as CSV')
    .action((...args: unknown[]) =>
      typeof args[0] === 'string' && existsSync(args[0])
        ? ofFile(...args)
        : args[0] === 'dashboard'
          ? ofDashboard(...args)
          : ofEnvironment(...args),
    );
}

const onlyOfDashboard = { option: 'hours', met: false, expected: 'expected: mlops report dashboard', unless: '3' };

/** @throws InputError for what cannot be, and for an option that does nothing */
function wishOf(flags: Flags, services: CliServices): ReportWish {
  const format = formatOf(flags.format);
  refuseIdle('report', flags, [
    { option: 'table', met: format === 'csv', expected: 'expected --format csv beside it' },
    { option: 'rows', met: format === 'html', expected: 'only --format html holds rows', unless: '25' },
  ]);
  const table = flags.table as string | undefined;
  return { format, rows: rowsFlag(flags.rows), table, page: (title) => pageParts(services, title) };
}

/** A page becomes a file in the current folder; the others go to standard output unless a file is named. */
async function write({ name, text }: ExportedReport, flags: Flags, output: Output): Promise<void> {
  const { format } = flags;
  const said = flags.out as string | undefined;
  const out = said ?? (format === 'html' ? `${name.replace(/\.jsonl?$/, '')}.html` : undefined);
  if (out === undefined)
    return output.result(answer('exported-report', { format, text }), () => text.replace(/\r?\n$/, '').split(/\r?\n/));
  await save(out, text);
  const size = format === 'html' ? { bytes: Buffer.byteLength(text) } : {};
  output.result(answer('exported-report', { format, out, ...size }), () => out);
}

/** Written in place, so that a pipe or a terminal can be named too; its folder is made, as by every `--out`. */
export async function save(path: string, text: string): Promise<void> {
  await makeFolder(dirname(resolve(path)));
  await writeFile(path, text).catch((error: unknown) => {
    throw fileError('write', path, error);
  });
}

/** A graph holds no more points than CloudWatch keeps at five minutes. */
const mostHours = 24 * 14;

function hoursFlag(text: unknown): number {
  const hours = Number(text);
  if (Number.isInteger(hours) && hours >= 1 && hours <= mostHours) return hours;
  throw new InputError(`--hours: found "${String(text)}", expected a whole number from 1 to ${mostHours}`);
}

function rowsFlag(text: unknown): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows >= 0) return rows;
  throw new InputError(`--rows: found "${String(text)}", expected a whole number from 0`);
}

function formatOf(text: unknown): ReportWish['format'] {
  const format = reportFormats.find((one) => one === text);
  if (format) return format;
  throw new InputError(`--format: found "${String(text)}", expected ${reportFormats.join(', ')}`);
}
