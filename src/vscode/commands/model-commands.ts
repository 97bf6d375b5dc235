import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { recordInLedger } from '../../pipeline/ledger.js';
import { modelGroupName } from '../../project/names.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ApprovalStatus, ModelVersion } from '../../platform/ports/registry.js';
import type { Current, Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import { askReason } from './override-commands.js';
import type { Handlers } from './register.js';

interface Words {
  version: string;
  reason: string;
}

export function modelCommands(
  session: Session,
  views: Views,
): Pick<Handlers, 'mlops.approveModel' | 'mlops.rejectModel'> {
  const decide = (what: 'approve' | 'reject', status: ApprovalStatus) => async (argument: unknown) => {
    const current = session.requireWritable(`${what} a model`);
    const model = await chosenModel(current, argument, `Which version to ${what}?`);
    const why = model && (saidIn<Words>(argument).reason ?? (await askReason(`Why ${what} ${model.version}?`)));
    if (!why) return;
    const writers = current.environment.writers(`${what} ${model.version}`);
    await writers.registry.setStatus(model.group, model.version, status, why);
    const who = userInfo().username;
    await recordInLedger(writers, { who, what, why, from: model.status, to: `${model.version} ${status}` });
    await views.of['mlops.models'].refresh();
  };
  return { 'mlops.approveModel': decide('approve', 'Approved'), 'mlops.rejectModel': decide('reject', 'Rejected') };
}

type Chosen = Pick<ModelVersion, 'group' | 'version' | 'status'>;

async function chosenModel(
  { project, environment }: Current,
  argument: unknown,
  title: string,
): Promise<Chosen | undefined> {
  const target = targetOf(argument, 'model');
  if (target) return target;
  const versions: ModelVersion[] = [];
  const group = modelGroupName(project.file.name);
  for await (const version of everyItem((page) => environment.registry.list(group, page))) versions.push(version);
  const said = saidIn<Words>(argument).version;
  if (said !== undefined) return versions.find(({ version }) => version === said);
  const items = versions.map((model) => ({
    label: `${model.version} ${model.name}`,
    description: model.status,
    model,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.model;
}
