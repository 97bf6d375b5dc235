/**
 * The parameter that a learner's message is about, of those that were given: the one that it begins with or quotes
 * first, else the one whose value it quotes as unknown. undefined when it is about none of them.
 */
export function blamedParameter(message: string, given: Readonly<Record<string, unknown>>): string | undefined {
  const keys = Object.keys(given);
  const quoted = /"([^"]*)"/.exec(message)?.[1];
  return (
    keys.find((key) => message.startsWith(`${key} `) || quoted === key) ??
    keys.find((key) => holds(message, given[key]))
  );
}

/** Whether a message complains of a word that is a parameter's value, or one of its values. */
function holds(message: string, value: unknown): boolean {
  const word = /^unknown (?:metric|objective) "([^"]*)"/.exec(message)?.[1];
  const values: unknown[] = typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [value].flat();
  return word !== undefined && values.some((one) => String(one).toLowerCase() === word);
}
