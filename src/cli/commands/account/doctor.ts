import type { Command } from 'commander';
import { ExitCode, InputError } from '../../../common/errors.js';
import { smallestPolicy } from '../../../operations/account/policy.js';
import type { Check, ProjectThere } from '../../../operations/machine/checks.js';
import { examine } from '../../../operations/machine/doctor.js';
import type { AccessCheck } from '../../../platform/ports/access.js';
import { findProject } from '../../../project/load.js';
import type { Project } from '../../../project/schema.js';
import type { Act } from '../../command-runner.js';
import { environmentName, openWorkspace, type CliServices, type GlobalFlags } from '../../context.js';
import { apart, table } from '../../output.js';
import { perform, performOnFiles } from '../../perform.js';
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
        const kind = flags.policy as string | undefined;
        if (kind !== undefined) {
          if (kind !== 'read' && kind !== 'full')
            throw new InputError(`--policy: found "${kind}", expected read or full`);
          const workspace = await openWorkspace(services, flags, signal);
          printDocument(jsonText(await perform(workspace, smallestPolicy, { kind }, flags)));
          return ExitCode.done;
        }
        const found = await performOnFiles({ output, signal }, examine, { there: await projectThere(services, flags) });
        const { checks, permissions } = found;
        output.result(found, () => text(checks, permissions));
        const denied = permissions.some((one) => one.for === 'read' && one.allowed === false);
        return checks.every(({ ok, needed }) => ok || !needed) && !denied ? ExitCode.done : ExitCode.broke;
      }),
    );
}

/** Undefined where there is no project. */
async function projectThere(services: CliServices, flags: GlobalFlags): Promise<ProjectThere | undefined> {
  const folder = flags.project ?? (await findProject(process.cwd()));
  if (folder === undefined) return undefined;
  const open = (project: Project) => services.openEnvironment(project, environmentName(project, flags));
  return { folder, environment: flags.env, open };
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
