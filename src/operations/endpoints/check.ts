import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { NoSuchObject } from '../../common/errors.js';
import { codeOf, fileError } from '../../common/files.js';
import { readCases } from '../../documents/contract/cases.js';
import { overHttp, sendCases, toEndpoint } from '../../pipeline/endpoints/send-cases.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';
import { mustFind } from './find.js';

export interface Check {
  /** An endpoint of the environment, or the address of any service. */
  target: string;
  /** A file of cases. */
  cases: string;
}

/**
 * Sends each case of a file to an endpoint, one after the other, and holds the answers against it.
 * @throws WrongInput for a file that is wrong, InputError for an endpoint that is not there, BrokenError where nothing answers
 */
export const checkEndpointCases = reads('endpoints.check', async (at, { target, cases: file }: Check) => {
  const cases = readCases(await textOf(file), basename(file));
  const send = /^https?:\/\//i.test(target)
    ? overHttp(target, undefined)
    : await toEndpoint(at.environment, await mustFind(at, target));
  const checked = await sendCases(cases, send, at.signal);
  const failed = checked.filter(({ status }) => status === 'fail').length;
  return answer('endpoint-check', { target, cases: checked, passed: checked.length - failed, failed });
});

export type CheckDocument = Awaited<ReturnType<(typeof checkEndpointCases)['run']>>;

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new NoSuchObject(`endpoint check: found no file ${file}, expected cases as JSON lines`, file);
    throw fileError('read', file, error);
  }
}
