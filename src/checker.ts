import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { withSession } from './data/duckdb/session.js';
import { identifier } from './data/duckdb/sql.js';
import { checkSql, type CheckedSql } from './data/duckdb/checking/check-sql.js';
import { checkQuestionSchema, type CheckAnswer, type CheckQuestion } from './documents/authoring/sql-check.js';
import { makeSourceColumns } from './pipeline/features/source-columns.js';
import { openEnvironment } from './platform/open.js';
import { localEnvironment } from './project/environments.js';
import { checkProject } from './project/load.js';
import type { ProjectFile } from './project/schema.js';

// Checks what is typed, apart from the window: a question a line on stdin, an answer a line on stdout. It ends with its stdin.
const scratch = mkdtempSync(join(tmpdir(), 'mlops-check-'));
const columnsOf = makeSourceColumns();
let good: { folder: string; file: ProjectFile } | undefined;

async function answer({ id, folder, project, sql, bind }: CheckQuestion): Promise<CheckAnswer> {
  const { file } = checkProject(project);
  // While another part of the file is wrong, its sources are those that it had before.
  if (file !== undefined) good = { folder, file };
  const known = bind && good?.folder === folder ? good.file : undefined;
  const tables = known === undefined ? {} : await tablesOf(folder, known).catch(() => ({}));
  const nothing: CheckedSql = { problems: [], columns: null };
  if (sql === undefined) return { id, tables, ...nothing };
  // Without every table, a name that is not there yet is no mistake.
  const isComplete = known !== undefined && Object.keys(known.sources).every((name) => Object.hasOwn(tables, name));
  return { id, tables, ...(await checked(sql, tables, isComplete)) };
}

async function tablesOf(folder: string, file: ProjectFile): Promise<CheckAnswer['tables']> {
  const files = { node: process.execPath, endpointScript: '' };
  return columnsOf(await openEnvironment({ folder, file, sql: {} }, localEnvironment, files), file);
}

/** In a database of its own, closed in an empty folder. */
const checked = (sql: string, tables: CheckAnswer['tables'], bind: boolean): Promise<CheckedSql> =>
  withSession({ folders: [scratch], memoryLimit: '256MB', threads: 1 }, async (session) => {
    for (const [name, columns] of Object.entries(tables)) {
      const list = columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
      await session.run(`CREATE TABLE ${identifier(name)} (${list})`);
    }
    return checkSql(session, sql, { bind });
  });

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const question = checkQuestionSchema.parse(JSON.parse(line));
    process.stdout.write(`${JSON.stringify(await answer(question))}\n`);
  }
}

main()
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => rmSync(scratch, { recursive: true, force: true }));
