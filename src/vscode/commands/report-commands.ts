import * as vscode from 'vscode';
import { objectDocument } from '../report/document.js';
import type { ReportPanel } from '../report/panel.js';
import { pickResults } from '../report/results.js';
import type { Session } from '../session/session.js';
import { targetOf } from './arguments.js';
import type { Handlers } from './register.js';

export function reportCommands(
  session: Session,
  panel: ReportPanel,
): Pick<Handlers, 'mlops.openReport' | 'mlops.openResults'> {
  return {
    'mlops.openReport': () => {
      session.require();
      panel.show();
    },
    'mlops.openResults': async (argument) => {
      const uri = argument instanceof vscode.Uri ? argument : await resultsUri(session, resultsOf(argument));
      if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, 'mlops.report');
    },
  };
}

async function resultsUri(session: Session, known: string | undefined): Promise<vscode.Uri | undefined> {
  const { environment } = session.require();
  const key = known ?? (await pickResults(session, 'Which results?'));
  return key === undefined ? undefined : objectDocument(environment, key).uri();
}

/** The results of a run, or those in a folder of the bucket. */
function resultsOf(argument: unknown): string | undefined {
  const folder = targetOf(argument, 'prefix');
  return folder ? `${folder.key}monitoring_results.json` : targetOf(argument, 'run')?.results;
}
