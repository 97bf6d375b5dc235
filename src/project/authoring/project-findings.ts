import { valueAt } from '../../common/schema-words.js';
import { sqlFiles } from '../sql-files.js';
import { checkProject } from '../load.js';
import type { Problem } from '../checks/problem.js';
import type { JsoncText } from '../jsonc.js';
import { columnFindings } from './column-findings.js';
import { commandFindings } from './command-findings.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';
import { fixesOf } from './fixes.js';
import { limitFindings } from './limit-findings.js';
import { nameFindings } from './name-findings.js';

/** In characters. A project file is a few pages; one beyond this is not looked at with every key that is pressed. */
export const mostCharacters = 128_000;
/** So many are shown at most: whoever has more begins with these. */
const mostFindings = 200;

/**
 * What is wrong with the text of an `mlops.json` that is being written, and what is likely not meant so: all that loading
 * refuses, and what the tables and the last verdict say of it. In the order of the text.
 */
export function projectFindings(source: string, facts: Facts = {}): Finding[] {
  if (source.length > mostCharacters) return [tooLarge(source.length)];
  const checked = readSafely(source);
  if (checked === undefined) return [tooDeep];
  const { text, problems } = checked;
  const refused = [...problems, ...absentFiles(text, facts)].map((problem) => refusal(problem, text, source));
  const more = [limitFindings, columnFindings, nameFindings, commandFindings].flatMap((find) => find(text, facts));
  // What cannot be read at all is said once, not a second time by what builds on it.
  const added = more.filter(({ from, to }) => !refused.some((one) => one.from < to && from < one.to));
  return [...refused, ...added].sort((left, right) => left.from - right.from).slice(0, mostFindings);
}

function refusal(problem: Problem, text: JsoncText, source: string): Finding {
  const range = text.rangeOf(problem);
  const key = problem.path.at(-1);
  // What is not there is marked where it belongs, which does not say its name.
  const isAbsent = typeof key === 'string' && valueAt(text.value, problem.path) === undefined;
  const message = isAbsent && text.problems.length === 0 ? `${key}: ${problem.message}` : problem.message;
  return { ...range, severity: 'error', message, fixes: fixesOf(problem, range, source) };
}

/** The same that loading says of a SQL file that is not there. */
function absentFiles(text: JsoncText, { hasFile }: Facts): Problem[] {
  if (hasFile === undefined) return [];
  return sqlFiles(text)
    .filter(({ name }) => !hasFile(name))
    .map(({ path, name }) => {
      const message = `found no file "${name}", expected one inside the project`;
      return { ...text.placeOf(path), path, message };
    });
}

function readSafely(source: string) {
  try {
    return checkProject(source);
  } catch (error) {
    // The parser goes one call deeper with every bracket.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const tooLarge = (length: number): Finding => ({
  ...{ from: 0, to: 1, severity: 'warning', fixes: [] },
  message: `found ${length.toLocaleString('en-US')} characters, expected at most ${mostCharacters.toLocaleString('en-US')}: it is not checked while it is typed`,
});

const tooDeep: Finding = {
  ...{ from: 0, to: 1, severity: 'error', fixes: [] },
  message: 'found brackets in thousands of brackets, expected a project',
};
