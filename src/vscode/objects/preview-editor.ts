import { posix } from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { archiveFormatOf } from '../../data/archive/archive.js';
import { lookIntoArchive } from '../../pipeline/preview/archive.js';
import { memberSource, openSource } from '../../pipeline/preview/source.js';
import type { HostMessage } from '../../report/protocol.js';
import type { Doors } from '../doors.js';
import { fileDocument } from '../report/document.js';
import { previewEditor } from '../report/editor-types.js';
import { attachReport, type ReportHostParts } from '../report/host.js';
import { unreadable } from '../report/message.js';
import type { Session } from '../session/session.js';
import { addressOf, s3UriOf, type ObjectAddress } from './address.js';
import { openObjectAt } from './open-object.js';
import type { Places } from './places.js';
import { previewMessage, waitingMessage } from './preview-message.js';

/** So many rows of a table are shown. */
const shownRows = 200;

/** Shows the first rows of a table and the contents of an archive, read straight from where they lie. */
export function registerPreviewEditor(
  parts: ReportHostParts,
  session: Session,
  doors: Pick<Doors, 'runCli'>,
  places: Pick<Places, 'environmentNamed'>,
): vscode.Disposable {
  const look = makeLook(session, doors, places);
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      const at = addressOf(uri);
      const document = fileDocument(uri);
      let shown = waitingMessage(document.name);
      let stop = new AbortController();
      let whole = false;
      const report = attachReport(
        {
          ...parts,
          async act(asked) {
            const { command, argument = '' } = asked.command;
            if (command === 'openMember') return openObjectAt({ ...at, member: argument });
            if (command !== 'readWhole') return parts.act(asked);
            whole = true;
            shown = waitingMessage(document.name);
            await report.push();
            return read();
          },
        },
        {
          webview: panel.webview,
          title: document.name,
          document: () => Promise.resolve(document),
          content: () => Promise.resolve(shown),
        },
      );
      const read = async () => {
        stop.abort();
        const mine = (stop = new AbortController());
        const found = await look(at, whole, mine.signal);
        if (mine.signal.aborted) return;
        shown = found;
        await report.push();
      };
      const tell = (work: Promise<void>) =>
        void work.catch((error: unknown) => parts.log.error(`preview: ${messageOf(error)}`));
      // Much of what is told of an environment leaves this object as it was.
      let state = '';
      const readIfChanged = async () => {
        const before = state;
        state = await stateOf(uri);
        if (before === '' || state !== before) await read();
      };
      const folder = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*');
      const watcher = vscode.workspace.createFileSystemWatcher(folder);
      const changes = watcher.onDidChange((changed) => String(changed) === String(uri) && tell(readIfChanged()));
      panel.onDidDispose(() => {
        stop.abort();
        changes.dispose();
        watcher.dispose();
        report.dispose();
      });
      tell(readIfChanged());
    },
  };
  return vscode.window.registerCustomEditorProvider(previewEditor, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}

/** What an object is told apart by from its other states; empty when it cannot be looked at. */
async function stateOf(uri: vscode.Uri): Promise<string> {
  try {
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    return `${size} ${mtime}`;
  } catch {
    return '';
  }
}

/** Never throws: what went wrong is what is shown. */
function makeLook(
  session: Session,
  { runCli }: Pick<Doors, 'runCli'>,
  { environmentNamed }: Pick<Places, 'environmentNamed'>,
) {
  /** No table is needed to list an archive, so this process does it itself. */
  const archive = async (at: ObjectAddress, whole: boolean, signal: AbortSignal) => {
    const object = await openSource(await environmentNamed(at.environment), at, signal);
    const source = at.member === undefined ? object : await memberSource(object, at.member, signal);
    return lookIntoArchive(source, archiveFormatOf(source.name)!, { whole, signal });
  };
  /** Tables are read by a process of their own: this one never loads what reads them. */
  const table = async (at: ObjectAddress, whole: boolean, signal: AbortSignal): Promise<unknown> => {
    const environment = await environmentNamed(at.environment);
    const where = ['--project', session.require().project.folder, '--env', environment.name, '--json', '--quiet'];
    const wish = [...(at.member === undefined ? [] : [`--member=${at.member}`]), ...(whole ? ['--whole'] : [])];
    const asked = ['bucket', 'preview', s3UriOf(at), '--rows', String(shownRows), ...wish, ...where];
    const { code, stdout, stderr } = await runCli(asked, { signal });
    const said = stderr.trim().split('\n').at(-1) ?? '';
    if (code !== 0) throw new Error(said === '' ? `mlops bucket preview ended with ${code}` : said);
    return JSON.parse(stdout);
  };
  return async (at: ObjectAddress, whole: boolean, signal: AbortSignal): Promise<HostMessage> => {
    const name = posix.basename(at.member ?? at.key);
    try {
      const work = archiveFormatOf(name) === undefined ? table : archive;
      const title = `Reading ${name}`;
      const reading = { location: vscode.ProgressLocation.Window, title };
      const found = await vscode.window.withProgress(reading, () => work(at, whole, signal));
      return previewMessage(name, found, at.member !== undefined, new Date());
    } catch (error) {
      return { ...unreadable(name, error), actions: [] } as HostMessage;
    }
  };
}
