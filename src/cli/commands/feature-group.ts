import type { Command } from 'commander';
import { InputError, messageOf } from '../../common/errors.js';
import { lookAtEach } from '../../pipeline/look-at-each.js';
import { exportGroup } from '../../pipeline/training/groups.js';
import { freshnessOf, type Freshness } from '../../pipeline/feature-groups/freshness.js';
import { behindWords, storeWords } from '../../pipeline/feature-groups/words.js';
import { collect } from '../../platform/ports/pages.js';
import type { Act } from '../command-runner.js';
import { answer } from '../../operations/answer.js';
import { age, figure, table } from '../output.js';
import { addFeatureGroupQuery } from './feature-group-query.js';

export function addFeatureGroup(program: Command, act: Act): void {
  const group = program.command('feature-group').description('look into feature groups');
  group.command('list').action(
    act(async ({ environment, output, signal }) => {
      const names = (await collect((page) => environment.features.list(page), { signal })).map(({ name }) => name);
      const look = (name: string) => environment.features.describe(name, { signal });
      const { found: groups, leftOut } = await lookAtEach(names, look);
      for (const { name, error } of leftOut) output.note(`${name} is not known: ${messageOf(error)}`);
      const now = new Date();
      const columns = groups.some(({ reason }) => reason !== undefined) ? 5 : 4;
      output.result(answer('feature-groups', { featureGroups: groups }), () =>
        groups.length === 0
          ? 'no feature groups yet; make them with: mlops features'
          : table(
              ['feature group', 'status', 'rows', 'updated', 'why'].slice(0, columns),
              groups.map(({ name, status, rows, updatedAt, reason = '' }) =>
                [name, status, figure(rows), age(updatedAt, now), reason].slice(0, columns),
              ),
              ['rows'],
            ),
      );
    }),
  );
  group
    .command('describe')
    .argument('<name>')
    .action(
      act(async ({ environment, output, signal }, [name]) => {
        const described = await environment.features.describe(name as string, { signal });
        if (described === undefined) throw new InputError(`feature-group: found no group "${String(name)}"`);
        const fresh = await freshnessOf(environment.objects, described, { signal });
        const now = new Date();
        output.result(answer('feature-group', { ...described, freshness: fresh }), () => [
          `${described.name}: ${described.status}, ${figure(described.rows)} rows, record id ${described.recordId}, event time ${described.eventTime}`,
          ...(described.reason === undefined ? [] : [`why: ${described.reason}`]),
          `store ${storeWords(described)}, created ${age(described.createdAt, now)}, ${freshText(fresh, now)}`,
          table(
            ['feature', 'type'],
            described.features.map(({ name: feature, type }) => [feature, type]),
          ),
        ]);
      }),
    );
  group
    .command('export')
    .argument('<name>')
    .argument('<file>', '.csv or .parquet')
    .description('the latest record of each id, without the deleted ones')
    .action(
      act(async ({ environment, output, signal }, [name, file]) => {
        const rows = await exportGroup(environment, name as string, file as string, signal);
        output.result(
          answer('feature-group-export', { name, file, rows }),
          () => `${figure(rows)} rows written to ${String(file)}`,
        );
      }),
    );
  addFeatureGroupQuery(group, act);
}

function freshText(fresh: Freshness, now: Date): string {
  if (fresh.newestEvent === null) return `freshness unknown: ${fresh.reason}`;
  return `newest event ${fresh.newestEvent} (${behindWords(fresh, now)}), newest file ${age(fresh.newestFile, now)}`;
}
