import type { Command } from 'commander';
import { ExitCode } from '../../../common/errors.js';
import { showAdmission } from '../../../operations/releases/admit.js';
import { showHistory } from '../../../operations/releases/history.js';
import { rollBack } from '../../../operations/releases/rollback.js';
import { startRelease } from '../../../operations/releases/start.js';
import { showRelease } from '../../../operations/releases/status.js';
import { stopRelease } from '../../../operations/releases/stop.js';
import type { Act } from '../../command-runner.js';
import { perform } from '../../perform.js';
import { admissionText, historyText, releaseText } from './release-text.js';

const whatIsOfReleases: readonly string[] = ['deploy', 'promote', 'rollback', 'retrain'];

/** `mlops release`: how a version takes the traffic of an endpoint, and how it is taken back. */
export function addRelease(program: Command, act: Act): void {
  const release = program
    .command('release')
    .description('take a version to an endpoint step by step, watched; or back');
  release
    .command('start')
    .argument('[version]', 'default: what serves where it proves itself, else the newest approved one')
    .option('--reason <text>', 'why, for the ledger', 'asked for by hand')
    .description('the admission gate, then step by step; rolls back by itself. Goes on with one that was interrupted')
    .action(
      act(async (workspace, [version], { reason, ...flags }) => {
        const wish = { version: version as string | undefined, reason: reason as string };
        const done = await perform(workspace, startRelease, wish, flags);
        workspace.output.result(done, () => (done.kind === 'admission' ? admissionText(done) : releaseText(done)));
        const promoted = done.kind === 'release' && done.outcome === 'promoted';
        return promoted ? ExitCode.done : ExitCode.verdictFail;
      }),
    );
  release
    .command('status')
    .description('how the newest release stands, what serves now, and what to do next')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, showRelease, undefined, flags);
        workspace.output.result(found, () => [
          found.text,
          ...(found.release === null ? [] : releaseText(found.release).slice(1)),
          ...(found.next === null ? [] : [`next: ${found.next}`]),
        ]);
      }),
    );
  release
    .command('stop')
    .option('--reason <text>', 'why, for the ledger', 'stopped by hand')
    .description('take the release under way back: the version before serves again')
    .action(
      act(async (workspace, _args, { reason, ...flags }) => {
        const done = await perform(workspace, stopRelease, { reason: reason as string }, flags);
        workspace.output.result(done, () => releaseText(done));
      }),
    );
  release
    .command('rollback')
    .argument('[version]', 'any earlier version (default: the one that served before)')
    .option('--reason <text>', 'why, for the ledger', 'rolled back by hand')
    .description('have an earlier version serve at once; it is held until a person releases another')
    .action(
      act(async (workspace, [version], { reason, ...flags }) => {
        const wish = { version: version as string | undefined, reason: reason as string };
        const done = await perform(workspace, rollBack, wish, flags);
        workspace.output.result(
          done,
          () => `${done.endpoint} serves ${done.to ?? 'nothing'} again, instead of ${done.from ?? 'nothing'}`,
        );
      }),
    );
  release
    .command('history')
    .description('what was deployed, released and taken back, newest first: who, when, why')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, showHistory, undefined, flags);
        const entries = found.entries.filter(({ what }) => whatIsOfReleases.includes(what));
        workspace.output.result({ ...found, entries }, () => historyText(entries, new Date()));
      }),
    );
  release
    .command('admit')
    .description('each check of the admission gate; exit code 1 when one fails')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, showAdmission, undefined, flags);
        workspace.output.result(found, () => admissionText(found));
        return found.admitted ? ExitCode.done : ExitCode.verdictFail;
      }),
    );
}
