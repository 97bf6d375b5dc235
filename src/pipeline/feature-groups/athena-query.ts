import { parseS3Address } from '../../common/s3-address.js';
import { copyFile } from 'node:fs/promises';
import { fileError } from '../../common/files.js';
import { InputError } from '../../common/errors.js';
import type { QueryResult } from '../../documents/tables/query-result.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { QueryWish } from './query.js';

/** The same question, asked where the group lies: nothing is fetched but the rows that are shown. */
export async function athenaQuery(
  environment: Environment,
  group: string,
  { sql, limit, out }: QueryWish,
  now: Date,
  options: CallOptions = {},
): Promise<QueryResult> {
  const { cloud } = environment.writers(`query feature group ${group} by Athena`);
  if (cloud === undefined)
    throw new InputError(`--with athena: environment ${environment.name} has none; leave it out to query by DuckDB`);
  const { columns, rows, more, result } = await cloud.queries.featureGroup(group, sql, { ...options, limit });
  if (out !== undefined) await fetchResult(environment, result, out, options);
  return {
    ...{ kind: 'query-result', schemaVersion: 1, group, environment: environment.name, sql },
    ...{ engine: 'athena', at: now.toISOString(), columns, rows },
    total: more ? null : rows.length,
    result: out ?? result,
    reasons: more ? { total: 'Athena does not count what it is not asked for' } : {},
  };
}

async function fetchResult({ objects }: Environment, uri: string, out: string, options: CallOptions): Promise<void> {
  const { bucket, key } = parseS3Address(uri) ?? { key: '' };
  if (key === '') throw new InputError(`Athena left its result nowhere: found "${uri}"`);
  const path = await objects.file(key, { ...options, bucket });
  await copyFile(path, out).catch((error: unknown) => {
    throw fileError('write', out, error);
  });
}
