import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { exportGroup } from '../../pipeline/training/groups.js';
import { everyItem, type FeatureGroup } from '../../platform/ports.js';
import type { Act } from '../act.js';
import { answer } from '../answer.js';
import { age, figure, table } from '../output.js';

export function addFeatureGroup(program: Command, act: Act): void {
  const group = program.command('feature-group').description('look into feature groups');
  group.command('list').action(
    act(async ({ environment, output, signal }) => {
      const groups: FeatureGroup[] = [];
      for await (const { name } of everyItem((page) => environment.features.list(page), { signal })) {
        const described = await environment.features.describe(name, { signal });
        if (described !== undefined) groups.push(described);
      }
      const now = new Date();
      output.result(answer('feature-groups', { featureGroups: groups }), () =>
        groups.length === 0
          ? 'no feature groups yet; make them with: mlops features'
          : table(
              ['feature group', 'status', 'rows', 'updated'],
              groups.map(({ name, status, rows, updatedAt }) => [name, status, figure(rows), age(updatedAt, now)]),
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
        output.result(answer('feature-group', described), () =>
          [
            `${described.name}: ${described.status}, ${figure(described.rows)} rows, record id ${described.recordId}, event time ${described.eventTime}`,
            table(
              ['feature', 'type'],
              described.features.map(({ name: feature, type }) => [feature, type]),
            ),
          ].join('\n'),
        );
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
}
