import type { Command } from 'commander';
import { describeFeatureGroup } from '../../../operations/feature-groups/describe.js';
import { exportFeatureGroup } from '../../../operations/feature-groups/export.js';
import { listFeatureGroups } from '../../../operations/feature-groups/list.js';
import type { Freshness } from '../../../pipeline/feature-groups/freshness.js';
import { behindWords, storeWords } from '../../../pipeline/feature-groups/words.js';
import type { FeatureGroup } from '../../../platform/ports/features.js';
import type { Act } from '../../command-runner.js';
import { age, figure, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';
import { addFeatureGroupQuery } from './feature-group-query.js';

export function addFeatureGroup(program: Command, act: Act): void {
  const group = program.command('feature-group').description('look into feature groups');
  group
    .command('list')
    .description('every feature group of the environment')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, listFeatureGroups, undefined, flags);
        workspace.output.result(found, () => listText(found.featureGroups, new Date()));
      }),
    );
  group
    .command('describe')
    .argument('<name>', 'of the group')
    .description('one group: its features, where its records lie, how new they are')
    .action(
      act(async (workspace, [name], flags) => {
        const found = await perform(workspace, describeFeatureGroup, { name: name as string }, flags);
        workspace.output.result(found, () => describeText(found, found.freshness, new Date()));
      }),
    );
  group
    .command('export')
    .argument('<name>', 'of the group')
    .argument('<file>', '.csv or .parquet')
    .description('the latest record of each id, without the deleted ones')
    .action(
      act(async (workspace, [name, file], flags) => {
        const asked = { name: name as string, file: file as string };
        const made = await perform(workspace, exportFeatureGroup, asked, flags);
        workspace.output.result(made, () => `${figure(made.rows)} rows written to ${made.file}`);
      }),
    );
  addFeatureGroupQuery(group, act);
}

function listText(groups: readonly FeatureGroup[], now: Date): Lines {
  if (groups.length === 0) return 'no feature groups yet; make them with: mlops features';
  const columns = groups.some(({ reason }) => reason !== undefined) ? 5 : 4;
  return table(
    ['feature group', 'status', 'rows', 'updated', 'why'].slice(0, columns),
    groups.map(({ name, status, rows, updatedAt, reason = '' }) =>
      [name, status, figure(rows), age(updatedAt, now), reason].slice(0, columns),
    ),
    ['rows'],
  );
}

function describeText(group: FeatureGroup, fresh: Freshness, now: Date): Lines {
  const { name, status, rows, recordId, eventTime, reason, createdAt, features } = group;
  return [
    `${name}: ${status}, ${figure(rows)} rows, record id ${recordId}, event time ${eventTime}`,
    ...(reason === undefined ? [] : [`why: ${reason}`]),
    `store ${storeWords(group)}, created ${age(createdAt, now)}, ${freshText(fresh, now)}`,
    table(
      ['feature', 'type'],
      features.map(({ name: feature, type }) => [feature, type]),
    ),
  ];
}

function freshText(fresh: Freshness, now: Date): string {
  if (fresh.newestEvent === null) return `freshness unknown: ${fresh.reason}`;
  return `newest event ${fresh.newestEvent} (${behindWords(fresh, now)}), newest file ${age(fresh.newestFile, now)}`;
}
