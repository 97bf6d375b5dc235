import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { readIfThere, writeAtomic } from '../../common/files.js';
import { withoutSection, withSection } from '../../export/dotenv/section.js';
import { parseDotenv } from '../../project/adopt/dotenv.js';
import { answer } from '../../operations/answer.js';
import { exportDotenv } from '../../operations/exports/dotenv.js';
import { exportPrometheus } from '../../operations/exports/prometheus.js';
import type { Act, Flags } from '../command-runner.js';
import type { Workspace } from '../context.js';
import { perform } from '../perform.js';

export function addExport(program: Command, act: Act): void {
  const command = program.command('export').description('the project in the words of other platforms, as files');
  command
    .command('prometheus')
    .description('how Prometheus scrapes the endpoint, its alarms as rules, and a Grafana dashboard')
    .requiredOption('--out <folder>', 'where the files are written; files that differ are not replaced')
    .option('--replace', 'replace files that differ')
    .action(act(writePrometheus));
  command
    .command('dotenv')
    .description('the names of what the project has, for steps of other programs: NAME=VALUE lines in a file')
    .option('--out <file>', 'the file that gets them, beside what else it says (default: .env of the project)')
    .option('--replace', 'also where it says one of these names otherwise')
    .action(act(writeDotenv));
}

async function writeDotenv(workspace: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  const { out, replace, ...others } = flags as Flags & { out?: string; replace?: boolean };
  const variables = await perform(workspace, exportDotenv, undefined, others);
  const file = out === undefined ? join(workspace.project.folder, '.env') : resolve(out);
  const text = (await readIfThere(file))?.toString('utf8') ?? '';
  const said = parseDotenv(withoutSection(text), file);
  const other = Object.entries(variables).find(([name, value]) => (said[name] ?? value) !== value);
  if (other !== undefined && replace !== true)
    throw new InputError(
      `${file}: found another ${other[0]}, expected none or ${other[1]}; say it after that line with --replace`,
    );
  await writeAtomic(file, withSection(text, variables), { temporary: dirname(file) });
  workspace.output.result(answer('export', { file, variables }), () =>
    Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  );
}

async function writePrometheus(workspace: Workspace, _args: unknown[], flags: Flags): Promise<void> {
  const { out, replace, ...others } = flags as Flags & { out: string; replace?: boolean };
  const { files, left } = await perform(workspace, exportPrometheus, undefined, others);
  const folder = resolve(out);
  const there = await Promise.all(files.map(({ name }) => readIfThere(join(folder, name))));
  const other = files.find(({ text }, at) => there[at] !== undefined && there[at].toString('utf8') !== text);
  if (other !== undefined && replace !== true)
    throw new InputError(
      `${join(out, other.name)}: found other contents, expected none or the same; write over them with --replace`,
    );
  for (const { name, text } of files) await writeAtomic(join(folder, name), text, { temporary: folder });
  for (const { name, why } of left) workspace.output.warn(`${name} is no rule: ${why}`);
  const names = files.map(({ name }) => name);
  workspace.output.result(answer('export', { folder, files: names, left }), () => names.map((name) => join(out, name)));
}
