import * as vscode from 'vscode';
import { showAdmission } from '../../operations/releases/admit.js';
import { rollBack } from '../../operations/releases/rollback.js';
import { startRelease } from '../../operations/releases/start.js';
import { showRelease } from '../../operations/releases/status.js';
import { stopRelease } from '../../operations/releases/stop.js';
import type { PagePanels } from '../report/page-panels.js';
import { quietly } from '../session/quietly.js';
import { perform } from '../session/perform.js';
import type { Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import type { Handlers } from './register.js';

type ReleaseCommands = Pick<
  Handlers,
  'mlops.startRelease' | 'mlops.showRelease' | 'mlops.stopRelease' | 'mlops.rollBack' | 'mlops.admitRelease'
>;
interface Words {
  version: string;
  reason: string;
}

/** A release: begun, watched as a page, and taken back. */
export function releaseCommands(session: Session, views: Views, pages: PagePanels): ReleaseCommands {
  const refresh = () => views.of['mlops.endpoints'].refresh();
  const subjectOf = (environment: string) => `${environment} release`;
  const show = () => {
    const current = session.require();
    pages.show(subjectOf(current.environment.name), 'release', async () => {
      const { release, text, endpoint } = await showRelease.run(quietly(current), undefined);
      return release ?? { kind: 'release-status', schemaVersion: 1, endpoint, text };
    });
  };
  return {
    'mlops.showRelease': show,
    'mlops.startRelease': async (argument) => {
      const current = session.requireWritable('release a version');
      const version = targetOf(argument, 'model')?.version ?? saidIn<Words>(argument).version;
      const reason = await reasonOf(argument, `Release ${version ?? 'the newest approved version'}`);
      if (reason === undefined) return;
      const done = perform(current, startRelease, { version, reason }, `Releasing ${version ?? 'a version'}`);
      show();
      const watching = setInterval(() => pages.refresh(subjectOf(current.environment.name)), 5000);
      const ended = await done.finally(() => clearInterval(watching));
      if (ended?.kind === 'admission')
        pages.show(`${current.environment.name} admission`, 'admission', () => Promise.resolve(ended));
      else show();
      await refresh();
    },
    'mlops.stopRelease': async (argument) => {
      const current = session.requireWritable('stop a release');
      const { reason = 'stopped in the editor' } = saidIn<Words>(argument);
      await perform(current, stopRelease, { reason }, 'Taking the release back');
      show();
      await refresh();
    },
    'mlops.rollBack': async (argument) => {
      const current = session.requireWritable('roll back');
      const version = targetOf(argument, 'model')?.version ?? saidIn<Words>(argument).version;
      const reason = await reasonOf(argument, `Roll back to ${version ?? 'the version before'}`);
      if (reason === undefined) return;
      await perform(current, rollBack, { version, reason }, 'Rolling back');
      await refresh();
    },
    'mlops.admitRelease': async () => {
      const current = session.require();
      const found = await perform(current, showAdmission, undefined, 'Reading the admission gate');
      if (found) pages.show(`${current.environment.name} admission`, 'admission', () => Promise.resolve(found));
    },
  };
}

async function reasonOf(argument: unknown, title: string): Promise<string | undefined> {
  const said = saidIn<Words>(argument).reason;
  if (said !== undefined) return said;
  const prompt = 'Why? The ledger keeps it.';
  return vscode.window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? '' : 'A few words'),
  });
}
