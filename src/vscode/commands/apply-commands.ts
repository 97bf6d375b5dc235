import * as vscode from 'vscode';
import { differencesText } from '../../export/differences-text.js';
import { applyChanges, showChanges } from '../../operations/account/apply.js';
import { cleanUp, showLeftovers } from '../../operations/account/cleanup.js';
import { planChanges } from '../../pipeline/account/apply.js';
import type { Leftover } from '../../pipeline/account/cleanup.js';
import type { RowsDocuments } from '../report/rows-document.js';
import { placeOf, type Current } from '../session/current.js';
import type { Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { perform } from '../session/perform.js';
import type { Handlers } from './register.js';

type ApplyCommands = Pick<Handlers, 'mlops.apply' | 'mlops.cleanup'>;

/** Both show what they would do beside the question, and ask for the project's name. */
export function applyCommands(session: Session, views: Views, rows: RowsDocuments): ApplyCommands {
  const tell = (text: string) => void vscode.window.showInformationMessage(text);
  return {
    'mlops.apply': async () => {
      const current = session.requireWritable('apply');
      const { project, environment } = current;
      const plan = await perform(current, showChanges, undefined, 'Comparing');
      if (plan === undefined) return;
      if (!planChanges(plan)) return tell(`Everything in ${environment.name} is as mlops.json says.`);
      const texts = [
        ...differencesText('alarms', plan.alarms),
        ...differencesText('dashboards', plan.dashboards),
        ...differencesText('lifecycle rules', plan.lifecycle),
      ];
      await rows.show('apply.txt', [`What changes in ${titleOf(current)}`, '', ...texts, ''].join('\n'));
      await perform(current, applyChanges, { project: project.file.name, plan }, 'Applying');
      await views.refreshAll();
    },
    'mlops.cleanup': async () => {
      const current = session.requireWritable('clean up');
      const { project, environment } = current;
      const { name } = project.file;
      const found = await perform(current, showLeftovers, undefined, `Looking for what is left of ${name}`);
      if (found === undefined) return;
      if (found.length === 0) return tell(`Nothing of ${name} to delete in ${environment.name}.`);
      await rows.show('clean-up.txt', listOf(current, found));
      await perform(current, cleanUp, { project: name, found }, `Cleaning up ${environment.name}`);
      await views.refreshAll();
    },
  };
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
