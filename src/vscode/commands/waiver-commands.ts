import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { activeWaivers, type Waiver } from '../../documents/ledger.js';
import { endWaiver } from '../../operations/overrides/end-waiver.js';
import { showOverrides } from '../../operations/overrides/show.js';
import { waiveGate, type NewWaiver } from '../../operations/overrides/waive.js';
import type { Current } from '../session/current.js';
import { quietly } from '../session/quietly.js';
import type { Session } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';
import { saidIn } from './arguments.js';
import { dayFromNow, problemOfDayToCome } from './days.js';
import { perform } from '../session/perform.js';
import { askReason, askText } from './questions.js';
import type { Handlers } from './register.js';

type WaiverCommands = Pick<Handlers, 'mlops.waiveGate' | 'mlops.endWaiver'>;

/** A gate's failure counts as a warning for a while, because somebody answers for it; and no longer. */
export function waiverCommands(session: Session, snapshots: Snapshots): WaiverCommands {
  return {
    'mlops.waiveGate': async (argument) => {
      const current = session.requireWritable('waive a gate');
      const waiver = await askWaiver(current, saidIn<NewWaiver>(argument));
      if (waiver === undefined) return;
      await perform(current, waiveGate, waiver, `Waiving ${waiver.gate}`);
      await snapshots.refresh();
      const { gate, owner, until } = waiver;
      tell(`${gate} counts as a warning until ${until}; ${owner} answers for it. Monitor to judge with it.`);
    },
    'mlops.endWaiver': async (argument) => {
      const current = session.requireWritable('end a waiver');
      const said = saidIn<{ gate: string; reason: string }>(argument);
      const gate = said.gate ?? (await pickWaived(current));
      const reason = gate && (said.reason ?? (await askReason(`Why does the waiver of ${gate} end?`)));
      if (!reason) return;
      await perform(current, endWaiver, { gate, reason }, `Ending the waiver of ${gate}`);
      await snapshots.refresh();
    },
  };
}

const tell = (text: string) => void vscode.window.showInformationMessage(text);

/** One question after the other; undefined: not after all. */
async function askWaiver(current: Current, said: Partial<NewWaiver>): Promise<NewWaiver | undefined> {
  const gate = said.gate ?? (await pickGate(current));
  const title = `Waive ${gate}`;
  const owner =
    gate && (said.owner ?? (await askName(title, 'Who answers for it? Shown with every verdict while it counts.')));
  const until = owner && (said.until ?? (await askUntil(title)));
  const reason = until && (said.reason ?? (await askReason(`Why is ${gate} waived?`)));
  return gate && owner && until && reason ? { gate, owner, until, reason } : undefined;
}

async function waiversNow(current: Current): Promise<Waiver[]> {
  const { waivers } = await showOverrides.run(quietly(current), undefined);
  return activeWaivers(waivers, new Date());
}

async function pickGate(current: Current): Promise<string | undefined> {
  const waived = new Map((await waiversNow(current)).map((waiver) => [waiver.gate, waiver]));
  const items = current.project.file.monitor.gates.map(({ id, rule, level }) => {
    const waiver = waived.get(id);
    return {
      label: id,
      description: `${rule} · ${level}`,
      ...(waiver && { detail: `waived until ${waiver.until} by ${waiver.owner}: choose it to change that` }),
    };
  });
  return (await vscode.window.showQuickPick(items, { title: 'Waive which gate?', matchOnDescription: true }))?.label;
}

/** Also when there is only one: ending it is a change, and a stray click must not make it. */
async function pickWaived(current: Current): Promise<string | undefined> {
  const waivers = await waiversNow(current);
  if (waivers.length === 0) {
    tell('Nothing is waived.');
    return undefined;
  }
  const items = waivers.map(({ gate, owner, until, reason }) => ({
    label: gate,
    description: `until ${until}`,
    detail: `${owner}: ${reason}`,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'End which waiver?' }))?.label;
}

const askName = (title: string, prompt: string) =>
  askText({
    title,
    prompt,
    value: userInfo().username,
    problem: (text) => (text.trim() ? undefined : 'A name'),
  });

const askUntil = (title: string) =>
  askText({
    title,
    prompt: 'Until which day? It counts through that day, in UTC.',
    value: dayFromNow(7),
    problem: problemOfDayToCome,
  });
