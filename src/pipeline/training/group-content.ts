import { sha256 } from '../../common/hash.js';
import { latestRecords } from '../../data/feature-group.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import type { StageInput } from '../../documents/run.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { StageContext } from '../stage.js';
import { groupInputs, groupSession } from '../features/read-groups.js';
import type { PartName } from '../../common/parts.js';
import { groupName } from '../evaluating/parts.js';

/**
 * Feature groups as inputs by what their records say: the same for equal records in any order, however often they were
 * built. A group that is not there yet has none.
 */
export async function groupContents(context: StageContext, parts: readonly PartName[]): Promise<StageInput[]> {
  const inputs: StageInput[] = [];
  for (const part of parts) {
    const name = groupName(context.project.file.name, part);
    const files = await context.environment.features.files(name, { signal: context.signal });
    const group = await context.environment.features.describe(name, { signal: context.signal });
    if (files.length === 0) continue;
    // The files of older builds may hold columns that features.sql no longer makes.
    const current = new Set(group?.features.map((feature) => feature.name));
    const of = JSON.stringify([await groupInputs(context, [part]), group]);
    const known = knownOf(context.environment);
    const content =
      known.get(of) ??
      (await groupSession(context.scratch, files, context.signal, (session) =>
        contentOf(session, latestRecords(files, group), group?.eventTime, (column) => current.has(column)),
      ));
    known.set(of, content);
    inputs.push({ uri: `feature-store/${name}/`, sha256: content });
  }
  return inputs;
}

/** Several stages of a run ask for the same content; it is read once for each state of a group's files. */
const contents = new WeakMap<Environment, Map<string, string>>();

function knownOf(environment: Environment): Map<string, string> {
  const known = contents.get(environment) ?? new Map<string, string>();
  contents.set(environment, known);
  return known;
}

/** A hash over the living records without their event times: sums do not depend on the order of what they add up. */
async function contentOf(
  session: Session,
  latest: string,
  eventTime: string | undefined,
  current: (column: string) => boolean,
): Promise<string> {
  const described = await session.describe(latest);
  const columns = described
    .map(({ name }) => name)
    .filter((name) => name !== (eventTime ?? 'event_time') && current(name))
    .sort();
  // As JSON a null is no text, and no value runs into the next one.
  const record = `to_json([${columns.map((name) => `${identifier(name)}::VARCHAR`).join(', ')}])::VARCHAR`;
  const [row] = await session.rows(
    `SELECT count(*)::VARCHAR AS n, sum(md5_number_lower(record))::VARCHAR AS low, sum(md5_number_upper(record))::VARCHAR AS high
     FROM (SELECT ${record} AS record FROM (${latest}))`,
  );
  return sha256(JSON.stringify([columns, row?.n, row?.low, row?.high]));
}
