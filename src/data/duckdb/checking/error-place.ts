/** What is marked: from and to in characters of the statement. */
export interface ErrorPlace {
  from: number;
  to: number;
}

/**
 * Where DuckDB's error lies in a statement: it shows a line, cut where that is long, with a caret below. Where it shows
 * none, a name that it quotes is looked for; else the statement's first word is it.
 */
export function placeOfError(said: string, sql: string): ErrorPlace {
  const at = caretPlace(said, sql) ?? quotedPlace(said, sql) ?? endPlace(said, sql) ?? 0;
  const word = /"(?:[^"]|"")*"|[\p{L}\p{N}_$]+|[^]/uy;
  word.lastIndex = at;
  return { from: at, to: at + (word.exec(sql)?.[0].length ?? 1) };
}

function caretPlace(said: string, sql: string): number | undefined {
  const shown = /^(LINE (\d+): )(.*)\n( *)\^/m.exec(said);
  if (shown === null) return undefined;
  const [, label = '', number, excerpt = '', blanks = ''] = shown;
  const lines = sql.split('\n');
  const line = Number(number) - 1;
  const text = lines[line];
  if (text === undefined) return undefined;
  const begin = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
  const caret = blanks.length - label.length;
  if (!excerpt.startsWith('...')) return begin + Math.min(caret, Math.max(text.length - 1, 0));
  // What stands behind the caret is found again in the line.
  const rest = excerpt.slice(caret).replace(/\.\.\.$/, '');
  const found = text.indexOf(excerpt.slice(3).replace(/\.\.\.$/, ''));
  return found < 0 ? begin + Math.max(text.indexOf(rest), 0) : begin + found + caret - 3;
}

function quotedPlace(said: string, sql: string): number | undefined {
  for (const [, name = ''] of said.matchAll(/"([^"\n]+)"/g)) {
    const found = new RegExp(`(?<![\\w$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`).exec(sql);
    if (found !== null) return found.index;
  }
  return undefined;
}

const endPlace = (said: string, sql: string): number | undefined =>
  said.includes('at end of input') ? Math.max(sql.trimEnd().length - 1, 0) : undefined;
