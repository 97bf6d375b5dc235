import * as vscode from 'vscode';
import { queryResultSchema, type QueryResult } from '../../documents/tables/query-result.js';
import type { Environment } from '../../platform/ports/environment.js';
import { collect } from '../../platform/ports/pages.js';
import type { EditorServices } from '../editor-services.js';
import type { PagePanels } from '../report/page-panels.js';
import { askCli } from '../runs/ask-cli.js';
import type { Current, Session } from '../session/session.js';
import { saidIn, targetOf } from './arguments.js';
import { withProgress } from '../session/progress.js';
import type { Handlers } from './register.js';

interface Words {
  name: string;
  sql: string;
}

/** So many rows are shown. */
const mostRows = '500';

export function featureGroupCommands(
  session: Session,
  services: Pick<EditorServices, 'runCli'>,
  pages: PagePanels,
): Pick<Handlers, 'mlops.queryFeatureGroup'> {
  /** What was asked last of each group, to go on from. */
  const asked = new Map<string, string>();
  const query = async (current: Current, { name, sql }: Words, signal: AbortSignal): Promise<QueryResult> => {
    const words = ['feature-group', 'query', name, '--sql', sql, '--limit', mostRows];
    const found = await askCli(services, current, words, { signal });
    return queryResultSchema.parse(found);
  };
  return {
    'mlops.queryFeatureGroup': async (argument) => {
      const current = session.require();
      const { environment } = current;
      if (!vscode.workspace.isTrusted) throw new Error('Queries run only in a trusted workspace.');
      const said = saidIn<Words>(argument);
      const name = targetOf(argument, 'feature-group')?.name ?? said.name ?? (await pickGroup(environment));
      const sql = name && (said.sql ?? (await askSql(name, asked.get(name))));
      if (!name || !sql) return undefined;
      asked.set(name, sql);
      const asking = { name, sql };
      const result = await withProgress(`Querying ${name}`, (_, signal) => query(current, asking, signal));
      pages.show(`${environment.name} query ${name}`, `query · ${name}`, () => Promise.resolve(result));
      return result;
    },
  };
}

async function pickGroup({ features }: Environment): Promise<string | undefined> {
  const names = (await collect((page) => features.list(page))).map(({ name }) => name);
  return vscode.window.showQuickPick(names, { title: 'Which feature group?' });
}

function askSql(name: string, last: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Query ${name} in SQL`,
    prompt: 'records: the latest of each id. history: everything ever written.',
    value: last ?? 'SELECT * FROM records',
    ignoreFocusOut: true,
  });
}
