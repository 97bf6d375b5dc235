import { basename, dirname } from 'node:path';
import { InputError, WrongInput } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { withSession } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import type { Saying } from '../../data/files/saying.js';
import { readTable } from '../../data/tables.js';
import { pseudonymOf } from '../../data/pseudonyms.js';
import { pseudonymKey } from '../features/privacy.js';
import type { StageContext } from '../stage.js';
import { readingBeside } from './given-batch.js';

/** Labels as their file has them. */
export interface LabelFile {
  name: string;
  /** By what their rows are known: `id`, by a record's or inference's; else by entity, and time where the file has it. */
  by: 'id' | 'entity' | 'entity and time';
  rows: { id: string; time: string | null; label: string | null }[];
}

const idColumns = ['record_id', 'inference_id', 'inferenceId', 'event_id', 'eventId'];
const labelColumns = ['label', 'ground_truth', 'groundTruth', 'actual'];

/** Reads a table of labels. @throws InputError saying which columns it needs */
export async function readLabels(
  context: Pick<StageContext, 'project' | 'scratch' | 'signal' | 'environment' | 'writers'>,
  { path, label: asked, reading = {} }: { path: string; label: string | undefined; reading?: Omit<Saying, 'types'> },
): Promise<LabelFile> {
  const { project, scratch, signal } = context;
  const { entity, time } = project.file.features;
  const { target } = project.file.model;
  const name = basename(path);
  const key = await pseudonymKey(context, project.file);
  return withSession({ folders: [scratch, dirname(path)], signal }, async (session) => {
    const { select } = await readTable(session, [path], { ...readingBeside(project.file.sources), ...reading });
    const columns = (await session.describe(select)).map((column) => column.name);
    const first = (names: readonly (string | undefined)[]) =>
      names.find((one): one is string => one !== undefined && columns.includes(one));
    if (asked !== undefined && !columns.includes(asked))
      throw new InputError(`--label: found "${asked}", expected ${oneOf(asked, columns)}`);
    const id = first(idColumns) ?? (entity === 'record_id' ? undefined : first([entity]));
    const at = id === entity ? first([time]) : undefined;
    const label = asked ?? first([target, ...labelColumns]);
    if (id === undefined || label === undefined) {
      const keys = ['record_id', 'inference_id', time === undefined ? entity : `${entity} and ${time}`].join(', ');
      const expected = id === undefined ? `one of ${keys}` : `${target} or label (or say which: --label COLUMN)`;
      throw new WrongInput({ file: name, found: `the columns ${columns.join(', ')}`, expected });
    }
    const when = at === undefined ? 'NULL' : `replace(${identifier(at)}::VARCHAR, ' ', 'T')`;
    // Rows whose ids are private are known by pseudonyms; an inference id is its sender's own.
    const hidden = key !== undefined && (id === entity || id === 'record_id');
    const named = hidden ? pseudonymOf(id, key) : `${identifier(id)}::VARCHAR`;
    const found = await session.rows(
      `SELECT ${named} AS id, ${when} AS "time", ${identifier(label)}::VARCHAR AS label FROM (${select})`,
    );
    const texts = (value: unknown) => (typeof value === 'string' ? value : null);
    return {
      name,
      by: at === undefined ? (id === entity ? 'entity' : 'id') : 'entity and time',
      rows: found.map((row) => ({ id: String(row.id), time: texts(row.time), label: texts(row.label) })),
    };
  });
}
