import { valueAt } from '../../common/schema-words.js';
import type { CheckAnswer } from '../../documents/authoring/sql-check.js';
import { readJsonc } from '../jsonc.js';
import type { Finding } from './finding.js';

/**
 * What is shown in a project's SQL: DuckDB's errors, and columns that `mlops.json` names and the SELECT at the end does
 * not make. `isFeatures`: it is the SQL that makes the examples.
 */
export function sqlFindings(
  sql: string,
  { problems, columns }: Pick<CheckAnswer, 'problems' | 'columns'>,
  { project, isFeatures }: { project: string; isFeatures: boolean },
): Finding[] {
  const found = problems.map(({ from, to, message, instead }): Finding => {
    const fixes = instead === undefined ? [] : [{ title: `Change to ${instead}`, from, to, text: instead }];
    return { from, to, severity: 'error', message, fixes };
  });
  if (columns === null || !isFeatures) return found;
  const made = columns.map(({ name }) => name.toLowerCase());
  const { value: file } = readJsonc(project);
  const wanted = { entity: ['features', 'entity'], time: ['features', 'time'], target: ['model', 'target'] };
  const absent = Object.entries(wanted).flatMap(([word, path]): Finding[] => {
    const name = valueAt(file, path);
    if (typeof name !== 'string' || made.includes(name.toLowerCase())) return [];
    const message = `found no column "${name}" among the ${columns.length} that this makes, expected the ${word} of mlops.json`;
    return [{ ...lastSelect(sql), severity: 'warning', message, fixes: [] }];
  });
  return [...found, ...absent];
}

/** The word with which the SELECT begins that makes the table: the last one that stands at the beginning of a line. */
function lastSelect(sql: string): { from: number; to: number } {
  const from = [...sql.matchAll(/^SELECT\b/gim)].at(-1)?.index ?? 0;
  return { from, to: from + 'SELECT'.length };
}
