import { basename, dirname } from 'node:path';
import { InputError, WrongInput } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { withSession, type Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import type { Saying } from '../../data/files/saying.js';
import { idColumns, labelColumns } from '../../data/labelled-table.js';
import { pseudonymOf } from '../../data/pseudonyms.js';
import { readTable } from '../../data/tables.js';
import type { Batch } from '../../documents/batch.js';
import type { ProjectFile } from '../../project/schema.js';
import { labelSql } from '../features/label-sql.js';
import { pseudonymKey } from '../features/privacy.js';
import type { StageContext } from '../stage.js';
import { labelsThroughSql } from './labels-through-sql.js';
import type { LabelFile } from './match-labels.js';
import { sayingOf } from './saying-of.js';

/**
 * Reads a table of labels. Its columns are called as those of the features; else as those of the source that the batches
 * came in the place of, and features.sql says what they are.
 * @param asked the column of the labels, where its name does not say so
 * @throws InputError saying which columns it needs
 */
export async function readLabels(
  context: StageContext,
  { path, label: asked, reading }: { path: string; label: string | undefined; reading?: Omit<Saying, 'types'> },
  batches: readonly Batch[],
): Promise<LabelFile> {
  const { project, scratch, signal } = context;
  const name = basename(path);
  const key = await pseudonymKey(context, project.file);
  const options = { ...sayingOf(project.file, batches), ...reading };
  const found = await withSession({ folders: [scratch, dirname(path)], signal }, async (session) => {
    const { select } = await readTable(session, [path], options);
    const columns = (await session.describe(select)).map((column) => column.name);
    if (asked !== undefined && namedIn(columns, [asked]) === undefined)
      throw new InputError(`--label: found "${asked}", expected ${oneOf(asked, columns)}`);
    const roles = rolesIn(columns, project.file, asked);
    return { columns, roles, file: isWhole(roles, project.file) ? await direct(session, select, roles) : undefined };
  });
  if (found.file !== undefined) return found.file;
  const made = asked === undefined ? await labelsThroughSql(context, { path, options, batches, key }) : undefined;
  if (made !== undefined) return { ...made, name, made: true };
  const { id, label } = found.roles;
  if (id === undefined || label === undefined) throw lacks(name, found.columns, project.file, id === undefined);
  return withSession({ folders: [scratch, dirname(path)], signal }, async (session) => {
    const { select } = await readTable(session, [path], options);
    return direct(session, select, found.roles);
  });

  async function direct(session: Session, select: string, { id, at, label }: Roles): Promise<LabelFile> {
    const { entity } = project.file.features;
    const isEntity = id?.toLowerCase() === entity.toLowerCase();
    const when = at === undefined ? 'NULL' : `replace(${identifier(at)}::VARCHAR, ' ', 'T')`;
    // Rows whose ids are private are known by pseudonyms; an inference id is its sender's own.
    const hidden = key !== undefined && (isEntity || id?.toLowerCase() === 'record_id');
    const named = hidden ? pseudonymOf(id, key) : `${identifier(id!)}::VARCHAR`;
    const several = project.file.model.task === 'multiclass';
    const text = several
      ? labelSql(project.file, await session.describe(select), label)
      : `${identifier(label!)}::VARCHAR`;
    const rows = await session.rows(`SELECT ${named} AS id, ${when} AS "time", ${text} AS label FROM (${select})`);
    return {
      name,
      by: at === undefined ? (isEntity ? 'entity' : 'id') : 'entity and time',
      rows: rows.map((row) => ({ id: String(row.id), time: textOf(row.time), label: textOf(row.label) })),
      made: false,
    };
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** Which columns of a file say what. */
interface Roles {
  id: string | undefined;
  at: string | undefined;
  label: string | undefined;
}

/** A column is called as SQL has it: the case of its letters says nothing. */
const namedIn = (columns: readonly string[], names: readonly (string | undefined)[]): string | undefined =>
  names
    .map((name) => columns.find((column) => column.toLowerCase() === name?.toLowerCase()))
    .find((column) => column !== undefined);

function rolesIn(columns: readonly string[], { features, model }: ProjectFile, asked: string | undefined): Roles {
  const { entity, time } = features;
  const id = namedIn(columns, idColumns) ?? namedIn(columns, [entity]);
  const isEntity = id?.toLowerCase() === entity.toLowerCase();
  return {
    id,
    at: isEntity ? namedIn(columns, [time]) : undefined,
    label: namedIn(columns, asked === undefined ? [model.target, ...labelColumns] : [asked]),
  };
}

/** Whether a file says all that there is to say by the names that the features have. */
const isWhole = ({ id, at, label }: Roles, { features: { entity, time } }: ProjectFile): boolean =>
  id !== undefined &&
  label !== undefined &&
  (at !== undefined || time === undefined || id.toLowerCase() !== entity.toLowerCase());

function lacks(file: string, columns: readonly string[], { features, model }: ProjectFile, ids: boolean): WrongInput {
  const { entity, time } = features;
  const keys = ['record_id', 'inference_id', time === undefined ? entity : `${entity} and ${time}`].join(', ');
  const expected = ids ? `one of ${keys}` : `${model.target} or label (or say which: --label COLUMN)`;
  return new WrongInput({ file, found: `the columns ${columns.join(', ')}`, expected });
}
