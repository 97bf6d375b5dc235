import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { messageOf } from '../../common/errors.js';
import { openSession } from '../../data/duckdb/session.js';
import type { Environment } from '../../platform/ports/environment.js';
import { loadProject } from '../../project/load.js';
import type { Project } from '../../project/schema.js';

export interface Check {
  what: string;
  ok: boolean;
  /** Whether nothing works without it: what is not needed only warns. */
  needed: boolean;
  found: string;
  fix: string;
}

export async function machineChecks(): Promise<Check[]> {
  return [nodeCheck(), await duckdbCheck()];
}

function nodeCheck(): Check {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node', ok, needed: true, found: process.versions.node, fix: 'install Node 20.19 or newer' };
}

async function duckdbCheck(): Promise<Check> {
  const what = 'DuckDB';
  try {
    const session = await openSession({ folders: [tmpdir()] });
    await session.run('SELECT 1');
    session.close();
    return { what, ok: true, needed: true, found: 'works', fix: '' };
  } catch (error) {
    return { what, ok: false, needed: true, found: messageOf(error), fix: 'run npm install again on this machine' };
  }
}

/** Where a project lies, and how its environment is opened. */
export interface ProjectThere {
  folder: string;
  /** The environment that is asked for by name. */
  environment?: string;
  open: (project: Project) => Promise<Environment>;
}

export async function projectChecks({ folder, environment: named, open }: ProjectThere): Promise<Check[]> {
  const checks: Check[] = [];
  const attempt = async (what: string, needed: boolean, fix: string, look: () => Promise<string> | string) => {
    try {
      checks.push({ what, ok: true, needed, found: await look(), fix });
    } catch (error) {
      checks.push({ what, ok: false, needed, found: messageOf(error), fix });
    }
  };
  await attempt('mlops.json', true, 'mend the lines named', async () => {
    return (await loadProject(folder, { sql: 'if there' })).file.name;
  });
  // Without it nothing is built; what is there can be looked at and stopped.
  await attempt('SQL', false, 'mend the lines named', async () => {
    const found = Object.keys((await loadProject(folder)).sql);
    return found.join(', ');
  });
  await attempt('project folder', false, 'make it writable', () => {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return `writable, ${Math.round((bavail * bsize) / 2 ** 30)} GiB free`;
  });
  await attempt(`environment${named === undefined ? '' : ` ${named}`}`, true, 'see the message', async () => {
    const project = await loadProject(folder, { sql: 'if there' });
    const environment = await open(project);
    return `${environment.name}: ${environment.readOnly ? 'read-only' : 'ready'}`;
  });
  return checks;
}
