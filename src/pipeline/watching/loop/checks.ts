import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFailures, checksNamespace } from '../../../alarms/checks-alarm.js';
import { WorkbenchError } from '../../../common/errors.js';
import { fileError } from '../../../common/files.js';
import { inside } from '../../../common/inside.js';
import { readCases } from '../../../documents/contract/cases.js';
import type { Environment } from '../../../platform/ports/environment.js';
import { secondsOf } from '../../../project/duration.js';
import type { Project } from '../../../project/schema.js';
import { sendCases, toEndpoint } from '../../endpoints/send-cases.js';
import type { Duty } from '../duty.js';

/**
 * The requests of "checks", sent again and again: how many were answered otherwise is a metric that alarms watch. Where
 * nothing answers, all of them failed. It says what failed, and once that it is well again.
 */
export function checksDuties(project: Project, environment: Environment): Duty[] {
  const { checks, endpoint } = project.file;
  if (checks === undefined) return [];
  let before = 0;
  return [
    {
      name: 'checks',
      every: 1000 * secondsOf(checks.every),
      async run(at, signal) {
        const cases = readCases(await textOf(project.folder, checks.cases), checks.cases);
        const failed = await failuresOf(environment, endpoint.name, cases, signal);
        const dimensions = { EndpointName: endpoint.name };
        const datum = { metric: checkFailures, dimensions, value: failed.length, unit: 'Count', at };
        await environment.writers('count checks').metrics.put(checksNamespace, [datum], { signal });
        const wasWell = before === 0;
        before = failed.length;
        if (failed.length === 0)
          return wasWell ? undefined : `all ${cases.length} checks of ${endpoint.name} pass again`;
        return `${failed.length} of ${cases.length} checks of ${endpoint.name} failed: ${failed[0]}`;
      },
    },
  ];
}

async function failuresOf(
  environment: Environment,
  name: string,
  cases: ReturnType<typeof readCases>,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const info = await environment.endpoints.describe(name, { signal });
    if (info === undefined) return cases.map(() => `there is no endpoint ${name}`);
    const checked = await sendCases(cases, await toEndpoint(environment, info), signal);
    return checked.flatMap((one) => (one.problems.length === 0 ? [] : [`${one.name}: ${one.problems[0]}`]));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof WorkbenchError)) throw error;
    return cases.map(() => error.message);
  }
}

async function textOf(folder: string, file: string): Promise<string> {
  const path = inside(folder, join(folder, file));
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileError('read', path, error);
  }
}
