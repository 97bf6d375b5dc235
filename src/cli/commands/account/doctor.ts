import type { Command } from 'commander';
import { ExitCode, InputError, messageOf } from '../../../common/errors.js';
import type { AccessCheck } from '../../../platform/ports/access.js';
import type { Act } from '../../command-runner.js';
import { answer } from '../../../operations/answer.js';
import { environmentName, openProject, type CliServices, type GlobalFlags } from '../../context.js';
import { machineChecks, projectChecks, type Check } from '../../doctor-checks.js';
import { apart, table } from '../../output.js';
import { jsonText, printDocument, type Lines } from '../../terminal.js';

/**
 * `mlops doctor`: what is missing, on this machine and in an account, with the fix. Needs no project. Exits 0 when all is
 * there that anything needs, whatever it warns of; 4 when Node, DuckDB, a readable mlops.json, the environment, a sign-in
 * or a right to read is missing.
 */
export function addDoctor(program: Command, act: Act, services: CliServices): void {
  program
    .command('doctor')
    .option('--policy <kind>', 'print the smallest IAM policy for this project: read or full')
    .description(
      'what is missing on this machine, and of rights in an AWS environment, with the fix; 4 if it is needed',
    )
    .action(
      act.alone(async (output, _args, flags, signal) => {
        if (flags.policy !== undefined) {
          printDocument(jsonText(await policy(services, flags, signal)));
          return ExitCode.done;
        }
        const checks = [...(await machineChecks()), ...(await projectChecks(services, flags))];
        const permissions = await permissionsOf(services, flags, checks, signal);
        output.result(answer('doctor', { checks, permissions }), () => text(checks, permissions));
        const denied = permissions.some((one) => one.for === 'read' && one.allowed === false);
        return checks.every(({ ok, needed }) => ok || !needed) && !denied ? ExitCode.done : ExitCode.broke;
      }),
    );
}

async function policy(
  services: CliServices,
  flags: GlobalFlags & { policy?: unknown },
  signal: AbortSignal,
): Promise<object> {
  const { policy: kind } = flags;
  if (kind !== 'read' && kind !== 'full')
    throw new InputError(`--policy: found "${String(kind)}", expected read or full`);
  const project = await openProject(flags);
  const name = environmentName(project, flags);
  const { access } = await services.openEnvironment(project, name);
  if (access === undefined)
    throw new InputError(`environment ${name} needs no policy; name an AWS environment with --env`);
  return access.policy(kind, { signal });
}

/** None where rights are not given one by one. What keeps from asking is one more check that failed. */
async function permissionsOf(
  services: CliServices,
  flags: GlobalFlags,
  checks: Check[],
  signal: AbortSignal,
): Promise<AccessCheck[]> {
  if (checks.some(({ ok, needed, what }) => !ok && needed && what !== 'DuckDB')) return [];
  const project = await openProject(flags).catch(() => undefined);
  if (project === undefined) return [];
  try {
    const { access } = await services.openEnvironment(project, environmentName(project, flags));
    return (await access?.check({ signal })) ?? [];
  } catch (error) {
    signal.throwIfAborted();
    checks.push({ what: 'AWS sign-in', ok: false, needed: true, found: messageOf(error), fix: 'see the message' });
    return [];
  }
}

const marks = new Map([
  [true, '✓'],
  [false, '✗'],
  [null, '?'],
]);

function text(checks: readonly Check[], permissions: readonly AccessCheck[]): Lines {
  const machine = table(
    ['', 'what', 'found', 'fix'],
    checks.map(({ ok, needed, what, found, fix }) => [ok ? '✓' : needed ? '✗' : '!', what, found, ok ? '' : fix]),
  );
  if (permissions.length === 0) return machine;
  const rights = table(
    ['', 'for', 'IAM action', 'on', 'note'],
    permissions.map(({ action, resource, for: purpose, allowed, reason = '' }) => {
      const note = allowed === false ? 'missing' : reason;
      return [marks.get(allowed) ?? '?', purpose, action, resource, note];
    }),
  );
  return apart([machine, rights, 'the smallest IAM policy: mlops doctor --policy read, or --policy full']);
}
