import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import type { EditorServices } from '../editor-services.js';
import { fileDocument, objectDocument, type ReportDocument } from '../report/document.js';
import { exportDocument } from '../report/export.js';
import type { ReportPanel } from '../report/panel.js';
import { pickResults, resultKeys } from '../report/results.js';
import type { Session } from '../session/session.js';
import { resultsOf } from './arguments.js';
import type { Handlers } from './register.js';

export function reportCommands(
  session: Session,
  services: EditorServices,
  panel: ReportPanel,
): Pick<Handlers, 'mlops.openReport' | 'mlops.openAsReport' | 'mlops.exportReport'> {
  return {
    'mlops.openReport': () => {
      session.require();
      panel.show();
    },
    'mlops.openAsReport': async (argument) => {
      const uri = argument instanceof vscode.Uri ? argument : await resultsUri(session, resultsOf(argument));
      if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, 'mlops.report');
    },
    'mlops.exportReport': async (argument) => {
      const document =
        argument instanceof vscode.Uri ? fileDocument(argument) : await newestOf(session, resultsOf(argument));
      await exportDocument(session, services, document);
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
