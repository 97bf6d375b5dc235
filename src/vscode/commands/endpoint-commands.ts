import * as vscode from 'vscode';
import { everyItem, type Environment } from '../../platform/ports.js';
import type { RowsDocuments } from '../report/rows-document.js';
import { confirmDestruction } from '../session/confirm.js';
import type { Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import type { Handlers } from './register.js';

type EndpointCommands = Pick<
  Handlers,
  | 'mlops.startEndpoint'
  | 'mlops.stopEndpoint'
  | 'mlops.invokeEndpoint'
  | 'mlops.showEndpointLog'
  | 'mlops.showAlarmHistory'
>;
interface Words {
  name: string;
  body: string;
}

export function endpointCommands(session: Session, views: Views, rows: RowsDocuments): EndpointCommands {
  const change = (verb: 'start' | 'stop') => async (argument: unknown) => {
    const { environment } = session.requireWritable(`${verb} an endpoint`);
    const name = await chosenEndpoint(environment, argument, `Which endpoint to ${verb}?`);
    if (name === undefined) return;
    const destroys = { what: `stop endpoint ${name}`, resource: name };
    if (verb === 'stop' && !(await confirmDestruction(environment, destroys))) return;
    const { endpoints } = environment.writers(`${verb} ${name}`);
    const where = { location: { viewId: 'mlops.endpoints' } };
    await vscode.window.withProgress(where, async () => void (await endpoints[verb](name)));
    await views.of['mlops.endpoints'].refresh();
  };
  return {
    'mlops.startEndpoint': change('start'),
    'mlops.stopEndpoint': change('stop'),
    'mlops.invokeEndpoint': async (argument) => {
      const { environment } = session.require();
      const name = await chosenEndpoint(environment, argument, 'Which endpoint to ask?');
      const body = name && (saidIn<Words>(argument).body ?? (await askBody(name)));
      if (!body) return undefined;
      const answer = await environment.endpoints.invoke(name, { body, contentType: 'application/json' });
      const text = Buffer.from(answer.body).toString('utf8');
      await rows.show(`${name} answered ${answer.status}.json`, text);
      return text;
    },
    'mlops.showEndpointLog': async (argument) => {
      const { environment } = session.require();
      const name = await chosenEndpoint(environment, argument, "Which endpoint's log?");
      if (name === undefined) return;
      const lines = await environment.endpoints.logs(name, { lines: 1000 });
      await rows.show(`${name}.log`, lines.join('\n') || 'The log is empty.');
    },
    'mlops.showAlarmHistory': async (argument) => {
      const { environment } = session.require();
      const name = targetOf(argument, 'alarm')?.name ?? (await pick(await alarmNames(environment), 'Which alarm?'));
      if (name !== undefined) await rows.show(`${name}.txt`, await historyText(environment, name));
    },
  };
}

async function chosenEndpoint(
  { endpoints }: Environment,
  argument: unknown,
  title: string,
): Promise<string | undefined> {
  const said = targetOf(argument, 'endpoint')?.name ?? saidIn<Words>(argument).name;
  if (said !== undefined) return said;
  const names: string[] = [];
  for await (const { name } of everyItem((page) => endpoints.list(page))) names.push(name);
  return names.length === 1 ? names[0] : pick(names, title);
}

function askBody(name: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Ask ${name}`,
    prompt: 'A JSON request, such as {"instances": [{…}]}',
    validateInput: (text) => (isJson(text) ? '' : 'This is not JSON'),
    ignoreFocusOut: true,
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function alarmNames({ alarms }: Environment): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of everyItem((page) => alarms.list(page))) names.push(name);
  return names;
}

function pick(names: string[], title: string): Thenable<string | undefined> {
  return vscode.window.showQuickPick(names, { title });
}

async function historyText({ alarms }: Environment, name: string): Promise<string> {
  const lines = [name, ''];
  for await (const state of everyItem((page) => alarms.list(page))) {
    if (state.name === name) lines.push(`Now ${state.state}, since ${state.since}: ${state.reason}`, '');
  }
  for await (const { at, from, to, reason } of everyItem((page) => alarms.history(name, page))) {
    lines.push(`${at}  ${from} -> ${to}  ${reason}`);
  }
  return lines.join('\n');
}
