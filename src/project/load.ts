import { access, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { InputError, ProjectFileError } from '../common/errors.js';
import { inside } from '../common/inside.js';
import { crossChecks } from './checks/checks.js';
import { withEndpoint } from './endpoints.js';
import { projectFileName } from './file-name.js';
import { readJsonc, type JsoncText } from './jsonc.js';
import { sqlFiles } from './sql-files.js';
import { lineOf, type Problem } from './checks/problem.js';
import { schemaProblems } from './checks/schema-problems.js';
import { projectFileSchema, type Project, type ProjectFile } from './schema.js';

/** A project file's text, read: the file when nothing is wrong with it, and everything that is. */
export interface CheckedProject {
  file: ProjectFile | undefined;
  /** In the order of their places. */
  problems: Problem[];
  text: JsoncText;
}

/** Reads and checks the text of an `mlops.json`, without looking at other files. */
export function checkProject(source: string): CheckedProject {
  const text = readJsonc(source.replace(/^\uFEFF/, ''));
  if (text.problems.length > 0) return { file: undefined, problems: inOrder(text.problems), text };
  const parsed = projectFileSchema.safeParse(text.value);
  const problems = [...(parsed.success ? [] : schemaProblems(parsed.error.issues, text)), ...crossChecks(text)];
  return { file: parsed.data && withEndpoint(parsed.data), problems: inOrder(problems), text };
}

/**
 * The project file in a text. `path` is what messages call it.
 * @throws InputError with one line a problem: file, line, column, what was found, what is expected
 */
export function parseProject(source: string, path: string = projectFileName): ProjectFile {
  const { file, problems } = checkProject(source);
  if (file === undefined || problems.length > 0) throw refusal(problems, path);
  return file;
}

/** `needed`: a SQL file that is not there is a problem; `if there`: it is not, for nothing will be built. */
export interface LoadOptions {
  sql: 'needed' | 'if there';
}

/**
 * Loads the project in a folder: `mlops.json` and the SQL that it names.
 * @throws InputError with one line a problem, absent SQL files included where they are needed
 */
export async function loadProject(folder: string, { sql }: LoadOptions = { sql: 'needed' }): Promise<Project> {
  const root = resolve(folder);
  const source = await readFile(inside(root, join(root, projectFileName)), 'utf8').catch((cause: unknown) => {
    throw new InputError(`${projectFileName}: found none in ${root}, expected a project (see \`mlops init\`)`, {
      cause,
    });
  });
  const { file, problems, text } = checkProject(source);
  const named = sqlFiles(text);
  const read = await Promise.all(named.map(async (one) => ({ ...one, content: await contentOf(root, one.name) })));
  const absent = sql === 'needed' ? read.filter(({ content }) => content === undefined) : [];
  const missing = absent.map(({ path, name }) => {
    const message = `found no file "${name}", expected one inside ${root}`;
    return { ...text.placeOf(path), path, message };
  });
  const all = inOrder([...problems, ...missing]);
  if (file === undefined || all.length > 0) throw refusal(all, projectFileName);
  const there = read.flatMap(({ name, content }) => (content === undefined ? [] : [[name, content] as const]));
  return { folder: root, file, sql: Object.fromEntries(there) };
}

/** The nearest folder upwards that holds an `mlops.json`; undefined when there is none. */
export async function findProject(startFolder: string): Promise<string | undefined> {
  const folder = resolve(startFolder);
  const here = await access(join(folder, projectFileName)).then(
    () => true,
    () => false,
  );
  if (here) return folder;
  return dirname(folder) === folder ? undefined : findProject(dirname(folder));
}

/** Only files inside the project count: a project is complete in its folder. */
async function contentOf(root: string, name: string): Promise<string | undefined> {
  const way = relative(root, resolve(root, name));
  if (way.startsWith('..') || isAbsolute(way)) return undefined;
  return readFile(inside(root, join(root, way)), 'utf8').catch(() => undefined);
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.sort((left, right) => left.line - right.line || left.column - right.column);
}

function refusal(problems: readonly Problem[], path: string): ProjectFileError {
  return new ProjectFileError(
    problems.map((problem) => lineOf(problem, path)),
    path,
    { at: problems[0] && { line: problems[0].line, column: problems[0].column } },
  );
}
