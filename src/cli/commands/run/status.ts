import type { Command } from 'commander';
import { showStatus } from '../../../operations/runs/status.js';
import type { Status } from '../../../pipeline/status/status.js';
import type { Act } from '../../command-runner.js';
import { age, figure, table, verdictWord } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

export function addStatus(program: Command, act: Act): void {
  program
    .command('status')
    .description('stages, endpoints, alarms, last verdict, active overrides')
    .action(
      act(async (workspace, _args, flags) => {
        const status = await perform(workspace, showStatus, undefined, flags);
        workspace.output.result(status, () => statusText(status));
      }),
    );
}

function statusText(status: Status): Lines {
  const now = new Date();
  const mode = status.readOnly ? ' (read-only)' : '';
  const running = status.running === null ? '' : `, run ${status.running.id} is running`;
  const where = [status.region, status.account && `account ${status.account}`].filter(Boolean).join(', ');
  const parts: Lines[] = [
    `${status.project} · environment ${status.environment}${where === '' ? '' : ` (${where})`}${mode}${running}`,
  ];
  parts.push(
    table(
      ['stage', 'last done', 'what'],
      status.stages.map(({ name, finishedAt, summary }) => [name, age(finishedAt, now), summary ?? 'never']),
    ),
  );
  for (const { name, status: state, serving, url, reason, config, drift } of status.endpoints) {
    const version = serving?.map(({ modelVersion }) => modelVersion).join(', ') ?? 'nothing';
    const proof = config.notProven ? ', not proven' : '';
    parts.push(
      `endpoint ${name}: ${state}, serves ${version}${proof}${url ? ` at ${url}` : ''}${(reason ?? drift) ? ` · ${drift ?? reason}` : ''}`,
    );
  }
  for (const { name, state, since, latest } of status.alarms.filter((alarm) => alarm.state !== 'OK')) {
    parts.push(`alarm ${name}: ${state} since ${age(since, now)}, latest ${figure(latest)}`);
  }
  if (status.verdictReason !== null) parts.push(`no verdict is known: ${status.verdictReason}`);
  else if (status.verdict === null) {
    const isKnown = !status.unknown.some(({ part }) => part === 'verdict');
    if (isKnown) parts.push('no verdict yet; run: mlops run');
  } else {
    parts.push(`verdict ${verdictWord(status.verdict)} on ${status.judgedVersion}, ${age(status.verdictAt, now)}`);
    parts.push(...status.verdictNotes);
    parts.push(`decision ${status.decision?.action}: ${status.decision?.reason}`);
  }
  for (const { name, by, reason, expiresAt } of status.overrides) {
    parts.push(`override ${name} until ${expiresAt ?? 'cleared'}, by ${by}: ${reason}`);
  }
  for (const { gate, owner, until, reason } of status.waivers) {
    parts.push(`waiver of ${gate} until ${until}, ${owner} answers for it: ${reason}`);
  }
  for (const { part, reason } of status.unknown) parts.push(`${part} not known: ${reason}`);
  return parts;
}
