import { InputError } from '../../common/errors.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier, literal, literals } from '../../data/duckdb/sql.js';
import { type PartName, partNames } from '../../common/parts.js';
import { mayOverlap, partsOfEntities, rowsOfPart } from '../../data/split.js';
import type { SplitManifest } from '../../documents/tables/split-manifest.js';
import { featuresOrigin } from '../../project/commands.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import type { Project } from '../../project/schema.js';
import { featureTable } from './table.js';

/** The session's table of which entity stands in which part. */
const assigned = 'assigned_parts';

/** SELECT of a part's rows. */
export const rowsOf = ({ file }: Project, part: PartName): string =>
  rowsOfPart(featureTable, file.features.entity, file.features.split, part, assigned);

/**
 * Divides the feature table into the four parts and makes sure that no entity stands in two of them, unless the
 * project feeds both with the same value of its split column. Returns how many entities and rows each part has, and in
 * words the rows whose split column says none.
 */
export async function divide(
  session: Session,
  project: Project,
): Promise<{ entities: number; parts: SplitManifest['parts']; left: string | undefined }> {
  const { entity, split } = project.file.features;
  const [counted] = await session.rows(`SELECT count(DISTINCT ${identifier(entity)}) AS n FROM ${featureTable}`);
  const entities = Number(counted?.n);
  await session.run(`CREATE TABLE ${assigned} AS ${partsOfEntities(featureTable, entity, split, entities)}`);
  // Where nothing learns, nothing is judged by what it learned from.
  if (!predictsElsewhere(project.file)) await checkDisjoint(session, project);

  const summary = {} as SplitManifest['parts'];
  for (const part of partNames) {
    const positives = project.file.model.task === 'binary' ? positivesOf(project.file.model.target) : 'NULL';
    const [row] = await session.rows(`SELECT count(*) AS rows, count(DISTINCT ${identifier(entity)}) AS entities,
      ${positives} AS positives FROM (${rowsOf(project, part)})`);
    const positive = row?.positives;
    summary[part] = {
      entities: Number(row?.entities),
      rows: Number(row?.rows),
      positives: typeof positive === 'number' ? positive : null,
    };
  }
  if (summary.train.rows === 0) {
    const rule = split.by === 'column' ? `rows whose ${split.column} is ${split.train.join(' or ')}` : 'more rows';
    throw new InputError(`${featuresOrigin(project.file)}: found no row for training, expected ${rule}`);
  }
  return { entities, parts: summary, left: await leftOut(session, project) };
}

const positivesOf = (target: string) => `count(*) FILTER (WHERE ${identifier(target)}::DOUBLE = 1)`;

async function leftOut(session: Session, project: Project): Promise<string | undefined> {
  const { split } = project.file.features;
  if (split.by !== 'column') return undefined;
  const known = [...new Set(partNames.flatMap((part) => split[part]))];
  const column = `${identifier(split.column)}::VARCHAR`;
  const values = await session.rows(`SELECT ${column} AS value, count(*) AS n FROM ${featureTable}
    WHERE ${column} IS NULL OR NOT list_contains(${literals(known)}::VARCHAR[], ${column})
    GROUP BY ALL ORDER BY n DESC, value`);
  if (values.length === 0) return undefined;
  const rows = values.reduce((sum, { n }) => sum + Number(n), 0);
  const named = values.slice(0, 5).map(({ value }) => (value === null ? 'nothing' : `"${String(value)}"`));
  const more = values.length > 5 ? ', …' : '';
  return `${rows} rows stand in no part: column ${split.column} says ${named.join(', ')}${more}, expected ${known.join(', ')}`;
}

async function checkDisjoint(session: Session, project: Project): Promise<void> {
  const { entity, split } = project.file.features;
  for (const [i, one] of partNames.entries()) {
    for (const other of partNames.slice(i + 1)) {
      if (mayOverlap(split, one, other)) continue;
      const [both] = await session.rows(`SELECT entity::VARCHAR AS entity FROM ${assigned}
        GROUP BY entity HAVING bool_or(part = ${literal(one)}) AND bool_or(part = ${literal(other)}) LIMIT 1`);
      if (both) {
        const name = String(both.entity);
        throw new InputError(
          `features.split: found ${entity} ${name} in ${one} and ${other}, expected it in one part only`,
        );
      }
    }
  }
}
