import * as vscode from 'vscode';
import { approveModel, rejectModel, type ModelDecision } from '../../operations/models/decide.js';
import { listModels } from '../../operations/models/list.js';
import type { Current, Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import { perform } from '../session/perform.js';
import { askReason } from './questions.js';
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
    const model = await chosenModel(current, argument, `Which version to ${what}?`);
    const reason = model && (saidIn<Words>(argument).reason ?? (await askReason(`Why ${what} ${model.version}?`)));
    if (!reason) return;
    const title = `${what === 'approve' ? 'Approving' : 'Rejecting'} ${model.version}`;
    await perform(current, decision, { ...model, reason }, title);
    await views.of['mlops.models'].refresh();
  };
  return { 'mlops.approveModel': decide('approve', approveModel), 'mlops.rejectModel': decide('reject', rejectModel) };
}

type Chosen = Pick<ModelDecision, 'group' | 'version'>;

async function chosenModel(current: Current, argument: unknown, title: string): Promise<Chosen | undefined> {
  const target = targetOf(argument, 'model');
  if (target) return { group: target.group, version: target.version };
  const said = saidIn<Words>(argument).version;
  if (said !== undefined) return { version: said };
  const models = (await perform(current, listModels, undefined, 'Looking for versions'))?.models ?? [];
  const items = models.map((model) => ({
    label: `${model.version} ${model.name}`,
    description: model.status,
    model: { version: model.version },
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.model;
}
