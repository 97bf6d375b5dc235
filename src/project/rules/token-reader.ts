/** A text that is not what it should be: `at` is the offset in it, from 0. */
export class SyntaxProblem extends Error {
  constructor(
    readonly at: number,
    found: string,
    expected: string,
  ) {
    super(`found ${found}, expected ${expected}`);
  }
}

interface Token {
  text: string;
  at: number;
}

/** Cuts a small language into tokens, blanks left out, and reads them one by one. @throws SyntaxProblem for a sign of none */
export function tokensOf(text: string, pattern: RegExp) {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const blanks = /^\s+/.exec(text.slice(at))?.[0].length ?? 0;
    at += blanks;
    if (at >= text.length) break;
    const found = pattern.exec(text.slice(at))?.[0];
    if (found === undefined) throw new SyntaxProblem(at, `"${text[at]}"`, 'a name, a number or an operator');
    tokens.push({ text: found, at });
    at += found.length;
  }
  let next = 0;
  const refuse = (expected: string): never => {
    const token = tokens[next];
    throw new SyntaxProblem(token?.at ?? text.length, token === undefined ? 'the end' : `"${token.text}"`, expected);
  };
  return {
    peek: () => tokens[next]?.text,
    at: () => tokens[next]?.at ?? text.length,
    /** The next token, when it is one of these. */
    try(...wanted: string[]): string | undefined {
      const token = tokens[next]?.text;
      if (token === undefined || !wanted.includes(token)) return undefined;
      next += 1;
      return token;
    },
    /** @throws SyntaxProblem when another one is next */
    expect(wanted: string): void {
      if (this.try(wanted) === undefined) refuse(`"${wanted}"`);
    },
    /** @throws SyntaxProblem when what is next does not fit */
    take(fitting: RegExp, expected: string): string {
      const token = tokens[next]?.text;
      if (token === undefined || !fitting.test(token)) return refuse(expected);
      next += 1;
      return token;
    },
    refuse,
  };
}
export type Tokens = ReturnType<typeof tokensOf>;
