import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../common/errors.js';
import { inside } from '../common/inside.js';
import { fileError, makeFolder } from '../common/files.js';
import { projectFileName } from './file-name.js';
import { oneOf } from '../common/nearest.js';

/** A project to start from: a folder that is copied. */
export interface Template {
  /** The folder's name. */
  name: string;
  /** First heading of its README. */
  title: string;
  /** First sentence below it. */
  description: string;
  folder: string;
}

/** A template's own example data; copied only when asked for. */
const sampleFolder = 'sample';
const dataFile = /\.(?:csv|tsv|json|jsonl|parquet|zip)(?:\.gz)?$/;

/** The templates in a folder, by name; folders without an `mlops.json` are none. */
export async function listTemplates(folder: string): Promise<Template[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const named = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const templates = await Promise.all(named.sort().map((name) => readTemplate(join(folder, name))));
  return templates.filter((template) => template !== undefined);
}

/** @throws InputError naming the known templates, when there is none of that name */
export async function templateNamed(name: string, folder: string): Promise<Template> {
  const templates = await listTemplates(folder);
  const found = templates.find((template) => template.name === name);
  if (found !== undefined) return found;
  const known = templates.map((template) => template.name);
  throw new InputError(`found no template "${name}", expected ${oneOf(name, known)}`);
}

/**
 * Copies a template, without its sample data, into a new or empty folder, making it where needed.
 * @returns the copied files, relative to the target
 * @throws InputError when something is there already: nothing is ever overwritten
 */
export async function instantiate(template: Template, target: string): Promise<string[]> {
  await emptyFolder(target);
  const names = (await readdir(template.folder)).filter((name) => name !== sampleFolder);
  await Promise.all(names.map((name) => cp(join(template.folder, name), join(target, name), { recursive: true })));
  return names.sort();
}

/** Makes a folder for a new project. @throws InputError when something is in it already: nothing is ever overwritten */
export async function emptyFolder(target: string): Promise<void> {
  await makeFolder(target).catch((error: unknown) => {
    throw fileError('write', target, error);
  });
  const there = await readdir(target);
  if (there.length > 0) throw new InputError(`${target}: found ${there[0]}, expected a new or an empty folder`);
}

/**
 * Copies a template's ready sample tables into `data/` of a project. Samples that are made by SQL are left to the caller that runs SQL.
 * @returns the copied files, relative to the project
 * @throws Error (EEXIST) when a file of that name is there
 */
export async function copySample(template: Pick<Template, 'folder'>, project: string): Promise<string[]> {
  const from = join(template.folder, sampleFolder);
  const names = (await readdir(from).catch((): string[] => [])).filter((name) => dataFile.test(name)).sort();
  if (names.length > 0) await mkdir(inside(resolve(project), resolve(project, 'data')), { recursive: true });
  const options = { errorOnExist: true, force: false };
  await Promise.all(names.map((name) => cp(join(from, name), join(project, 'data', name), options)));
  return names.map((name) => `data/${name}`);
}

async function readTemplate(folder: string): Promise<Template | undefined> {
  const names = await readdir(folder);
  if (!names.includes(projectFileName)) return undefined;
  const readme = names.includes('README.md') ? await readFile(join(folder, 'README.md'), 'utf8') : '';
  const name = basename(folder);
  const title = /^#\s+(.+)$/m.exec(readme)?.[1] ?? name;
  const prose = readme.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  return { name, title, description: /^.*?[.?!](?=\s|$)/.exec(prose)?.[0] ?? prose, folder };
}
