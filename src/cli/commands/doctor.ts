import type { Command } from 'commander';
import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ExitCode, messageOf } from '../../common/errors.js';
import { openSession } from '../../data/session.js';
import { findProject, loadProject } from '../../project/load.js';
import type { Act } from '../act.js';
import { environmentName, type Doors, type GlobalFlags } from '../context.js';
import { table } from '../output.js';

interface Check {
  what: string;
  ok: boolean;
  found: string;
  fix: string;
}

/** `mlops doctor`: what is missing on this machine, with the fix. Needs no project. */
export function addDoctor(program: Command, act: Act, doors: Doors): void {
  program
    .command('doctor')
    .description('what is missing on this machine, with the fix')
    .action(
      act.alone(async (output, _args, flags) => {
        const checks = [nodeCheck(), await duckdbCheck(), ...(await projectChecks(doors, flags))];
        output.result({ checks }, () =>
          table(
            ['', 'what', 'found', 'fix'],
            checks.map(({ ok, what, found, fix }) => [ok ? '✓' : '✗', what, found, ok ? '' : fix]),
          ),
        );
        return checks.every(({ ok }) => ok) ? ExitCode.done : ExitCode.broke;
      }),
    );
}

function nodeCheck(): Check {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node', ok, found: process.versions.node, fix: 'install Node 20.19 or newer' };
}

async function duckdbCheck(): Promise<Check> {
  const what = 'DuckDB';
  try {
    const session = await openSession({ folders: [tmpdir()] });
    await session.run('SELECT 1');
    session.close();
    return { what, ok: true, found: 'works', fix: '' };
  } catch (error) {
    return { what, ok: false, found: messageOf(error), fix: 'run npm install again on this machine' };
  }
}

async function projectChecks(doors: Doors, flags: GlobalFlags): Promise<Check[]> {
  const folder = flags.project ?? (await findProject(process.cwd()));
  if (folder === undefined) return [];
  const checks: Check[] = [];
  const attempt = async (what: string, fix: string, look: () => Promise<string> | string) => {
    try {
      checks.push({ what, ok: true, found: await look(), fix });
    } catch (error) {
      checks.push({ what, ok: false, found: messageOf(error), fix });
    }
  };
  await attempt('mlops.json', 'mend the lines named', async () => (await loadProject(folder)).file.name);
  await attempt('project folder', 'make it writable', () => {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return `writable, ${Math.round((bavail * bsize) / 2 ** 30)} GiB free`;
  });
  await attempt(flags.env === undefined ? 'environment' : `environment ${flags.env}`, 'see the message', async () => {
    const project = await loadProject(folder);
    const environment = await doors.openEnvironment(project, environmentName(project, flags));
    return `${environment.name}: ${environment.readOnly ? 'read-only' : 'ready'}`;
  });
  return checks;
}
