export interface Token {
  text: string;
  kind: 'word' | 'name' | 'sign' | 'text' | 'comment';
  /** Where it stands in the SQL, in characters from 0. */
  at: number;
}

// Whatever may hold a sign that ends nothing: texts, names, comments, dollar quotes. The e of an escape text begins a
// word: date'a\' is a plain text after a name.
const pattern =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>(?<![\w$\u0080-\uffff])[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\3\$)|(?<name>"(?:[^"]|"")*")|(?<word>[\p{L}_][\w$\u0080-\uffff]*)|(?<sign>[;(),.*])/gu;

/** The parts of a SQL text that say where statements and queries within them begin and end; operators and numbers are none. */
export function tokensOf(sql: string): Token[] {
  return [...sql.matchAll(pattern)].map(({ 0: text, index: at, groups = {} }) => {
    const kinds = ['comment', 'text', 'name', 'word'] as const;
    return { text, at, kind: kinds.find((kind) => groups[kind] !== undefined) ?? 'sign' };
  });
}
