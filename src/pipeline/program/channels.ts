import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { partNames } from '../../common/parts.js';
import { namedRecords } from '../../data/feature-group.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import { groupName, type Part } from '../evaluating/parts.js';
import { groupSession } from '../features/read-groups.js';
import type { StageContext } from '../stage.js';

export type ChannelFormat = 'csv' | 'parquet';

/**
 * Writes rows as a program's channels, `<folder>/<channel>/<channel>.csv`: features and target as the feature groups
 * have them, texts too and nulls as nulls, in the order of their record ids. What only tells rows apart stays out: record
 * id and time, the entity, and the row's own time.
 * @returns the features, in the order that the program has them
 */
export async function writeChannels(
  context: StageContext,
  channels: Readonly<Record<string, Part>>,
  { folderOf, format }: { folderOf: (channel: string) => string; format: ChannelFormat },
): Promise<string[]> {
  const { environment, project, scratch, signal } = context;
  const { features, model, name } = project.file;
  const groups = await Promise.all(
    partNames.map(async (part) => {
      const group = groupName(name, part);
      return {
        files: await environment.features.files(group, { signal }),
        described: await environment.features.describe(group, { signal }),
      };
    }),
  );
  const there = groups.filter(({ files }) => files.length > 0);
  const known = there.flatMap(({ described }) => described?.features.map((feature) => feature.name) ?? []);
  const apart = new Set([features.entity, features.time, model.target, 'record_id', 'event_time']);
  const columns = [...new Set(known)].filter((column) => !apart.has(column));
  const all = there
    .map(({ files, described }, place) => `SELECT *, ${place} AS group_place FROM (${namedRecords(files, described)})`)
    .join('\nUNION ALL BY NAME\n');
  const files = there.flatMap((group) => group.files);
  const ids = join(scratch, 'channel-ids.csv');
  const folders = Object.keys(channels).map(folderOf);
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await groupSession([scratch, ...folders], files, signal, async (session) => {
    for (const [channel, part] of Object.entries(channels)) {
      await writeFile(ids, part.recordIds.map((id) => `"${id.replaceAll('"', '""')}"\n`).join(''));
      const wanted = `read_csv(${literal(ids)}, columns = {'wanted': 'VARCHAR'}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', parallel = false)`;
      const selected = [...columns, model.target].map(identifier).join(', ');
      // An id that stands in two groups, which later rows of the same thing may bring, is taken once.
      const rows =
        `SELECT ${selected} FROM (${all}) JOIN ${wanted} ON record_id::VARCHAR = wanted ` +
        'QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY group_place) = 1 ORDER BY record_id';
      const path = join(folderOf(channel), `${channel}.${format}`);
      await session.run(
        `COPY (${rows}) TO ${literal(path)} (${format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet'})`,
      );
    }
  });
  return columns;
}
