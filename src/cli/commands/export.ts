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
import { writeExport, writePlatform } from '../write-export.js';

export function addExport(program: Command, act: Act): void {
  const command = program.command('export').description('the project in the words of other platforms, as files');
  const intoFolder = (name: string, about: string) =>
    command
      .command(name)
      .description(about)
      .requiredOption('--out <folder>', 'where the files are written; files that differ are not replaced')
      .option('--replace', 'replace files that differ');
  intoFolder('prometheus', 'how Prometheus scrapes the endpoint, its alarms as rules, and a Grafana dashboard').action(
    act(writePrometheus),
  );
  intoFolder('compose', 'the served model with Docker Compose: nginx with TLS, Prometheus, Grafana, a backup').action(
    act.project((at, _args, flags) => writePlatform(at, flags, { platform: 'compose' })),
  );
  intoFolder('kubernetes', 'the served model on Kubernetes: deployment, service, autoscaler, policies')
    .option(
      '--replicas <n>',
      'how many run at least (default: 2, or 1 where the service keeps something in its memory)',
    )
    .action(
      act.project((at, _args, { replicas, ...flags }) =>
        writePlatform(at, flags, { platform: 'kubernetes', replicas: copiesOf(replicas as string | undefined) }),
      ),
    );
  intoFolder('terraform', 'the project in an AWS account: bucket, role, image, endpoint, alarms, who is told').action(
    act.project((at, _args, flags) => writePlatform(at, flags, { platform: 'terraform' })),
  );
  command
    .command('dotenv')
    .description('the names of what the project has, for steps of other programs: NAME=VALUE lines in a file')
    .option('--out <file>', 'the file that gets them, beside what else it says (default: .env of the project)')
    .option('--replace', 'also where it says one of these names otherwise')
    .action(act(writeDotenv));
}

function copiesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const copies = Number(text);
  if (Number.isInteger(copies) && copies >= 1 && copies <= 100) return copies;
  throw new InputError(`--replicas: found "${text}", expected a whole number from 1 to 100`);
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
  const { out, replace, ...others } = flags;
  const made = await perform(workspace, exportPrometheus, undefined, others);
  await writeExport(workspace.output, { out, replace }, made);
}
