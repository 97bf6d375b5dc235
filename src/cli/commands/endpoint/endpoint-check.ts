import { Option, type Command } from 'commander';
import { ExitCode } from '../../../common/errors.js';
import { checkEndpointCases, type CheckDocument } from '../../../operations/endpoints/check.js';
import { contractJUnit } from '../../../report/export/contract-junit.js';
import type { Act } from '../../command-runner.js';
import { perform } from '../../perform.js';

/** `mlops endpoint check`: what smoke tests, workflows and people call to know whether an endpoint keeps its contract. */
export function addEndpointCheck(endpoint: Command, act: Act): void {
  endpoint
    .command('check')
    .argument('<endpoint>', 'its name, or an address such as http://127.0.0.1:8080')
    .requiredOption('--cases <file>', 'requests and what their answers have to be, one a line')
    .addOption(new Option('--format <form>', 'of what is printed').choices(['text', 'junit']).default('text'))
    .description('send cases and compare the answers; exits with 1 when one does not hold')
    .action(
      act(async (workspace, [target], flags) => {
        const wish = { target: target as string, cases: flags.cases as string };
        const checked = await perform(workspace, checkEndpointCases, wish, flags);
        workspace.output.result(checked, () => (flags.format === 'junit' ? contractJUnit(checked) : linesOf(checked)));
        return checked.failed === 0 ? ExitCode.done : ExitCode.verdictFail;
      }),
    );
}

function linesOf({ cases, passed, failed, target }: CheckDocument): string[] {
  const lines = cases.flatMap(({ name, status, ms, problems }) => [
    `${status === 'pass' ? 'pass' : 'FAIL'}  ${name} (${ms} ms)`,
    ...problems.map((problem) => `      ${problem}`),
  ]);
  return [...lines, `${target}: ${passed} passed, ${failed} failed`];
}
