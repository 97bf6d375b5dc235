import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { InputError, messageOf, WrongInput } from '../../common/errors.js';
import { inside } from '../../common/inside.js';
import { bodyOf, contractProblems, readCases, type ContractCase } from '../../documents/contract/cases.js';
import type { ReleaseDocument } from '../../documents/releases/release.js';
import type { Releasing } from './releasing.js';

/**
 * Sends the cases of the smoke file to the new version alone, one after the other, and holds the answers against them.
 * @returns the first problem, in words
 * @throws InputError for a file that cannot be read
 */
export async function smokeTest(
  { project, environment, signal }: Pick<Releasing, 'project' | 'environment' | 'signal'>,
  {
    smoke,
    endpoint,
    candidate,
    from,
    mode,
  }: Pick<ReleaseDocument, 'smoke' | 'endpoint' | 'candidate' | 'from' | 'mode'>,
): Promise<{ problem: string | undefined }> {
  if (smoke === null) return { problem: undefined };
  // Where a service shifts the traffic, the new version has all of it by now, under the name of the only variant.
  const besides = from !== null && mode === 'variants';
  for (const one of await smokeCases(project.folder, smoke)) {
    const at = `smoke test, ${smoke} line ${one.line}`;
    const contentType = one.headers['content-type'] ?? 'application/json';
    const asked = { body: bodyOf(one) ?? '', contentType, ...(besides && { variant: candidate }) };
    try {
      const found = await environment.endpoints.invoke(endpoint, asked, { signal });
      const answered = { status: found.status, text: Buffer.from(found.body).toString('utf8') };
      const [problem] = contractProblems(one, answered);
      if (problem !== undefined) return { problem: `${at}: ${problem}` };
    } catch (error) {
      signal.throwIfAborted();
      return { problem: `${at}: ${messageOf(error)}` };
    }
  }
  return { problem: undefined };
}

/** The cases of a file in the project. @throws InputError where there is none, or one that is no invocation */
export async function smokeCases(folder: string, file: string): Promise<ContractCase[]> {
  const way = relative(folder, join(folder, file));
  if (way.startsWith('..') || isAbsolute(file))
    throw new InputError(`release.smoke: found "${file}", expected a file inside the project`);
  const text = await readFile(inside(folder, join(folder, file)), 'utf8').catch((cause: unknown) => {
    throw new InputError(`release.smoke: found no file "${file}", expected requests as JSON lines`, { cause });
  });
  const cases = readCases(text, file);
  // A variant is asked for by name, which only the invocation route knows.
  const other = cases.find(({ path }) => path !== '/invocations');
  if (other === undefined) return cases;
  const expected = '/invocations: the new version alone is asked';
  throw new WrongInput({ file, line: other.line, found: other.path, expected });
}
