import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import type { Environment } from '../../platform/ports/environment.js';
import { everyItem } from '../../platform/ports/pages.js';
import { InputError } from '../../common/errors.js';
import { adoptEndpoint } from '../../pipeline/endpoints/adopt.js';
import { plural } from '../../report/format/words.js';
import type { RowsDocuments } from '../report/rows-document.js';
import { confirmDestruction } from '../session/confirm.js';
import type { Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import { withProgress } from './progress.js';
import type { Handlers } from './register.js';

type EndpointCommands = Pick<
  Handlers,
  | 'mlops.startEndpoint'
  | 'mlops.stopEndpoint'
  | 'mlops.invokeEndpoint'
  | 'mlops.showEndpointLog'
  | 'mlops.scaleEndpoint'
  | 'mlops.adoptEndpoint'
>;
interface Words {
  name: string;
  body: string;
  /** How many machines. */
  instances: string | number;
}

export function endpointCommands(session: Session, views: Views, rows: RowsDocuments): EndpointCommands {
  const change = (verb: 'start' | 'stop') => async (argument: unknown) => {
    const { environment } = session.requireWritable(`${verb} an endpoint`);
    const name = await chosenEndpoint(environment, argument, `Which endpoint to ${verb}?`);
    if (name === undefined) return;
    // What costs is deleted; what it takes to bring the same back stays and costs next to nothing.
    const what =
      environment.kind === 'local' ? `stop endpoint ${name}` : `stop endpoint ${name} (start brings it back)`;
    const destroys = { what, resource: name };
    if (verb === 'stop' && !(await confirmDestruction(environment, destroys))) return;
    const { endpoints } = environment.writers(`${verb} ${name}`);
    const where = { location: { viewId: 'mlops.endpoints' } };
    await vscode.window.withProgress(where, async () => void (await endpoints[verb](name)));
    await views.of['mlops.endpoints'].refresh();
  };
  return {
    'mlops.startEndpoint': change('start'),
    'mlops.stopEndpoint': change('stop'),
    'mlops.scaleEndpoint': async (argument) => {
      const { environment } = session.requireWritable('scale an endpoint');
      if (environment.kind === 'local') throw new InputError('An endpoint on this machine is one process.');
      const name = await chosenEndpoint(environment, argument, 'Which endpoint to scale?');
      const count = name && (saidIn<Words>(argument).instances ?? (await askCount(name)));
      if (!name || !count) return;
      const instances = Number(count);
      const machines = `${count} ${plural(instances, 'machine')}`;
      const destroys = { what: `give each variant of endpoint ${name} ${machines}`, resource: name };
      if (!(await confirmDestruction(environment, destroys))) return;
      const { cloud } = environment.writers(`scale ${name}`);
      const where = { location: { viewId: 'mlops.endpoints' } };
      await vscode.window.withProgress(where, async () => void (await cloud!.fleet.scale(name, { instances })));
      await views.of['mlops.endpoints'].refresh();
    },
    'mlops.adoptEndpoint': async (argument) => {
      const { environment } = session.requireWritable('adopt an endpoint');
      if (environment.kind === 'local')
        throw new InputError('Every endpoint on this machine is the project’s already.');
      const name = await chosenEndpoint(environment, argument, 'Which endpoint to adopt for releases?');
      if (name === undefined) return;
      const what = `adopt endpoint ${name}, so that releases may change what it serves`;
      if (!(await confirmDestruction(environment, { what, resource: name }))) return;
      await withProgress(`Adopting ${name}`, (onWait, signal) =>
        adoptEndpoint(environment, name, userInfo().username, { signal, onWait }),
      );
      await views.of['mlops.endpoints'].refresh();
    },
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

function askCount(name: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Scale ${name}`,
    prompt: 'Machines that shall serve each of its variants. Each is paid by the hour.',
    validateInput: (text) => (/^[1-9]\d*$/.test(text) ? '' : 'A whole number above 0'),
    ignoreFocusOut: true,
  });
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

function pick(names: string[], title: string): Thenable<string | undefined> {
  return vscode.window.showQuickPick(names, { title });
}
