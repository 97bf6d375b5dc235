import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { mlops } from '../../../support/cli.js';
import { madeProject } from '../../../support/projects.js';

const python = process.env.MLOPS_PYTHON_DELIVERY ?? '';

/** A program of the validators' environment. */
export const validator = (name: string): string => join(dirname(python), name);

export function accepts(program: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(status, 0, `${program} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
}

/** Whether a program of the system is there; it is asked for its version. */
export const isThere = (program: string, flag = '--version'): boolean => spawnSync(program, [flag]).status === 0;

/** The title of tests that need a program of Debian's, which says when they are left out. */
export const needing = (title: string, program: string, there: boolean): string =>
  there ? title : `${title} (skipped: apt-get install ${program})`;

export const templates = ['bikeshare', 'hdd-failure', 'house-prices', 'predictive-maintenance', 'readmission'];

/** Every template's export, by one command, each in a folder of its own. */
export async function exportsOf(words: readonly string[]): Promise<{ folders: string[]; remove: () => Promise<void> }> {
  const made = await Promise.all(templates.map((name) => madeProject(name)));
  const folders: string[] = [];
  for (const { folder } of made) {
    const out = join(folder, 'exported');
    const { code, stderr } = await mlops([...words, '--out', out, '--project', folder]);
    assert.equal(code, 0, stderr);
    folders.push(out);
  }
  return {
    folders,
    async remove() {
      for (const one of made) await one.remove();
    },
  };
}
