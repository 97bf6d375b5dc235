import * as vscode from 'vscode';
import { alarmDocument } from '../../pipeline/alarm-document.js';
import { findAlarms } from '../../pipeline/project-alarms.js';
import type { Places } from '../objects/places.js';
import type { PagePanels } from '../report/page-panels.js';
import type { Current, Session } from '../session/session.js';
import { targetOf } from './arguments.js';
import type { Handlers } from './register.js';

export function alarmCommands(
  session: Session,
  { environmentNamed }: Pick<Places, 'environmentNamed'>,
  pages: PagePanels,
): Pick<Handlers, 'mlops.showAlarmHistory'> {
  return {
    'mlops.showAlarmHistory': async (argument) => {
      const current = session.require();
      const { name: environment } = current.environment;
      const name = targetOf(argument, 'alarm')?.name ?? (await pickAlarm(current));
      if (name === undefined) return;
      // An account that was left is asked nothing more: the page then says where its alarm is.
      const read = async () => alarmDocument(await environmentNamed(environment), name);
      pages.show(`${environment} alarm ${name}`, name, read);
    },
  };
}

/** The project's first, for an account may have hundreds of others. */
async function pickAlarm({ project, environment }: Current): Promise<string | undefined> {
  const { ours, others } = await findAlarms(project.file, environment);
  const items = [
    ...ours.map(({ name, state }) => ({ label: name, description: state })),
    ...others.map(({ name, state }) => ({ label: name, description: `${state} · not this project’s` })),
  ];
  return (await vscode.window.showQuickPick(items, { title: 'Which alarm?' }))?.label;
}
