import { InputError } from '../../common/errors.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier, literal, literals } from '../../data/duckdb/sql.js';
import { type PartName, partNames } from '../../common/parts.js';
import { mayOverlap, partsOfEntities, rowsOfPart, sharesValue } from '../../data/split.js';
import type { SplitManifest } from '../../documents/tables/split-manifest.js';
import { featuresOrigin } from '../../project/commands.js';
import { predictsElsewhere } from '../../project/elsewhere.js';
import type { Project, Split } from '../../project/schema.js';
import { comesAgain } from './comes-again.js';
import { featureTable } from './table.js';

/** The session's table of which entity stands in which part. */
const assigned = 'assigned_parts';

/**
 * The split as it holds for the rows that are there. Values that feed another part as well as production, as the test rows
 * of a project that has no newer ones, stand in for it: once a row of production's own values is there, they no longer do.
 */
export async function settledSplit(session: Session, { file }: Project): Promise<Split> {
  const { split } = file.features;
  if (split.by !== 'column') return split;
  const own = split.production.filter((value) => !otherParts.some((part) => split[part].includes(value)));
  if (own.length === 0 || own.length === split.production.length) return split;
  const [there] = await session.rows(`SELECT 1 FROM ${featureTable}
    WHERE list_contains(${literals(own)}::VARCHAR[], ${identifier(split.column)}::VARCHAR) LIMIT 1`);
  return there === undefined ? split : { ...split, production: own };
}

const otherParts = partNames.filter((part) => part !== 'production');

/** SELECT of a part's rows. */
export const rowsOf = ({ file }: Project, part: PartName): string =>
  rowsOfPart(featureTable, file.features.entity, file.features.split, part, assigned);

/**
 * Divides the feature table into the four parts and makes sure that nothing stands in two of them that is told apart by
 * its entity alone, unless the project feeds both with the same value of its split column. Where rows have a time and a
 * column divides them, entity and time are the key: the same things may come every month. Returns how many entities and
 * rows each part has, and what a person should know, a sentence each.
 */
export async function divide(
  session: Session,
  project: Project,
): Promise<{ entities: number; parts: SplitManifest['parts']; notes: string[] }> {
  const { entity, split } = project.file.features;
  const [counted] = await session.rows(`SELECT count(DISTINCT ${identifier(entity)}) AS n FROM ${featureTable}`);
  const entities = Number(counted?.n);
  await session.run(`CREATE TABLE ${assigned} AS ${partsOfEntities(featureTable, entity, split, entities)}`);
  // Where nothing learns, nothing is judged by what it learned from.
  const learning = !predictsElsewhere(project.file);
  if (learning) await checkDisjoint(session, project);
  const notes = [await leftOut(session, project), learning ? await mixedTimes(session, project) : undefined];

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
  return { entities, parts: summary, notes: notes.filter((note) => note !== undefined) };
}

const positivesOf = (target: string) => `count(*) FILTER (WHERE ${identifier(target)}::DOUBLE = 1)`;

async function leftOut(session: Session, project: Project): Promise<string | undefined> {
  const { split } = project.file.features;
  if (split.by !== 'column') return undefined;
  const known = [...new Set(partNames.flatMap((part) => split[part])), ...(split.waiting ?? [])];
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
  const again = comesAgain(project.file);
  for (const [i, one] of partNames.entries()) {
    for (const other of partNames.slice(i + 1)) {
      if (mayOverlap(split, one, other) || (again && !sharesValue(split, one, other))) continue;
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

/**
 * Things that a model learned from and is judged by later prove what it is for; where they are judged by earlier rows, or
 * by those of the same moment, it may know them. No row is in both: that is refused.
 */
async function mixedTimes(session: Session, project: Project): Promise<string | undefined> {
  const { entity, time } = project.file.features;
  if (time === undefined || !comesAgain(project.file)) return undefined;
  const of = (parts: PartName[], when: string) =>
    `SELECT ${identifier(entity)} AS entity, ${when}(${identifier(time)}) AS moment FROM (
      ${parts.map((part) => rowsOf(project, part)).join(' UNION ALL ')}) GROUP BY ALL`;
  const [counted] = await session.rows(
    `SELECT count(*)::DOUBLE AS n, min(l.entity::VARCHAR) AS example FROM (${of(['train', 'validation'], 'max')}) l
      JOIN (${of(['test', 'production'], 'min')}) j USING (entity) WHERE j.moment <= l.moment`,
  );
  const n = Number(counted?.n);
  if (n === 0) return undefined;
  const which = `${n.toLocaleString('en-US')} of ${entity} (${String(counted?.example)}${n > 1 ? ', …' : ''})`;
  return `${which} are judged by rows that are no later than those learned from: the model may know them`;
}
