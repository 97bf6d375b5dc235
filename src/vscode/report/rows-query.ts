import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import type { MonitoredRows } from '../../documents/monitored-rows.js';
import type { PageNews } from '../../report/protocol.js';
import type { EditorServices } from '../editor-services.js';
import { askCli } from '../runs/ask-cli.js';
import type { Session } from '../session/session.js';
import { isOwn, type ReportDocument } from './document.js';

/** So many rows are shown beneath a report. */
const mostRows = 100;

/** Asks a process of the engine for rows: this window never opens their table itself. */
export function makeRowsQuery(session: Session, services: Pick<EditorServices, 'runCli'>) {
  async function ask(document: ReportDocument | undefined, selection: string, wish: string[]): Promise<MonitoredRows> {
    if (!vscode.workspace.isTrusted) throw new Error('Rows are read only in a trusted workspace.');
    const current = session.require();
    if (document?.key === undefined || !isOwn(document, current.environment))
      throw new Error('These results lie in no environment of this project.');
    const at = selection.indexOf(':');
    const [kind, name] = [selection.slice(0, at), selection.slice(at + 1)];
    const asked = ['rows', `--${kind}=${name}`, ...wish, '--results', document.key];
    const { monitoredRowsSchema } = await import('./drawing.js');
    return monitoredRowsSchema.parse(await askCli(services, current, asked));
  }
  return {
    /** Never throws: what went wrong is the news. */
    async rows(document: ReportDocument | undefined, selection: string): Promise<PageNews> {
      try {
        const { rowsMessage } = await import('./drawing.js');
        return rowsMessage(await ask(document, selection, ['--limit', String(mostRows)]), true);
      } catch (error) {
        return { type: 'rows', selection, title: 'Rows', table: null, explains: false, note: messageOf(error) };
      }
    },
    async explain(document: ReportDocument | undefined, record: string): Promise<PageNews> {
      const none = { type: 'explained', record, waterfall: null } as const;
      try {
        const { explainedMessages } = await import('./drawing.js');
        const found = explainedMessages(await ask(document, `record:${record}`, ['--contributions', '--limit', '1']));
        return found[0] ?? { ...none, note: 'This row is not among those that were judged.' };
      } catch (error) {
        return { ...none, note: messageOf(error) };
      }
    },
  };
}
