import { ParameterError } from '../common/errors.js';

/**
 * Which of the parameters that were given a learner's error is about: the one of its name, else the one of another name
 * whose value is the word that the error complains of. undefined when it is about none of them.
 */
export function blamedParameter(error: unknown, given: Readonly<Record<string, unknown>>): string | undefined {
  if (!(error instanceof ParameterError)) return undefined;
  const { parameter, word } = error;
  const holds = (value: unknown) => word !== undefined && wordsOf(value).includes(word);
  return parameter in given ? parameter : Object.keys(given).find((key) => holds(given[key]));
}

function wordsOf(value: unknown): string[] {
  const words: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
  return words.map((one) => String(one).trim().toLowerCase());
}
