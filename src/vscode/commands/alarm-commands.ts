import * as vscode from 'vscode';
import { listAlarms } from '../../operations/alarms/list.js';
import { showAlarm } from '../../operations/alarms/show.js';
import type { Places } from '../objects/places.js';
import { livePageMs, type PagePanels } from '../report/page-panels.js';
import { quietly } from '../session/quietly.js';
import type { Current, Session } from '../session/session.js';
import { saidIn, targetOf } from './arguments.js';
import type { Handlers } from './register.js';

export function alarmCommands(
  session: Session,
  { environmentNamed }: Pick<Places, 'environmentNamed'>,
  pages: PagePanels,
): Pick<Handlers, 'mlops.showAlarm'> {
  return {
    'mlops.showAlarm': async (argument) => {
      const current = session.require();
      const said = saidIn<{ name: string; environment: string }>(argument);
      const { environment = current.environment.name } = said;
      const name = targetOf(argument, 'alarm')?.name ?? said.name ?? (await pickAlarm(current));
      if (name === undefined) return;
      // An account that was left is asked nothing more: the page then says where its alarm is.
      const read = async () => {
        const at = quietly({ project: current.project, environment: await environmentNamed(environment) });
        return showAlarm.run(at, { name });
      };
      pages.show(`${environment} alarm ${name}`, name, read, { every: livePageMs });
    },
  };
}

/** The project's first, for an account may have hundreds of others. */
async function pickAlarm(current: Current): Promise<string | undefined> {
  const { ours, others } = await listAlarms.run(quietly(current), undefined);
  const items = [
    ...ours.map(({ name, state }) => ({ label: name, description: state })),
    ...others.map(({ name, state }) => ({ label: name, description: `${state} · not this project’s` })),
  ];
  return (await vscode.window.showQuickPick(items, { title: 'Which alarm?' }))?.label;
}
