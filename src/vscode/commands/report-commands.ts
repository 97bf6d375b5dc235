import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import type { Doors } from '../doors.js';
import { fileDocument, objectDocument, type ReportDocument } from '../report/document.js';
import { exportDocument } from '../report/export.js';
import type { ReportPanel } from '../report/panel.js';
import { pickResults, resultKeys } from '../report/results.js';
import type { Session } from '../session/session.js';
import { resultsOf } from './arguments.js';
import type { Handlers } from './register.js';

export function reportCommands(
  session: Session,
  doors: Doors,
  panel: ReportPanel,
): Pick<Handlers, 'mlops.openReport' | 'mlops.openResults' | 'mlops.exportReport'> {
  return {
    'mlops.openReport': () => {
      session.require();
      panel.show();
    },
    'mlops.openResults': async (argument) => {
      const uri = argument instanceof vscode.Uri ? argument : await resultsUri(session, resultsOf(argument));
      if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, 'mlops.report');
    },
    'mlops.exportReport': async (argument) => {
      const document =
        argument instanceof vscode.Uri ? fileDocument(argument) : await newestOf(session, resultsOf(argument));
      await exportDocument(session, doors, document);
    },
  };
}

async function newestOf(session: Session, known: string | undefined): Promise<ReportDocument> {
  const { environment } = session.require();
  const key = known ?? (await resultKeys(environment)).at(-1);
  if (key === undefined) throw new InputError('there are no results yet; run the stage monitor');
  return objectDocument(environment, key);
}

async function resultsUri(session: Session, known: string | undefined): Promise<vscode.Uri | undefined> {
  const { environment } = session.require();
  const key = known ?? (await pickResults(session, 'Which results?'));
  return key === undefined ? undefined : objectDocument(environment, key).uri();
}
