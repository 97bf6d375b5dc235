import * as vscode from 'vscode';
import type { Doors } from '../doors.js';
import type { Session } from '../session/session.js';
import { InputError } from '../../common/errors.js';
import { s3UriOf } from '../objects/address.js';
import { isOwn, type ReportDocument } from './document.js';

/** Asks where to, and has the command write it: the same page, with the rows behind its figures where there are any. */
export async function exportDocument(
  session: Session,
  { runCli }: Pick<Doors, 'runCli'>,
  document: ReportDocument,
): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${document.name.replace(/\.jsonl?$/, '')}.html`;
  const target = await vscode.window.showSaveDialog({
    title: 'Export Report',
    filters: { 'HTML page': ['html'], Markdown: ['md'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return;
  const format = target.path.endsWith('.md') ? 'markdown' : 'html';
  const out = ['--format', format, '--out', target.fsPath, '--quiet'];
  const { code, stderr } = await runCli(['report', ...(await sourceOf(session, document)), ...out]);
  if (code !== 0) throw new Error(stderr.trim() || `mlops report ended with ${code}`);
  const answer = await vscode.window.showInformationMessage(
    `Exported ${vscode.workspace.asRelativePath(target)}`,
    'Open',
  );
  if (answer === 'Open') await vscode.env.openExternal(target);
}

/** By key where rows can be read beside it; by its address elsewhere; a file otherwise, which needs no project. */
async function sourceOf(session: Session, document: ReportDocument): Promise<string[]> {
  const { key, object } = document;
  if (object?.member !== undefined)
    throw new InputError(`${document.name} lies in an archive; take it out to export a report of it`);
  const ready = session.state.kind === 'ready' && (object !== undefined || vscode.workspace.isTrusted);
  if (key === undefined || !ready) return [(await document.uri()).fsPath];
  const { project, environment } = session.require();
  const where = ['--project', project.folder, '--env', environment.name];
  if (!isOwn(document, environment)) return [s3UriOf(object!), ...where];
  const found = await environment.objects.head(key);
  return found ? [key, ...where] : [(await document.uri()).fsPath];
}
