/** What is wrong with a rule: `at` is the offset in its text, from 0. */
export interface RuleProblem {
  at: number;
  found: string;
  expected: string;
}

/** Walks over a text, skipping blanks, and remembers the first thing that was not as expected. */
export function scanner(text: string) {
  let at = 0;
  let problem: RuleProblem | undefined;

  function skipBlanks(): void {
    while (/\s/.test(text[at] ?? '')) at += 1;
  }
  function note(expected: string): undefined {
    const found = /^(?:[A-Za-z0-9_.]+|[<>=!]+|\S)/.exec(text.slice(at))?.[0];
    problem ??= { at, found: found === undefined ? 'the end of the rule' : `"${found}"`, expected };
    return undefined;
  }
  return {
    /** The next token if it fits the (sticky) pattern, else undefined and the problem is noted. */
    take(pattern: RegExp, expected: string): string | undefined {
      skipBlanks();
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (found === undefined) return note(expected);
      at += found.length;
      return found;
    },
    /** Takes one sign if it comes next. */
    try(sign: string): boolean {
      skipBlanks();
      if (text[at] !== sign) return false;
      at += 1;
      return true;
    },
    expect(sign: string, expected: string): boolean {
      if (this.try(sign)) return true;
      note(expected);
      return false;
    },
    ended(): boolean {
      skipBlanks();
      return at >= text.length;
    },
    expectEnd(): boolean {
      if (this.ended()) return true;
      note('the end of the rule');
      return false;
    },
    /** Notes a problem with a token that was well formed but makes no sense. */
    refuse(token: string, expected: string): undefined {
      problem ??= { at: text.lastIndexOf(token), found: token, expected };
      return undefined;
    },
    failed(): { problem: RuleProblem } {
      return { problem: problem ?? { at, found: `"${text.slice(at)}"`, expected: 'a rule' } };
    },
  };
}
