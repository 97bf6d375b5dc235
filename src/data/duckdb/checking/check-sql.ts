import { messageOf } from '../../../common/errors.js';
import type { SqlProblem } from '../../../documents/authoring/sql-check.js';
import { duckdb } from '../library.js';
import type { Session } from '../session.js';
import { identifier } from '../sql.js';
import { instead } from './known-names.js';
import { placeOfError } from './error-place.js';
import { queriesOf } from '../../sql/queries.js';
import { splitStatements, type Statement } from '../../sql/statements.js';

export interface CheckedSql {
  problems: SqlProblem[];
  /** Of the SELECT at the end; null where it cannot be told. */
  columns: { name: string; type: string }[] | null;
}

/**
 * What DuckDB has against a project's SQL, found without reading a row: the session's tables are empty, views are made in
 * the place of tables, and the SELECT at the end is described. `bind` false: it is parsed, nothing more.
 */
export async function checkSql(session: Session, sql: string, { bind }: { bind: boolean }): Promise<CheckedSql> {
  const statements = splitStatements(sql);
  const last = statements.at(-1);
  if (last === undefined)
    return {
      problems: [{ from: 0, to: 1, message: 'found no statement, expected one SELECT at its end' }],
      columns: null,
    };
  const problems: SqlProblem[] = [];
  for (const statement of statements) {
    // What builds on a statement that is wrong is parsed only: it would be told of what is not its own fault.
    const how = { isLast: statement === last, bind: bind && problems.length === 0 };
    const problem = await problemOf(session, statement, how);
    if (problem !== undefined) problems.push(problem);
  }
  if (!bind || problems.length > 0) return { problems, columns: null };
  return { problems, columns: await session.describe(`${last.text}\n`) };
}

interface How {
  isLast: boolean;
  bind: boolean;
}

async function problemOf(
  session: Session,
  statement: Statement,
  { isLast, bind }: How,
): Promise<SqlProblem | undefined> {
  const { from, text } = statement;
  try {
    const extracted = await session.connection.extractStatements(text);
    if (extracted.count !== 1)
      return startOf(statement, `found ${extracted.count} statements, expected a ";" between them`);
    if (!bind) return undefined;
    const prepared = await extracted.prepare(0);
    const type = prepared.statementType;
    prepared.destroySync();
    const { StatementType } = duckdb();
    if (isLast)
      return type === StatementType.SELECT
        ? undefined
        : startOf(statement, `found ${StatementType[type]} as last statement, expected a SELECT`);
    if (type !== StatementType.CREATE && type !== StatementType.DROP)
      return startOf(statement, `found ${StatementType[type]}, expected CREATE before the SELECT at the end`);
    await make(session, statement);
    return undefined;
  } catch (error) {
    const message = messageOf(error);
    const place = placeOfError(message, text);
    const meant = bind ? await instead(session, text, place) : undefined;
    const range = { from: from + place.from, to: from + place.to };
    return { ...range, message: wordsOf(message), ...(meant === undefined ? {} : { instead: meant }) };
  }
}

/** What a later statement may name is there, without a row: a table that selects is a view here. */
async function make(session: Session, statement: Statement): Promise<void> {
  const [query] = queriesOf(statement);
  if (query?.name === undefined || query.kind !== 'view') return session.run(statement.text);
  await session.run(`CREATE OR REPLACE VIEW ${identifier(query.name)} AS ${query.sql}`);
}

function startOf({ from, text }: Statement, message: string): SqlProblem {
  return { from, to: from + (/^\w+/.exec(text)?.[0].length ?? 1), message };
}

/** Its first line, and the columns that there are. */
function wordsOf(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const first = (lines.find((line) => line !== '') ?? said).replace(/^Failed to extract statements: /, '');
  const others = lines.find((line) => /^Candidate (bindings|tables): /.test(line));
  return others === undefined ? first : `${first} ${others}`;
}
