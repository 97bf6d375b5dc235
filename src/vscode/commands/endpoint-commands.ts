import * as vscode from 'vscode';
import { InputError } from '../../common/errors.js';
import { adoptEndpoint } from '../../operations/endpoints/adopt.js';
import { showExample } from '../../operations/endpoints/example.js';
import type { Named } from '../../operations/endpoints/find.js';
import { invokeEndpoint } from '../../operations/endpoints/invoke.js';
import { listEndpoints } from '../../operations/endpoints/list.js';
import { endpointLog } from '../../operations/endpoints/logs.js';
import { listModels } from '../../operations/models/list.js';
import { replayEndpoint } from '../../operations/endpoints/replay.js';
import { removeEndpoint } from '../../operations/endpoints/remove.js';
import { scaleEndpoint } from '../../operations/endpoints/scale.js';
import { startEndpoint } from '../../operations/endpoints/start.js';
import { stopEndpoint } from '../../operations/endpoints/stop.js';
import type { Operation } from '../../operations/operation.js';
import type { RowsDocuments } from '../report/rows-document.js';
import { quietly } from '../session/quietly.js';
import type { Current, Session } from '../session/session.js';
import type { Views } from '../trees/views.js';
import { saidIn, targetOf } from './arguments.js';
import { perform } from '../session/perform.js';
import type { Handlers } from './register.js';

type EndpointCommands = Pick<
  Handlers,
  | 'mlops.startEndpoint'
  | 'mlops.stopEndpoint'
  | 'mlops.deleteEndpoint'
  | 'mlops.invokeEndpoint'
  | 'mlops.showEndpointLog'
  | 'mlops.replayEndpoint'
  | 'mlops.scaleEndpoint'
  | 'mlops.adoptEndpoint'
>;
interface Words {
  name: string;
  body: string;
  /** Which answers captured requests once more. */
  version: string;
  /** How many machines. */
  instances: string | number;
}

export function endpointCommands(session: Session, views: Views, rows: RowsDocuments): EndpointCommands {
  const refresh = () => views.of['mlops.endpoints'].refresh();
  const change = (verb: string, doing: string, operation: Operation<Named, unknown>) => async (argument: unknown) => {
    const current = session.requireWritable(`${verb} an endpoint`);
    const name = await chosenEndpoint(current, argument, `Which endpoint to ${verb}?`);
    if (name === undefined) return;
    await perform(current, operation, { name }, `${doing} ${name}`);
    await refresh();
  };
  return {
    'mlops.startEndpoint': change('start', 'Starting', startEndpoint),
    'mlops.stopEndpoint': change('stop', 'Stopping', stopEndpoint),
    'mlops.deleteEndpoint': change('delete', 'Deleting', removeEndpoint),
    'mlops.adoptEndpoint': change('adopt', 'Adopting', adoptEndpoint),
    'mlops.scaleEndpoint': async (argument) => {
      const current = session.requireWritable('scale an endpoint');
      const { environment } = current;
      if (environment.kind === 'local') throw new InputError('An endpoint on this machine is one process.');
      const name = await chosenEndpoint(current, argument, 'Which endpoint to scale?');
      const count = name && (saidIn<Words>(argument).instances ?? (await askCount(name)));
      if (!name || !count) return;
      await perform(current, scaleEndpoint, { name, instances: Number(count) }, `Scaling ${name}`);
      await refresh();
    },
    'mlops.invokeEndpoint': async (argument) => {
      const current = session.require();
      const name = await chosenEndpoint(current, argument, 'Which endpoint to invoke?');
      const body = name && (saidIn<Words>(argument).body ?? (await askBody(current, name)));
      if (!body) return undefined;
      const question = { name, body, contentType: 'application/json' };
      const answer = await perform(current, invokeEndpoint, question, `Invoking ${name}`);
      if (answer === undefined) return undefined;
      const text = Buffer.from(answer.body).toString('utf8');
      await rows.show(`${name} answered ${answer.status}.json`, text);
      return text;
    },
    'mlops.replayEndpoint': async (argument) => {
      const current = session.require();
      const name = await chosenEndpoint(current, argument, 'Which endpoint was asked?');
      const version = name && (saidIn<Words>(argument).version ?? (await askVersion(current, name)));
      if (!name || !version) return;
      const found = await perform(
        current,
        replayEndpoint,
        { name, version, limit: 1_000, rate: 200 },
        `Replaying ${name}`,
      );
      if (found) await rows.show(`${name} replayed with ${version}.json`, JSON.stringify(found, null, 2));
    },
    'mlops.showEndpointLog': async (argument) => {
      const current = session.require();
      const name = await chosenEndpoint(current, argument, "Which endpoint's log?");
      if (name === undefined) return;
      const log = await perform(current, endpointLog, { name, lines: 1000 }, `Reading the log of ${name}`);
      if (log) await rows.show(`${name}.log`, log.lines.join('\n') || 'The log is empty.');
    },
  };
}

async function chosenEndpoint(current: Current, argument: unknown, title: string): Promise<string | undefined> {
  const said = targetOf(argument, 'endpoint')?.name ?? saidIn<Words>(argument).name;
  if (said !== undefined) return said;
  const { endpoints } = await listEndpoints.run(quietly(current), undefined);
  const names = endpoints.map(({ name }) => name);
  return names.length === 1 ? names[0] : pick(names, title);
}

async function askVersion(current: Current, name: string): Promise<string | undefined> {
  const { models } = await listModels.run(quietly(current), undefined);
  const items = models.map(({ version }) => version);
  return pick(items, `Which version would answer what ${name} was asked?`);
}

function askCount(name: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Scale ${name}`,
    prompt: 'Machines that shall serve each of its variants. Each is paid by the hour.',
    validateInput: (text) => (/^[1-9]\d*$/.test(text) ? '' : 'A whole number above 0'),
    ignoreFocusOut: true,
  });
}

/** Begins with usual values of the model's inputs, where they are known: a blank box would have to be filled from memory. */
async function askBody(current: Current, name: string): Promise<string | undefined> {
  const example = await showExample.run(quietly(current), { name }).catch(() => undefined);
  const hints = Object.entries(example?.hints ?? {}).map(([input, hint]) => `${input}: ${hint}`);
  return vscode.window.showInputBox({
    title: `Invoke ${name}`,
    prompt: hints.length > 0 ? hints.join(' · ') : 'A JSON request, such as {"instances": [{…}]}',
    ...(example && { value: JSON.stringify({ features: example.features }) }),
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
