import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { inside } from '../../common/inside.js';
import { blamedParameter } from '../../models/blamed-parameter.js';
import { projectFileName } from '../../project/load.js';
import { readJsonc } from '../../project/jsonc.js';
import { lineOf, type Path } from '../../project/problem.js';
import type { Candidate } from '../../project/schema.js';

/**
 * What is wrong with a candidate, at its line of the project file: that of the parameter which the error names, or of
 * the key before its first colon (`columns: …`), or of the candidate. Other errors stay as they are.
 */
export function inCandidate(folder: string, index: number, candidate: Candidate, error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  const path = ['model', 'candidates', index, ...pathIn(candidate, error.message)];
  const message = error.message.replace(/^(columns|search): /, '');
  return atPlace(folder, path, `candidate "${candidate.name}": ${message}`, error);
}

/** What shows only on the data to be wrong with a part of the project file, at its line. */
export function atPlace(folder: string, path: Path, message: string, cause?: unknown): InputError {
  const text = readJsonc(readFileSync(inside(folder, join(folder, projectFileName)), 'utf8').replace(/^\uFEFF/, ''));
  return new InputError(lineOf({ ...text.placeOf(path), path, message }, projectFileName), { cause });
}

function pathIn({ parameters, search }: Candidate, message: string): string[] {
  const [, key, rest = message] = /^(columns|search): (.*)$/s.exec(message) ?? [];
  const looked = key === 'columns' ? undefined : blamedParameter(rest, search?.space ?? {});
  if (looked !== undefined) return ['search', 'space', looked];
  const given = key === 'columns' ? undefined : blamedParameter(rest, parameters);
  if (given !== undefined) return ['parameters', given];
  return key === undefined ? [] : [key];
}
