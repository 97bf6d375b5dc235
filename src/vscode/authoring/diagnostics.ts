import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { valueAt } from '../../common/schema-words.js';
import type { Finding } from '../../project/authoring/finding.js';
import { mostCharacters, projectFindings } from '../../project/authoring/project-findings.js';
import { sqlFindings } from '../../project/authoring/sql-findings.js';
import { projectFileName } from '../../project/file-name.js';
import { readJsonc } from '../../project/jsonc.js';
import { sqlFiles } from '../../project/sql-files.js';
import type { AuthoringParts } from './parts.js';
import type { Checker } from './checker-process.js';
import { authoredBy, textIn, type Authored } from './documents.js';
import type { FactsOf } from './facts-of.js';

/** A pause in typing, ms: what is found is to stand there within half a second. */
const pause = 100;

export interface Diagnostics extends vscode.Disposable {
  /** What is shown in a document now, each with the diagnostic that shows it. */
  of: (document: vscode.TextDocument) => readonly { finding: Finding; diagnostic: vscode.Diagnostic }[];
}

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Judges the files of a project while they are typed, saved or not. */
export function makeDiagnostics({
  session,
  changes,
  checker,
  facts,
  log,
}: AuthoringParts & { checker: Checker; facts: FactsOf }): Diagnostics {
  const collection = vscode.languages.createDiagnosticCollection('mlops');
  const shown = new Map<string, { finding: Finding; diagnostic: vscode.Diagnostic }[]>();
  const timers = new Map<string, NodeJS.Timeout>();

  const show = (document: vscode.TextDocument, findings: readonly Finding[]) => {
    const both = findings.map((finding) => {
      const range = new vscode.Range(document.positionAt(finding.from), document.positionAt(finding.to));
      const diagnostic = new vscode.Diagnostic(range, finding.message, severities[finding.severity]);
      diagnostic.source = 'mlops';
      return { finding, diagnostic };
    });
    shown.set(document.uri.toString(), both);
    collection.set(
      document.uri,
      both.map(({ diagnostic }) => diagnostic),
    );
  };
  const showProject = (document: vscode.TextDocument, folder: string) =>
    show(document, projectFindings(document.getText(), facts(folder)));

  const check = async (document: vscode.TextDocument): Promise<void> => {
    const authored = authoredBy(document);
    if (authored === undefined || document.isClosed) return;
    if (authored.kind === 'project') {
      showProject(document, authored.folder);
      if (await askTables(authored)) if (!document.isClosed) showProject(document, authored.folder);
    } else await checkSql(document, authored);
  };

  /** Whether anything new is known of the tables. */
  const askTables = async ({ folder }: Authored): Promise<boolean> => {
    const project = await textIn(folder, projectFileName);
    const sql = await textIn(folder, featuresFile(project));
    const answer = await ask({ folder, name: projectFileName }, project, { sql, bind: true });
    return answer !== undefined && facts.learn(folder, answer, true);
  };

  const checkSql = async (document: vscode.TextDocument, authored: Authored): Promise<void> => {
    const { folder, name } = authored;
    const project = await textIn(folder, projectFileName);
    const isFeatures = name === featuresFile(project);
    if (!isFeatures && !sqlFiles(readJsonc(project)).some((one) => one.name === name)) return;
    const { version } = document;
    const sql = document.getText();
    // Of other SQL the tables are not known: that of a source is over its raw rows.
    const answer = await ask(authored, project, { sql, bind: isFeatures });
    if (answer === undefined || document.isClosed || document.version !== version) return;
    show(document, sqlFindings(sql, answer, { project, isFeatures }));
    const of = vscode.workspace.textDocuments.find((one) => {
      const other = authoredBy(one);
      return other?.kind === 'project' && other.folder === folder;
    });
    if (facts.learn(folder, answer, isFeatures) && of !== undefined) showProject(of, folder);
  };

  const ask = (
    { folder, name }: Pick<Authored, 'folder' | 'name'>,
    project: string,
    { sql, bind }: { sql: string; bind: boolean },
  ) => {
    if (project.length > mostCharacters || sql.length > mostCharacters) return Promise.resolve(undefined);
    return checker.ask(`${folder}/${name}`, { folder, project, sql, bind: bind && vscode.workspace.isTrusted });
  };

  const soon = (document: vscode.TextDocument) => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    const begin = () => {
      timers.delete(key);
      check(document).catch((error: unknown) => log.error(`authoring: ${messageOf(error)}`));
    };
    timers.set(key, setTimeout(begin, pause));
  };
  const all = () => vscode.workspace.textDocuments.filter((one) => authoredBy(one) !== undefined).forEach(soon);
  const lookAround = () => void facts.lookAround().then(all, () => undefined);
  const subscriptions = [
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => authoredBy(document) && soon(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => authoredBy(document) && soon(document)),
    vscode.workspace.onDidSaveTextDocument((document) => authoredBy(document) && all()),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      shown.delete(uri.toString());
      collection.delete(uri);
    }),
    changes.onChange(all),
    session.onChange(lookAround),
  ];
  lookAround();
  return {
    of: ({ uri }) => shown.get(uri.toString()) ?? [],
    dispose() {
      timers.forEach((timer) => clearTimeout(timer));
      subscriptions.forEach((one) => void one.dispose());
    },
  };
}

function featuresFile(project: string): string {
  const name = valueAt(readJsonc(project).value, ['features', 'sql']);
  return typeof name === 'string' ? name : 'features.sql';
}
