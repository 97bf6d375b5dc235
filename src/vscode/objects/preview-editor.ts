import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import type { EditorServices } from '../editor-services.js';
import type { HostMessage } from '../../report/protocol.js';
import { fileDocument } from '../report/document.js';
import { previewEditor } from '../report/editor-types.js';
import { attachReport, type ReportHostParts } from '../report/host.js';
import type { Session } from '../session/session.js';
import { addressOf } from '../object-address.js';
import { makeLook, type Look } from './look.js';
import { openObjectAt } from './open-object.js';
import type { Places } from './places.js';

/** Shows the first rows of a table and the contents of an archive, read straight from where they lie. */
export function registerPreviewEditor(
  parts: ReportHostParts,
  session: Session,
  services: Pick<EditorServices, 'runCli'>,
  places: Pick<Places, 'environmentNamed'>,
): vscode.Disposable {
  const look = makeLook(session, services, places);
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      const preview = attachPreview(parts, look, uri, panel.webview);
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*'),
      );
      const changes = watcher.onDidChange((changed) => String(changed) === String(uri) && preview.check());
      panel.onDidDispose(() => void vscode.Disposable.from(changes, watcher, preview).dispose());
      preview.check();
    },
  };
  return vscode.window.registerCustomEditorProvider(previewEditor, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}

const waiting = (name: string): HostMessage => ({ type: 'raw', name, reason: 'Reading …', text: '', actions: [] });

interface Preview extends vscode.Disposable {
  /** Reads the object again if it changed, and at first. */
  check: () => void;
}

function attachPreview(parts: ReportHostParts, look: Look, uri: vscode.Uri, webview: vscode.Webview): Preview {
  const at = addressOf(uri);
  const document = fileDocument(uri);
  let shown = waiting(document.name);
  let reading = new AbortController();
  let whole = false;
  /** Much of what is told of an environment leaves this object as it was. */
  let state = '';

  const read = async () => {
    reading.abort();
    const mine = (reading = new AbortController());
    const found = await look(at, whole, mine.signal);
    if (mine.signal.aborted) return;
    shown = found;
    await report.push();
  };
  const readIfChanged = async () => {
    const before = state;
    state = await stateOf(uri);
    if (before === '' || state !== before) await read();
  };
  const readWhole = async () => {
    whole = true;
    shown = waiting(document.name);
    await report.push();
    await read();
  };
  const act: ReportHostParts['act'] = (asked) => {
    const { command, argument = '' } = asked.command;
    if (command === 'openMember') return openObjectAt({ ...at, member: argument });
    return command === 'readWhole' ? readWhole() : parts.act(asked);
  };
  const report = attachReport(
    { ...parts, act },
    {
      webview,
      title: document.name,
      document: () => Promise.resolve(document),
      content: () => Promise.resolve(shown),
    },
  );
  return {
    check: () => void readIfChanged().catch((error: unknown) => parts.log.error(`preview: ${messageOf(error)}`)),
    dispose() {
      reading.abort();
      report.dispose();
    },
  };
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
