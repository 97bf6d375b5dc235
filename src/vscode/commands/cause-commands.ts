import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { InputError, ProjectFileError } from '../../common/errors.js';
import { inside } from '../../common/inside.js';
import { errorFrom } from '../../documents/errors/error-about.js';
import { brokenIn } from '../../pipeline/status/broken.js';
import { readRun } from '../../pipeline/run-record.js';
import { projectFileName } from '../../project/file-name.js';
import type { RowsDocuments } from '../report/rows-document.js';
import { runLog } from '../runs/run-log.js';
import type { Session } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';
import { targetOf } from './arguments.js';
import type { Handlers } from './register.js';

/** From what broke to where it is mended: the line of a file of the project, else what the run said. */
export function causeCommands(
  session: Session,
  snapshots: Snapshots,
  rows: RowsDocuments,
): Pick<Handlers, 'mlops.openCause'> {
  return {
    'mlops.openCause': async (argument) => {
      const { state } = session;
      const asked = targetOf(argument, 'stage')?.failedIn ?? targetOf(argument, 'run')?.id;
      if (state.kind === 'invalid' && asked === undefined) return openProjectFile(state);
      const current = session.shown ?? session.require();
      const id = asked ?? brokenIn((await snapshots.get()).status)?.runId;
      const run = id === undefined ? undefined : await readRun(current.environment, id);
      if (run === undefined) throw new InputError(`found no run that failed${id === undefined ? '' : `: ${id}`}`);
      const error = run.error && errorFrom(run.error);
      if (error instanceof ProjectFileError && (await openAt(current.project.folder, error))) return;
      await rows.show(`run ${run.id}.log`, await runLog(current.project.folder, run));
    },
  };
}

async function openProjectFile({ folder, error }: { folder: string; error: unknown }): Promise<void> {
  if (error instanceof ProjectFileError && (await openAt(folder, error))) return;
  await vscode.window.showTextDocument(vscode.Uri.file(join(folder, projectFileName)));
}

/** @returns whether there is such a file in the project */
async function openAt(folder: string, { file, at }: ProjectFileError): Promise<boolean> {
  // A record can come with a clone: what it names lies in the project, or is not opened.
  const path = leadingInside(folder, file);
  if (path === undefined) return false;
  const uri = vscode.Uri.file(path);
  const there = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!there) return false;
  const place = new vscode.Position((at?.line ?? 1) - 1, (at?.column ?? 1) - 1);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(place, place) });
  return true;
}

function leadingInside(folder: string, file: string): string | undefined {
  if (isAbsolute(file)) return undefined;
  try {
    return inside(folder, join(folder, file));
  } catch {
    return undefined;
  }
}
