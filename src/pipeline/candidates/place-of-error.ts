import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, ParameterError, PartError, ProjectFileError } from '../../common/errors.js';
import { inside } from '../../common/inside.js';
import { blamedParameter } from '../../models/blamed-parameter.js';
import { projectFileName } from '../../project/file-name.js';
import { readJsonc } from '../../project/jsonc.js';
import { lineOf, type Path } from '../../project/checks/problem.js';
import type { Candidate } from '../../project/schema.js';

/**
 * What is wrong with a candidate, at its line of the project file: that of the parameter which the error names, or of
 * the part that it is about, or of the candidate. Other errors stay as they are.
 */
export function inCandidate(folder: string, index: number, candidate: Candidate, error: unknown): unknown {
  if (!(error instanceof InputError)) return error;
  const path = ['model', 'candidates', index, ...pathIn(candidate, error)];
  const message = error instanceof PartError ? error.says : error.message;
  return atPlace(folder, path, `candidate "${candidate.name}": ${message}`, error);
}

/** What shows only on the data to be wrong with a part of the project file, at its line. */
export function atPlace(folder: string, path: Path, message: string, cause?: unknown): ProjectFileError {
  const text = readJsonc(readFileSync(inside(folder, join(folder, projectFileName)), 'utf8').replace(/^\uFEFF/, ''));
  const at = text.placeOf(path);
  return new ProjectFileError(lineOf({ ...at, path, message }, projectFileName), projectFileName, { cause, at });
}

function pathIn({ parameters, search }: Candidate, error: InputError): string[] {
  const part = error instanceof PartError ? error.part : undefined;
  if (part === 'columns') return [part];
  const looked = blamedIn(error, search?.space ?? {});
  if (looked !== undefined) return ['search', 'space', looked];
  const given = blamedIn(error, parameters);
  if (given !== undefined) return ['parameters', given];
  return part === undefined ? [] : [part];
}

function blamedIn(error: InputError, given: Readonly<Record<string, unknown>>): string | undefined {
  if (error instanceof ParameterError) return blamedParameter(error, given);
  const named = error instanceof PartError ? error.parameter : undefined;
  return named !== undefined && named in given ? named : undefined;
}
