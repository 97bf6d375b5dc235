import * as vscode from 'vscode';
import { differencesText } from '../../export/differences-text.js';
import { carryOut, mustBeApplicable, planApply, planChanges } from '../../pipeline/account/apply.js';
import { leftovers, type Leftover } from '../../pipeline/account/cleanup.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import type { RowsDocuments } from '../report/rows-document.js';
import { confirmDestruction } from '../session/confirm.js';
import { placeOf, type Current } from '../session/current.js';
import type { Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { withProgress } from './progress.js';
import type { Handlers } from './register.js';

type ApplyCommands = Pick<Handlers, 'mlops.apply' | 'mlops.cleanup'>;

/** Both show what they would do beside the question, and ask for the project's name. */
export function applyCommands(session: Session, views: Views, rows: RowsDocuments): ApplyCommands {
  const tell = (text: string) => void vscode.window.showInformationMessage(text);
  return {
    'mlops.apply': async () => {
      const current = session.requireWritable('apply');
      const { project, environment } = current;
      const plan = await planApply(project, environment);
      if (!planChanges(plan)) return tell(`Everything in ${environment.name} is as mlops.json says.`);
      const texts = [
        ...differencesText('alarms', plan.alarms),
        ...differencesText('dashboards', plan.dashboards),
        ...differencesText('lifecycle rules', plan.lifecycle),
      ];
      await rows.show('apply.txt', [`What changes in ${titleOf(current)}`, '', ...texts, ''].join('\n'));
      await mustBeApplicable(plan, environment);
      if (!(await confirmDestruction(environment, { what: 'apply', resource: project.file.name }))) return;
      const writers = environment.writers('apply');
      await withProgress('Applying', (onWait, signal) =>
        holdingLease(writers, 'apply', { signal, onWait }, () => carryOut(plan, writers, { signal })),
      );
      await views.refreshAll();
    },
    'mlops.cleanup': async () => {
      const current = session.requireWritable('clean up');
      const { project, environment } = current;
      const { name } = project.file;
      const found = await leftovers(project, environment);
      if (found.length === 0) return tell(`Nothing of ${name} to delete in ${environment.name}.`);
      await rows.show('clean-up.txt', listOf(current, found));
      if (!(await confirmed(current, found.length))) return;
      const writers = environment.writers('clean up');
      await withProgress(`Cleaning up ${environment.name}`, (report, signal) =>
        holdingLease(writers, 'cleanup', { signal, onWait: report }, async () => {
          for (const one of found) {
            signal.throwIfAborted();
            report(`${one.kind} ${one.name}`);
            await one.remove(writers, { signal });
          }
        }),
      );
      await views.refreshAll();
    },
  };
}

/** On this machine too: what is deleted there was made by hours of work. */
async function confirmed({ project, environment }: Current, count: number): Promise<boolean> {
  const { name } = project.file;
  if (environment.kind === 'aws') return confirmDestruction(environment, { what: 'clean up', resource: name });
  const yes = 'Delete';
  const detail = 'Endpoints and alarms; the data stays.';
  const message = `Delete ${count} things of ${name} here?`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
}

function titleOf(current: Current): string {
  const place = placeOf(current);
  return `environment ${current.environment.name}${place && ` (${place})`}`;
}

function listOf(current: Current, found: readonly Leftover[]): string {
  const widest = Math.max(...found.map(({ kind }) => kind.length));
  const lines = found.map(
    ({ kind, name, released }) => `${kind.padEnd(widest)}  ${name}${released ? ' (given back, not deleted)' : ''}`,
  );
  return [`What is deleted in ${titleOf(current)}; the data in the bucket stays`, '', ...lines, ''].join('\n');
}
