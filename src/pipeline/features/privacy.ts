import { randomBytes } from 'node:crypto';
import { ConflictError } from '../../common/errors.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier } from '../../data/duckdb/sql.js';
import { pseudonymOf } from '../../data/pseudonyms.js';
import { keys } from '../../documents/keys.js';
import type { Environment, Writers } from '../../platform/ports/environment.js';
import { matchColumns } from '../../project/columns.js';
import type { ProjectFile } from '../../project/schema.js';

/**
 * The key of a project's pseudonyms, undefined where nothing is private: made once, and kept beside the raw rows, for who
 * may read those needs no pseudonyms.
 */
export async function pseudonymKey(
  { environment, writers }: { environment: Pick<Environment, 'objects'>; writers: Pick<Writers, 'objects'> },
  file: ProjectFile,
): Promise<string | undefined> {
  if (file.private.length === 0) return undefined;
  const read = async () => {
    const bytes = await environment.objects.read(keys.pseudonymKey);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8').trim();
  };
  const known = await read();
  if (known !== undefined) return known;
  try {
    await writers.objects.put(keys.pseudonymKey, `${randomBytes(32).toString('hex')}\n`, { ifAbsent: true });
  } catch (error) {
    // Somebody else made it meanwhile.
    if (!(error instanceof ConflictError)) throw error;
  }
  return read();
}

/**
 * Takes private columns out of the rows that records are made of, before anything else sees them: the entity and record
 * ids become pseudonyms, the others go. So they are in no feature group, and in nothing that comes of one.
 * @returns the columns that were left out
 */
export async function hidePrivate(
  session: Session,
  table: string,
  file: ProjectFile,
  key: string | undefined,
): Promise<string[]> {
  if (key === undefined) return [];
  const names = (await session.describe(`SELECT * FROM ${table}`)).map(({ name }) => name);
  const hidden = matchColumns(file.private, names);
  const { entity } = file.features;
  // A record's own id may well say whose it is.
  const ids = names.filter((name) => hidden.includes(name) && name === entity);
  const alsoIds = hidden.length > 0 && names.includes('record_id') ? ['record_id'] : [];
  const replaced = [...new Set([...ids, ...alsoIds])];
  const gone = hidden.filter((name) => !replaced.includes(name));
  const changed = replaced.map((name) => `${pseudonymOf(name, key)} AS ${identifier(name)}`);
  const exclude = gone.length === 0 ? '' : ` EXCLUDE (${gone.map(identifier).join(', ')})`;
  const replace = changed.length === 0 ? '' : ` REPLACE (${changed.join(', ')})`;
  await session.run(`CREATE OR REPLACE TABLE ${table} AS SELECT *${exclude}${replace} FROM ${table}`);
  return gone;
}
