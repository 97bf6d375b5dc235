import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { literal } from '../../data/duckdb/sql.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import { keys } from '../../documents/keys.js';
import { riskMapSchema, usualLevels, type RiskMap } from '../../documents/map/risk-map.js';
import { InputError } from '../../common/errors.js';
import { firstProblem } from '../../common/schema-words.js';
import { secondsOf } from '../../project/duration.js';
import type { Live } from '../../project/live/live-schema.js';
import type { StageContext } from '../stage.js';
import { writeDocument } from '../store.js';
import type { Asked } from './ask-rows.js';
import type { LiveFigure } from './figures.js';
import { movesBetween } from './moves.js';
import { withSources } from './newest-rows.js';

interface Drawn {
  asked: readonly Asked[];
  /** Of which moment the rows are. */
  at: Date;
  threshold: number | null;
  figures: readonly LiveFigure[];
}

/** Writes the map of the newest predictions: places by the project's SQL, and what could be moved between them. */
export async function drawMap(
  context: StageContext,
  live: Live & { map: NonNullable<Live['map']> },
  { asked, at, threshold, figures }: Drawn,
): Promise<void> {
  const { project, environment, writers, scratch, signal, now } = context;
  const { map } = live;
  const path = join(scratch, 'predictions.jsonl');
  await writeFile(path, asked.map(({ features, risk }) => `${JSON.stringify({ ...features, risk })}\n`).join(''));
  const rows = await withSources(context, async (session) => {
    await session.run(
      `CREATE TABLE predictions AS SELECT * FROM read_json(${literal(path)}, format = 'newline_delimited')`,
    );
    await runUserSql(session, map.sql, project.sql[map.sql] ?? '', 'map_places', { quiet: true });
    return session.rows(`SELECT id::VARCHAR AS id, coalesce(name::VARCHAR, id::VARCHAR) AS name, latitude::DOUBLE AS latitude,
      longitude::DOUBLE AS longitude, risk::DOUBLE AS risk, now::DOUBLE AS now, capacity::DOUBLE AS capacity
      FROM map_places ORDER BY risk DESC NULLS LAST, id`);
  });
  const levels = { high: threshold ?? usualLevels.high, some: Math.min(usualLevels.some, threshold ?? 1) };
  const places = rows.map((row) =>
    row.risk === null ? { ...row, reason: 'the endpoint gave no answer' } : row,
  ) as RiskMap['places'];
  const late = (2 * secondsOf(live.every)) / 60;
  const document = {
    ...{ kind: 'risk-map', schemaVersion: 1, title: map.title, at: now.toISOString() },
    ...{ project: project.file.name, environment: environment.name, levels, places },
    ...(map.riskOf !== undefined && { risk_of: map.riskOf }),
    ...(map.unit !== undefined && { unit: map.unit }),
    moves: movesBetween(places, { high: levels.high, within: map.within, most: map.moves }),
    freshness: {
      rows: { at: at.toISOString(), late_after_minutes: late },
      predictions: { at: now.toISOString(), late_after_minutes: late },
    },
    health: figures.map(({ name, value }) => ({ name: `${name}-${live.window}`, value })),
  };
  const checked = riskMapSchema.safeParse(document);
  if (!checked.success)
    throw new InputError(
      `${map.sql}: ${firstProblem(checked.error, document)}; expected id, name, latitude, longitude, risk, now, capacity`,
    );
  await writeDocument(writers.objects, keys.riskMap, checked.data, { signal });
}
