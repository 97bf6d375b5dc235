import type { Command } from 'commander';
import { approveModel, rejectModel } from '../../../operations/models/decide.js';
import { listModels } from '../../../operations/models/list.js';
import type { ModelVersion } from '../../../platform/ports/registry.js';
import type { Act } from '../../command-runner.js';
import { age, figure, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';
import { addModelFiles } from './model-files.js';
import { addModelRegister } from './model-register.js';
import { addModelSearch } from './model-search.js';

export function addModel(program: Command, act: Act): void {
  const model = program.command('model').description('the model registry, and models in files');
  model
    .command('list')
    .description('every version of the project’s model, newest first')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, listModels, undefined, flags);
        workspace.output.result(found, () => listText(found.models, new Date()));
      }),
    );
  addDecision(model, act, approveModel, 'let deploy serve a version');
  addDecision(model, act, rejectModel, 'keep a version from being deployed');
  addModelRegister(model, act);
  addModelFiles(model, act);
  addModelSearch(model, act);
}

function addDecision(model: Command, act: Act, decision: typeof approveModel, description: string): void {
  model
    .command(decision.id.slice('models.'.length))
    .argument('<version>', 'such as v3')
    .requiredOption('--reason <text>', 'why')
    .description(description)
    .action(
      act(async (workspace, [version], flags) => {
        const asked = { version: version as string, reason: flags.reason as string };
        const decided = await perform(workspace, decision, asked, flags);
        workspace.output.result(decided, () => `${decided.version} is ${decided.status}`);
      }),
    );
}

function listText(models: readonly ModelVersion[], now: Date): Lines {
  if (models.length === 0) return 'no versions yet; make one with: mlops train';
  return table(
    ['version', 'model', 'status', 'registered', 'figures on test'],
    models.map(({ version, name, status, createdAt, metrics }) => [
      version,
      name,
      status,
      age(createdAt, now),
      Object.entries(metrics)
        .slice(0, 4)
        .map(([key, value]) => `${key} ${figure(value)}`)
        .join(', '),
    ]),
  );
}
