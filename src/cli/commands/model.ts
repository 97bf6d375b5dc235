import type { Command } from 'commander';
import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import { recordInLedger } from '../../pipeline/ledger.js';
import { modelGroupName } from '../../project/names.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ApprovalStatus, ModelVersion } from '../../platform/ports/registry.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { age, figure, table } from '../output.js';
import { addModelFiles } from './model-files.js';
import { addModelSearch } from './model-search.js';

export function addModel(program: Command, act: Act): void {
  const model = program.command('model').description('the model registry, and models in files');
  model.command('list').action(
    act(async ({ project, environment, output, signal }) => {
      const versions: ModelVersion[] = [];
      const group = modelGroupName(project.file.name);
      for await (const version of everyItem((page) => environment.registry.list(group, page), { signal })) {
        versions.push(version);
      }
      const now = new Date();
      output.result(answer('model-versions', { models: versions }), () =>
        versions.length === 0
          ? 'no versions yet; make one with: mlops train'
          : table(
              ['version', 'model', 'status', 'registered', 'figures on test'],
              versions.map(({ version, name, status, createdAt, metrics }) => [
                version,
                name,
                status,
                age(createdAt, now),
                Object.entries(metrics)
                  .slice(0, 4)
                  .map(([key, value]) => `${key} ${figure(value)}`)
                  .join(', '),
              ]),
            ),
      );
    }),
  );
  addDecision(model, act, 'approve', 'Approved');
  addDecision(model, act, 'reject', 'Rejected');
  addModelFiles(model, act);
  addModelSearch(model, act);
}

function addDecision(model: Command, act: Act, what: 'approve' | 'reject', status: ApprovalStatus): void {
  model
    .command(what)
    .argument('<version>')
    .requiredOption('--reason <text>', 'why')
    .action(
      act.writing(async ({ project, environment, output, signal }, [version], flags) => {
        const group = modelGroupName(project.file.name);
        const found = await environment.registry.get(group, version as string);
        if (found === undefined) throw new InputError(`model: found no version "${String(version)}" in ${group}`);
        const purpose = `${what} ${String(version)}`;
        const writers = environment.writers(purpose);
        const why = flags.reason as string;
        const who = userInfo().username;
        await holdingLease(writers, purpose, { signal, onWait: output.note }, async () => {
          await writers.registry.setStatus(group, found.version, status, why);
          await recordInLedger(writers, { who, what, why, from: found.status, to: `${found.version} ${status}` });
        });
        output.result(answer('model-version', { ...found, status }), () => `${found.version} is ${status}`);
      }),
    );
}
