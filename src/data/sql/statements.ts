import { tokensOf } from './tokens.js';

export interface Statement {
  text: string;
  /** The line of the SQL on which `text` begins, from 1. */
  line: number;
  /** Where `text` begins and ends in the SQL, in characters from 0. */
  from: number;
  to: number;
}

/** Splits SQL at its semicolons; statements of nothing but comments are left out. */
export function splitStatements(sql: string): Statement[] {
  const tokens = tokensOf(sql);
  const ends = tokens.filter(({ text, kind }) => kind === 'sign' && text === ';').map(({ at }) => at);
  const comments = tokens.filter(({ kind }) => kind === 'comment');
  let start = 0;
  const statements: Statement[] = [];
  for (const end of [...ends, sql.length]) {
    const whole = sql.slice(start, end);
    const from = start + whole.length - whole.trimStart().length;
    const inside = comments.filter(({ at }) => at >= start && at < end);
    if (inside.reduce((rest, { text }) => rest.replace(text, ''), whole).trim() !== '') {
      const text = whole.trim();
      statements.push({ text, line: lineAt(sql, from), from, to: from + text.length });
    }
    start = end + 1;
  }
  return statements;
}

/** The statement in which a place lies, or after whose end it stands; undefined where there is none. */
export function statementAt(sql: string, place: number): Statement | undefined {
  const statements = splitStatements(sql);
  const before = statements.filter(({ from }) => from <= place).at(-1);
  const next = statements.find(({ from }) => from > place);
  // Comments and empty lines above a statement belong to it, those behind a semicolon on its line do not.
  const isBehind = before !== undefined && place > before.to && sql.slice(before.to, place).includes('\n');
  return isBehind && sql.slice(before.to, place).includes(';') ? (next ?? before) : (before ?? next);
}

/** The line of a place, from 1. */
export const lineAt = (sql: string, place: number): number => sql.slice(0, place).split('\n').length;
