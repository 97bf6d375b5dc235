import type { Command } from 'commander';
import { ExitCode } from '../../../common/errors.js';
import { invokeEndpoint } from '../../../operations/endpoints/invoke.js';
import { endpointLog } from '../../../operations/endpoints/logs.js';
import { removeEndpoint } from '../../../operations/endpoints/remove.js';
import { startEndpoint } from '../../../operations/endpoints/start.js';
import { stopEndpoint } from '../../../operations/endpoints/stop.js';
import type { Act } from '../../command-runner.js';
import { readGiven, wholeNumber } from '../../file-arguments.js';
import { perform } from '../../perform.js';
import { say } from '../../terminal.js';
import { addEndpointAdopt } from './endpoint-adopt.js';
import { addEndpointCheck } from './endpoint-check.js';
import { addEndpointReplay } from './endpoint-replay.js';
import { addEndpointScale } from './endpoint-scale.js';
import { addEndpointShow } from './endpoint-show.js';

export function addEndpoint(program: Command, act: Act): void {
  const endpoint = program.command('endpoint').description('served models');
  addEndpointShow(endpoint, act);
  addLifecycle(endpoint, act);
  addEndpointScale(endpoint, act);
  addEndpointAdopt(endpoint, act);
  addInvoke(endpoint, act);
  addEndpointCheck(endpoint, act);
  addEndpointReplay(endpoint, act);
}

function addLifecycle(endpoint: Command, act: Act): void {
  endpoint
    .command('start')
    .argument('<name>', 'of the endpoint')
    .description('serve again what it served when it was stopped')
    .action(
      act(async (workspace, [name], flags) => {
        const started = await perform(workspace, startEndpoint, { name: name as string }, flags);
        workspace.output.result(started, () => `${started.name}: ${started.status} at ${started.url ?? 'no address'}`);
      }),
    );
  endpoint
    .command('stop')
    .argument('<name>', 'of the endpoint')
    .description('end its process, in an account the endpoint: it costs no more; start brings back the same')
    .action(
      act(async (workspace, [name], flags) => {
        const stopped = await perform(workspace, stopEndpoint, { name: name as string }, flags);
        workspace.output.result(stopped, () => `${stopped.name} stopped`);
      }),
    );
  endpoint
    .command('delete')
    .argument('<name>', 'of the endpoint')
    .description('stop it and forget it, with the alarms that watch it')
    .action(
      act(async (workspace, [name], flags) => {
        const gone = await perform(workspace, removeEndpoint, { name: name as string }, flags);
        const { length } = gone.alarms;
        const also = length === 0 ? '' : `, and ${length} alarms that watched it`;
        workspace.output.result(gone, () => `${gone.name} deleted${also}`);
      }),
    );
  endpoint
    .command('logs')
    .argument('<name>', 'of the endpoint')
    .option('--lines <n>', 'how many of the last lines', wholeNumber, 100)
    .description('the last lines of its log')
    .action(
      act(async (workspace, [name], flags) => {
        const asked = { name: name as string, lines: flags.lines as number };
        const log = await perform(workspace, endpointLog, asked, flags);
        workspace.output.result(log, () => log.lines);
      }),
    );
}

function addInvoke(endpoint: Command, act: Act): void {
  endpoint
    .command('invoke')
    .argument('<name>', 'of the endpoint')
    .requiredOption('--data <json>', 'JSON, or @FILE')
    .option('--content-type <type>', 'of the data', 'application/json')
    .option('--variant <name>', 'which variant')
    .option('--explain [classes]', 'what moved the score: of the predicted class, of all, or of those named')
    .description("send one request; prints the endpoint's answer as it came")
    .action(
      act(async (workspace, [name], flags) => {
        const data = flags.data as string;
        const question = {
          name: name as string,
          body: data.startsWith('@') ? await readGiven(data.slice(1), '--data') : data,
          contentType: flags.contentType as string,
          variant: flags.variant as string | undefined,
          explain: flags.explain === true ? 'predicted' : (flags.explain as string | undefined),
        };
        const answer = await perform(workspace, invokeEndpoint, question, flags);
        workspace.output.raw(answer.body);
        if (!Buffer.from(answer.body).toString().endsWith('\n')) workspace.output.raw(Buffer.from('\n'));
        if (answer.status < 400) return ExitCode.done;
        say(`endpoint ${question.name}: answered ${answer.status}`);
        return answer.status < 500 ? ExitCode.wrongInput : ExitCode.broke;
      }),
    );
}
