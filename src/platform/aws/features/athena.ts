import type { Athena, QueryExecution, Row } from '@aws-sdk/client-athena';
import { BrokenError, InputError } from '../../../common/errors.js';
import type { QueryAnswer, QueryWriter } from '../../ports/queries.js';
import { athenaSql, type OfflineTable } from './athena-sql.js';
import { describeGroup } from './features.js';
import { bucketOf } from '../storage/objects.js';
import type { Account } from '../account/place.js';
import { until } from '../account/wait.js';

/** As many as Athena gives at once, its line of headers included. */
const pageSize = 1000;
const resultsFolder = 'athena-results/';

/** Offline stores that are too large to fetch, asked where they lie. Athena leaves every result in the bucket. */
export function queryWriter(account: Account): QueryWriter {
  return {
    async featureGroup(name, sql, { limit = pageSize - 1, signal } = {}) {
      const table = await tableOf(account, name, signal);
      const athena = await account.clients.athena();
      const started = await athena.startQueryExecution(
        {
          QueryString: athenaSql(sql, table),
          QueryExecutionContext: { Database: table.database },
          ResultConfiguration: { OutputLocation: `s3://${bucketOf(account)}/${resultsFolder}` },
        },
        { abortSignal: signal },
      );
      const id = started.QueryExecutionId ?? '';
      const done = await untilDone(athena, id, name, signal);
      const answer = await resultsOf(athena, id, limit, signal);
      const { ResultConfiguration, Statistics } = done;
      return {
        ...answer,
        result: ResultConfiguration?.OutputLocation ?? '',
        scannedBytes: Statistics?.DataScannedInBytes,
      };
    },
  };
}

/** @throws InputError for a group that is not there, or that no table of the catalogue shows */
async function tableOf(account: Account, name: string, signal?: AbortSignal): Promise<OfflineTable> {
  const found = await describeGroup(account, name, signal);
  if (found === undefined) throw new InputError(`there is no feature group ${name}`);
  const { Database, TableName } = found.OfflineStoreConfig?.DataCatalogConfig ?? {};
  if (Database === undefined || TableName === undefined)
    throw new InputError(`feature group ${name} has no table in the data catalogue, so Athena cannot query it`);
  return {
    database: Database,
    table: TableName,
    recordId: found.RecordIdentifierFeatureName ?? '',
    eventTime: found.EventTimeFeatureName ?? '',
    features: (found.FeatureDefinitions ?? []).map(({ FeatureName = '' }) => FeatureName),
  };
}

/** @throws BrokenError with Athena's own words when the query failed; to stop waiting stops the query */
async function untilDone(athena: Athena, id: string, name: string, signal?: AbortSignal): Promise<QueryExecution> {
  const look = async () => {
    const { QueryExecution: query } = await athena.getQueryExecution({ QueryExecutionId: id }, { abortSignal: signal });
    const state = query?.Status?.State;
    return state === 'QUEUED' || state === 'RUNNING' ? undefined : (query ?? null);
  };
  try {
    const query = await until(look, { signal });
    if (query?.Status?.State === 'SUCCEEDED') return query;
    const why = query?.Status?.StateChangeReason ?? 'Athena does not say why';
    throw new BrokenError(`feature group ${name}: the query ended ${query?.Status?.State ?? 'unknown'}: ${why}`);
  } catch (error) {
    if (signal?.aborted) await athena.stopQueryExecution({ QueryExecutionId: id }).catch(() => undefined);
    throw error;
  }
}

async function resultsOf(
  athena: Athena,
  QueryExecutionId: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Pick<QueryAnswer, 'columns' | 'rows' | 'more'>> {
  let columns: QueryAnswer['columns'] = [];
  const rows: QueryAnswer['rows'] = [];
  let NextToken: string | undefined;
  do {
    // One more than is shown tells whether there are more, and the first page begins with the headers.
    const MaxResults = Math.min(pageSize, limit + 2 - rows.length);
    const page = await athena.getQueryResults({ QueryExecutionId, NextToken, MaxResults }, { abortSignal: signal });
    const isFirst = NextToken === undefined;
    columns = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = '', Type = '' }) => ({
      ...{ name: Name, type: Type },
    }));
    const found = page.ResultSet?.Rows ?? [];
    rows.push(...(isFirst ? found.slice(1) : found).map((row) => cellsOf(row, columns)));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && rows.length <= limit);
  return { columns, rows: rows.slice(0, limit), more: rows.length > limit || NextToken !== undefined };
}

function cellsOf({ Data = [] }: Row, columns: QueryAnswer['columns']): QueryAnswer['rows'][number] {
  return columns.map(({ type }, at) => {
    const text = Data[at]?.VarCharValue;
    if (text === undefined) return null;
    if (type === 'boolean') return text === 'true';
    return numeric.test(type) && isExact(text, type) ? Number(text) : text;
  });
}

const numeric = /^(tinyint|smallint|integer|int|bigint|real|float|double|decimal)/;

/** Whole numbers that a number cannot hold stay texts. */
function isExact(text: string, type: string): boolean {
  return type.includes('int') ? Number.isSafeInteger(Number(text)) : Number.isFinite(Number(text));
}
