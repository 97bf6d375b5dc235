import * as vscode from 'vscode';
import { approveModel, rejectModel } from '../../operations/models/decide.js';
import { listModels } from '../../operations/models/list.js';
import type { Current, Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import { askReason } from './override-commands.js';
import { perform } from './perform.js';
import type { Handlers } from './register.js';

interface Words {
  version: string;
  reason: string;
}

export function modelCommands(
  session: Session,
  views: Views,
): Pick<Handlers, 'mlops.approveModel' | 'mlops.rejectModel'> {
  const decide = (what: 'approve' | 'reject', decision: typeof approveModel) => async (argument: unknown) => {
    const current = session.requireWritable(`${what} a model`);
    const version = await chosenVersion(current, argument, `Which version to ${what}?`);
    const reason = version && (saidIn<Words>(argument).reason ?? (await askReason(`Why ${what} ${version}?`)));
    if (!reason) return;
    await perform(
      current,
      decision,
      { version, reason },
      `${what === 'approve' ? 'Approving' : 'Rejecting'} ${version}`,
    );
    await views.of['mlops.models'].refresh();
  };
  return { 'mlops.approveModel': decide('approve', approveModel), 'mlops.rejectModel': decide('reject', rejectModel) };
}

async function chosenVersion(current: Current, argument: unknown, title: string): Promise<string | undefined> {
  const known = targetOf(argument, 'model')?.version ?? saidIn<Words>(argument).version;
  if (known !== undefined) return known;
  const models = (await perform(current, listModels, undefined, 'Looking for versions'))?.models ?? [];
  const items = models.map(({ version, name, status }) => ({
    label: `${version} ${name}`,
    description: status,
    version,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.version;
}
