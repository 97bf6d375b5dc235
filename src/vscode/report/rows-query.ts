import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { monitoredRowsSchema, type MonitoredRows } from '../../documents/monitored-rows.js';
import { explainedMessages, rowsMessage } from '../../report/rows-view.js';
import type { PageNews } from '../../report/protocol.js';
import type { Doors } from '../doors.js';
import type { Session } from '../session/session.js';
import { isOwn, type ReportDocument } from './document.js';

/** So many rows are shown beneath a report. */
const mostRows = 100;

/** Asks a process of the engine for rows: this window never opens their table itself. */
export function makeRowsQuery(session: Session, { runCli }: Pick<Doors, 'runCli'>) {
  async function ask(document: ReportDocument | undefined, selection: string, wish: string[]): Promise<MonitoredRows> {
    if (!vscode.workspace.isTrusted) throw new Error('Rows are read only in a trusted workspace.');
    const { project, environment } = session.require();
    if (document?.key === undefined || !isOwn(document, environment))
      throw new Error('These results lie in no environment of this project.');
    const at = selection.indexOf(':');
    const [kind, name] = [selection.slice(0, at), selection.slice(at + 1)];
    const where = [
      '--results',
      document.key,
      '--project',
      project.folder,
      '--env',
      environment.name,
      '--json',
      '--quiet',
    ];
    const { code, stdout, stderr } = await runCli(['rows', `--${kind}=${name}`, ...wish, ...where], {
      variables: await environment.forProcess?.(),
    });
    const said = stderr.trim().split('\n').at(-1) ?? '';
    if (code !== 0) throw new Error(said === '' ? `mlops rows ended with ${code}` : said);
    return monitoredRowsSchema.parse(JSON.parse(stdout));
  }
  return {
    /** Never throws: what went wrong is the news. */
    async rows(document: ReportDocument | undefined, selection: string): Promise<PageNews> {
      try {
        return rowsMessage(await ask(document, selection, ['--limit', String(mostRows)]), true);
      } catch (error) {
        return { type: 'rows', selection, title: 'Rows', table: null, explains: false, note: messageOf(error) };
      }
    },
    async explain(document: ReportDocument | undefined, record: string): Promise<PageNews> {
      const none = { type: 'explained', record, waterfall: null } as const;
      try {
        const found = explainedMessages(await ask(document, `record:${record}`, ['--contributions', '--limit', '1']));
        return found[0] ?? { ...none, note: 'This row is not among those that were judged.' };
      } catch (error) {
        return { ...none, note: messageOf(error) };
      }
    },
  };
}
