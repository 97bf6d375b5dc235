import { InputError } from '../common/errors.js';
import type { Flags } from './command-runner.js';

/** An option that only does something where something else was asked for as well. */
export interface Needs {
  /** As flags have it: `labelDelay`. */
  option: string;
  /** Whether it does something here. */
  met: boolean;
  /** What it needs, and what to do instead: "expected --capture beside it". */
  expected: string;
  /** What it is when nobody gives it. */
  unless?: unknown;
}

/**
 * An option that is taken and does nothing leaves a person with the answer to another question.
 * @throws InputError naming the first such option
 */
export function refuseIdle(command: string, flags: Flags, needs: readonly Needs[]): void {
  for (const { option, met, expected, unless } of needs) {
    const value = flags[option];
    const given = value !== undefined && value !== unless && !(Array.isArray(value) && value.length === 0);
    if (given && !met)
      throw new InputError(`${command}: found ${flagOf(option)}, which does nothing here; ${expected}`);
  }
}

/** `labelDelay` -> `--label-delay`; what is false by default is turned off by `--no-…`. */
const flagOf = (option: string): string =>
  option === 'header' ? '--no-header' : `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
