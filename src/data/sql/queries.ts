import type { Statement } from './statements.js';
import { type Token, tokensOf } from './tokens.js';

/** A part of a statement that can be asked for by itself. */
export interface Query {
  /** Of the CTE, or of the view or table that the statement creates; undefined for a SELECT that nobody names. */
  name: string | undefined;
  kind: 'cte' | 'view' | 'select';
  /** Where it begins and ends in the whole SQL, in characters from 0. */
  from: number;
  to: number;
  /** A SELECT of its rows, with the CTEs that it may name. */
  sql: string;
}

/**
 * The queries of a statement, in the order in which they stand: each CTE of its first WITH, and what the statement itself
 * selects. None for a statement that selects nothing, such as a macro.
 */
export function queriesOf(statement: Statement): Query[] {
  const { text, from: shift } = statement;
  const tokens = tokensOf(text).filter(({ kind }) => kind !== 'comment');
  const created = createdBy(tokens);
  const [first] = tokens.slice(created?.body ?? 0);
  if (first === undefined || !/^(WITH|SELECT|FROM|VALUES|PIVOT|UNPIVOT|TABLE)$/i.test(first.text)) return [];
  const body = text.slice(first.at);
  const ctes = isWord(first, 'WITH') ? ctesOf(tokens, tokens.indexOf(first) + 1) : [];
  const place = { from: (ctes.at(-1)?.to ?? first.at) + shift, to: statement.to };
  const own: Query =
    created === undefined
      ? { name: undefined, kind: 'select', ...place, from: beginOfMain(text, tokens, ctes, first) + shift, sql: body }
      : { name: created.name, kind: 'view', from: shift, to: statement.to, sql: body };
  const asked = ctes.map(({ name, from, to }): Query => {
    const sql = `${text.slice(first.at, to)}\nSELECT * FROM ${name}`;
    return { name: plain(name), kind: 'cte', from: from + shift, to: to + shift, sql };
  });
  return created === undefined ? [...asked, own] : [own, ...asked];
}

interface Cte {
  /** As it is written, with its quotes. */
  name: string;
  from: number;
  to: number;
}

/** `name [(columns)] AS [NOT] [MATERIALIZED] (…)`, one after another; what is not finished yet ends them. */
function ctesOf(tokens: readonly Token[], begin: number): Cte[] {
  const ctes: Cte[] = [];
  let at = isWord(tokens[begin], 'RECURSIVE') ? begin + 1 : begin;
  for (;;) {
    const name = tokens[at];
    if (name === undefined || (name.kind !== 'word' && name.kind !== 'name')) return ctes;
    at += 1;
    if (tokens[at]?.text === '(') at = closing(tokens, at) + 1;
    while (['AS', 'NOT', 'MATERIALIZED'].some((word) => isWord(tokens[at], word))) at += 1;
    const end = tokens[at]?.text === '(' ? tokens[closing(tokens, at)] : undefined;
    if (end === undefined) return ctes;
    ctes.push({ name: name.text, from: name.at, to: end.at + 1 });
    at = tokens.indexOf(end) + 1;
    if (tokens[at]?.text !== ',') return ctes;
    at += 1;
  }
}

/** The place of the parenthesis that closes one; behind the last where none does. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]!.text === '(') depth += 1;
    if (tokens[at]!.text === ')' && --depth === 0) return at;
  }
  return tokens.length;
}

/** Of `CREATE … VIEW | TABLE name AS …`: its name, and the token with which its query begins. */
function createdBy(tokens: readonly Token[]): { name: string; body: number } | undefined {
  if (!isWord(tokens[0], 'CREATE')) return undefined;
  const kind = tokens.slice(0, 5).findIndex((token) => isWord(token, 'VIEW') || isWord(token, 'TABLE'));
  const as = tokens.findIndex((token, at) => at > kind && isWord(token, 'AS'));
  if (kind === -1 || as === -1) return undefined;
  // IF NOT EXISTS, a schema and a list of columns may stand beside the name.
  const named = tokens.slice(kind + 1, as);
  const until = named.findIndex(({ text }) => text === '(');
  const name = (until === -1 ? named : named.slice(0, until)).filter(({ kind: one }) => one !== 'sign').at(-1);
  return name && { name: plain(name.text), body: as + 1 };
}

function beginOfMain(text: string, tokens: readonly Token[], ctes: readonly Cte[], first: Token): number {
  const last = ctes.at(-1);
  if (last === undefined) return first.at;
  return tokens.find(({ at }) => at >= last.to)?.at ?? text.length;
}

const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text.toUpperCase() === word;

const plain = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);
