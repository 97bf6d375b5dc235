import * as vscode from 'vscode';
import type { EditorServices, ProcessVariables } from '../editor-services.js';
import type { Session } from '../session/session.js';
import { InputError } from '../../common/errors.js';
import { s3UriOf } from '../object-address.js';
import { isIn, isOwn, type ReportDocument } from './document.js';

/** Asks where to, and has the command write it: the same page, with the rows behind its figures where there are any. */
export async function exportDocument(
  session: Session,
  { runCli }: Pick<EditorServices, 'runCli'>,
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
  const source = await sourceOf(session, document);
  const { code, stderr } = await runCli(['report', ...source.words, ...out], { variables: source.variables });
  if (code !== 0) throw new Error(stderr.trim() || `mlops report ended with ${code}`);
  // Not waited for: the command is done, whether or not the message is read.
  void vscode.window
    .showInformationMessage(`Exported ${vscode.workspace.asRelativePath(target)}`, 'Open')
    .then((answer) => {
      if (answer === 'Open') void vscode.env.openExternal(target);
    });
}

interface Source {
  words: string[];
  variables?: ProcessVariables;
}

/** By key where rows can be read beside it; by its address elsewhere; a file otherwise, which needs no project. */
async function sourceOf(session: Session, document: ReportDocument): Promise<Source> {
  const { key, object } = document;
  if (object?.member !== undefined)
    throw new InputError(`${document.name} lies in an archive; take it out to export a report of it`);
  const asFile = async (): Promise<Source> => ({ words: [(await document.uri()).fsPath] });
  const ready = session.state.kind === 'ready' && (object !== undefined || vscode.workspace.isTrusted);
  if (key === undefined || !ready) return asFile();
  const { project, environment } = session.require();
  const where = ['--project', project.folder, '--env', environment.name];
  if (object && !isIn(object, environment))
    throw new InputError(
      `${document.name} lies in environment ${object.environment}, and ${environment.name} is open; change it with "MLOps: Switch Environment"`,
    );
  const variables = await environment.forProcess?.();
  if (!isOwn(document, environment)) return { words: [s3UriOf(object!), ...where], variables };
  const found = await environment.objects.head(key);
  return found ? { words: [key, ...where], variables } : asFile();
}
