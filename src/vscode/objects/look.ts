import { posix } from 'node:path';
import * as vscode from 'vscode';
import { archiveFormatOf } from '../../data/archive/archive.js';
import type { HostMessage } from '../../report/protocol.js';
import type { EditorServices } from '../editor-services.js';
import { unreadable } from '../report/unreadable.js';
import { askCli } from '../runs/ask-cli.js';
import type { Session } from '../session/session.js';
import { s3UriOf, type ObjectAddress } from '../object-address.js';
import type { Places } from './places.js';

/** So many rows of a table are shown. */
const shownRows = 200;

export type Look = (at: ObjectAddress, whole: boolean, signal: AbortSignal) => Promise<HostMessage>;

/** Never throws: what went wrong is what is shown. */
export function makeLook(
  session: Session,
  services: Pick<EditorServices, 'runCli'>,
  { environmentNamed }: Pick<Places, 'environmentNamed'>,
): Look {
  /** No table is needed to list an archive, so this process does it itself. */
  const archive = async (at: ObjectAddress, whole: boolean, signal: AbortSignal) => {
    const { lookIntoArchive, memberSource, openSource } = await import('../project-work.js');
    const object = await openSource(await environmentNamed(at.environment), at, signal);
    const source = at.member === undefined ? object : await memberSource(object, at.member, signal);
    return lookIntoArchive(source, archiveFormatOf(source.name)!, { whole, signal });
  };
  /** Tables are read by a process of their own: this one never loads what reads them. */
  const table = async (at: ObjectAddress, whole: boolean, signal: AbortSignal): Promise<unknown> => {
    const environment = await environmentNamed(at.environment);
    const wish = [...(at.member === undefined ? [] : [`--member=${at.member}`]), ...(whole ? ['--whole'] : [])];
    const asked = ['bucket', 'preview', s3UriOf(at), '--rows', String(shownRows), ...wish];
    return askCli(services, { project: session.require().project, environment }, asked, { signal });
  };
  return async (at, whole, signal) => {
    const name = posix.basename(at.member ?? at.key);
    try {
      const work = archiveFormatOf(name) === undefined ? table : archive;
      const title = `Reading ${name}`;
      const reading = { location: vscode.ProgressLocation.Window, title };
      const found = await vscode.window.withProgress(reading, () => work(at, whole, signal));
      const { previewMessage } = await import('../report/drawing.js');
      return previewMessage(name, found, at.member !== undefined, new Date());
    } catch (error) {
      return unreadable(name, error);
    }
  };
}
