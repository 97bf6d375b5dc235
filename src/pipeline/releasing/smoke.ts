import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { InputError, messageOf } from '../../common/errors.js';
import { inside } from '../../common/inside.js';
import type { ReleaseDocument } from '../../documents/releases/release.js';
import type { Releasing } from './releasing.js';

interface Case {
  line: number;
  body: string;
  status: number;
  answer?: unknown;
}

/**
 * Sends the cases of the smoke file to the new version alone: each must be answered with its status (default 200), and with
 * what its "answer" says where it says something. @throws InputError for a file that cannot be read
 */
export async function smokeTest(
  { project, environment, signal }: Pick<Releasing, 'project' | 'environment' | 'signal'>,
  { smoke, endpoint, candidate, from }: ReleaseDocument,
): Promise<{ problem: string | undefined }> {
  if (smoke === null) return { problem: undefined };
  for (const { line, body, status, answer } of await readCases(project.folder, smoke)) {
    const at = `smoke test, ${smoke} line ${line}`;
    try {
      const found = await environment.endpoints.invoke(
        endpoint,
        { body, contentType: 'application/json', ...(from !== null && { variant: candidate }) },
        { signal },
      );
      const text = Buffer.from(found.body).toString('utf8');
      if (found.status !== status)
        return { problem: `${at}: answered ${found.status}, expected ${status}: ${text.slice(0, 200)}` };
      const problem = answer === undefined ? undefined : difference(jsonOf(text), answer, '');
      if (problem !== undefined) return { problem: `${at}: ${problem}` };
    } catch (error) {
      signal.throwIfAborted();
      return { problem: `${at}: ${messageOf(error)}` };
    }
  }
  return { problem: undefined };
}

/** The cases of a file in the project: a request a line, or `{ "request": …, "status": 422, "answer": … }`. */
export async function readCases(folder: string, file: string): Promise<Case[]> {
  const way = relative(folder, join(folder, file));
  if (way.startsWith('..') || isAbsolute(file))
    throw new InputError(`release.smoke: found "${file}", expected a file inside the project`);
  const text = await readFile(inside(folder, join(folder, file)), 'utf8').catch((cause: unknown) => {
    throw new InputError(`release.smoke: found no file "${file}", expected requests as JSON lines`, { cause });
  });
  const cases = text.split('\n').flatMap((content, index): Case[] => {
    if (content.trim() === '') return [];
    const line = index + 1;
    const said = jsonOf(content);
    if (said === undefined) throw new InputError(`${file}, line ${line}: found no JSON, expected a request`);
    if (!isRecord(said) || !('request' in said)) return [{ line, body: content.trim(), status: 200 }];
    const { request, status = 200, answer } = said;
    if (typeof status !== 'number')
      throw new InputError(`${file}, line ${line}: found status ${JSON.stringify(status)}, expected a number`);
    return [{ line, body: JSON.stringify(request), status, ...(answer !== undefined && { answer }) }];
  });
  if (cases.length === 0) throw new InputError(`${file}: found no request, expected at least one`);
  return cases;
}

/** Where an answer is not what is asked for; more in an answer than is asked for is no difference. */
function difference(found: unknown, asked: unknown, at: string): string | undefined {
  if (isRecord(asked)) {
    if (!isRecord(found)) return `${at || 'the answer'} is ${JSON.stringify(found)}, expected an object`;
    for (const [key, value] of Object.entries(asked)) {
      const problem = difference(found[key], value, at === '' ? key : `${at}.${key}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  const same = JSON.stringify(found) === JSON.stringify(asked);
  return same ? undefined : `${at || 'the answer'} is ${JSON.stringify(found)}, expected ${JSON.stringify(asked)}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
