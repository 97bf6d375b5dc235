import type { StatementType } from '@duckdb/node-api';
import { CancelledError, InputError, messageOf, ProjectFileError } from '../../common/errors.js';
import type { RunFigures } from '../../documents/run.js';
import { duckdb } from './library.js';
import type { Session } from './session.js';
import { identifier } from './sql.js';
import { splitStatements, type Statement } from '../sql/statements.js';

/**
 * Runs a project's SQL and keeps the rows of its last statement, a SELECT, as table `into`. Statements before it may
 * create macros, views and tables, nothing else. Returns what the SQL wants people to know: the rows of its view
 * `figures` (a name and a value), if it makes one. Errors are InputErrors that name the file and line; when `quiet`, none
 * tells a value of the rows.
 */
export async function runUserSql(
  session: Session,
  file: string,
  sql: string,
  into: string,
  { quiet = false }: { quiet?: boolean } = {},
): Promise<RunFigures> {
  const statements = splitStatements(sql);
  const last = statements.pop();
  if (last === undefined) throw new InputError(`${file}: found no statement, expected one SELECT at its end`);
  const { StatementType } = duckdb();
  for (const statement of statements) {
    const type = await typeOfStatement(session, file, statement);
    if (type !== StatementType.CREATE && type !== StatementType.DROP) {
      throw atLine(file, statement.line, `found ${StatementType[type]}, expected CREATE before the SELECT at the end`);
    }
    await told(file, statement, { shift: 0, quiet }, () => session.run(statement.text));
  }
  const type = await typeOfStatement(session, file, last);
  if (type !== StatementType.SELECT) {
    throw atLine(file, last.line, `found ${StatementType[type]} as last statement, expected a SELECT`);
  }
  await told(file, last, { shift: 1, quiet }, () =>
    session.run(`CREATE OR REPLACE TABLE ${identifier(into)} AS\n${last.text}`),
  );
  return figuresOf(session, file, quiet);
}

async function typeOfStatement(session: Session, file: string, statement: Statement): Promise<StatementType> {
  return told(file, statement, { shift: 0, quiet: false }, async () => {
    const extracted = await session.connection.extractStatements(statement.text);
    // Whatever the database reads as several was never split here, and only the first would be looked at.
    if (extracted.count !== 1)
      throw new InputError(`found ${extracted.count} statements in one, expected a ";" between them`);
    const prepared = await extracted.prepare(0);
    try {
      return prepared.statementType;
    } finally {
      prepared.destroySync();
    }
  });
}

/** `shift`: lines that were put before the statement's own text; `quiet`: values of the rows are not told. */
async function told<Result>(
  file: string,
  statement: Pick<Statement, 'line'>,
  { shift, quiet }: { shift: number; quiet: boolean },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    const message = messageOf(error);
    const within = Number(/^LINE (\d+):/m.exec(message)?.[1] ?? 1 + shift) - shift;
    const line = message.split('\n').find((one) => one.trim() !== '') ?? message;
    const first = quiet ? withoutValues(line) : line;
    const others = /^Candidate bindings: (.+)$/m.exec(message)?.[1];
    const near = others === undefined ? '' : ` Expected ${others}.`;
    throw atLine(file, statement.line + within - 1, `${first}${near}`, quiet ? undefined : error);
  }
}

function atLine(file: string, line: number, message: string, cause?: unknown): ProjectFileError {
  return new ProjectFileError(`${file}, line ${line}: ${message}`, file, { cause, at: { line } });
}

/** DuckDB quotes the value that it could not take; what it says of the SQL itself names only columns. */
const withoutValues = (message: string) =>
  /^(Conversion|Invalid Input|Out of Range|Constraint) Error/.test(message)
    ? `${message.slice(0, message.indexOf(':'))}: a value of the rows, which is not told, for mlops.json names private columns`
    : message;

async function figuresOf(session: Session, file: string, quiet: boolean): Promise<RunFigures> {
  const [made] = await session.rows(`SELECT count(*) AS n FROM duckdb_views() WHERE view_name = 'figures'`);
  if (made?.n !== 1) return {};
  const rows = await told(file, { line: 1 }, { shift: 0, quiet }, () => session.rows('SELECT * FROM figures'));
  return Object.fromEntries(
    rows.map((row) => {
      const [name, value] = Object.values(row);
      return [String(name), value ?? null] as const;
    }),
  );
}
