export interface Statement {
  text: string;
  /** The line of the file on which `text` begins, from 1. */
  line: number;
}

// Whatever may hold a semicolon that ends nothing: texts, names, comments, dollar quotes. The e of an escape text begins
// a word: date'a\' is a plain text after a name.
const tokens =
  /(?<![\w$\u0080-\uffff])[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;/g;

const comments = /--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Splits SQL at its semicolons; statements of nothing but comments are left out. */
export function splitStatements(sql: string): Statement[] {
  const ends = [...sql.matchAll(tokens)].filter(([token]) => token === ';').map(({ index }) => index);
  let start = 0;
  const statements: Statement[] = [];
  for (const end of [...ends, sql.length]) {
    const whole = sql.slice(start, end);
    const text = whole.trimStart();
    if (text.replace(comments, '').trim() !== '') {
      const line = sql.slice(0, start + whole.length - text.length).split('\n').length;
      statements.push({ text: text.trimEnd(), line });
    }
    start = end + 1;
  }
  return statements;
}
