import type { ApiRoute } from '../../project/parts/api-schema.js';
import { textOf } from '../input/decode.js';
import { parseJson } from '../input/json.js';
import { mediaType } from '../input/decode.js';
import type { Asked, Request } from '../http/route.js';
import { checkRecord, type CheckedRecord } from './check-record.js';
import { dataframeRows } from './dataframe.js';
import type { Fields } from './fields.js';
import { refusal, Refusal, refuseFaults, type Fault } from './refusal.js';

/** One row of a request. */
export interface ReadRow extends CheckedRecord {
  inferenceId?: string;
  /** What became true, where the caller sent it along. */
  label?: unknown;
}

/** How a route reads what it is sent. */
export interface Layout extends Pick<ApiRoute, 'maxRows'> {
  body: NonNullable<ApiRoute['body']>;
  /** The field that holds the label; undefined where none is taken. */
  label?: string;
}

/** The field by which a caller names a prediction, beside the header of SageMaker. */
export const idField = 'inference_id';
/** As SageMaker has it, longer ids are none. */
const mostOfId = 1024;

/** A request's body as JSON. @throws RequestError (400, 413); Refusal (415) for one of another type */
export function jsonBody({ body, headers, at }: Request): unknown {
  const type = mediaType(headers['content-type']);
  if (type !== 'application/json')
    throw refusal(415, `Unsupported content type: ${type.slice(0, 100)}; expected application/json`, at);
  return parseJson(textOf(body));
}

/**
 * The rows of a request, held against the fields of its route.
 * @throws Refusal (422) naming every field that is wrong, (400) where the layout's own users expect that; RequestError
 */
export function readRequest(request: Request, fields: Fields, layout: Layout): ReadRow[] {
  const value = jsonBody(request);
  const faults: Fault[] = [];
  const beside = [idField, ...(layout.label === undefined ? [] : [layout.label])];
  const row = (item: unknown, loc: Fault['loc'], named: Record<string, unknown>): ReadRow => ({
    ...checkRecord(recordOf(item, loc), fields, loc, faults, beside),
    inferenceId: idOf(named[idField], [...loc, idField], faults),
    label: layout.label === undefined ? undefined : named[layout.label],
  });
  const rows = rowsIn(value, request.at);
  refuseFaults(faults);
  return rows;

  function rowsIn(body: unknown, at: Date): ReadRow[] {
    switch (layout.body) {
      case 'record':
        return [row(body, ['body'], recordOf(body, ['body']))];
      case 'features': {
        const { features, ...rest } = isRecord(body) ? body : {};
        if (features === undefined) throw new Refusal(400, { error: 'Missing "features" in request body' });
        const record = recordOf(features, ['body', 'features']);
        const read = row(record, ['body', 'features'], { ...record, ...rest });
        refuseMissing(faults, fields);
        return [read];
      }
      case 'data': {
        const { data } = recordOf(body, ['body']);
        const loc = ['body', 'data'];
        if (data === undefined) throw faulty({ loc, msg: 'Field required', type: 'missing' });
        if (!Array.isArray(data)) throw faulty({ loc, msg: 'Input should be a valid list', type: 'list_type' });
        if (data.length === 0) throw faulty({ loc, msg: 'List should have at least 1 item', type: 'too_short' });
        checkCount(data.length, layout.maxRows, at);
        return data.map((item, place) => row(item, [...loc, place], recordOf(item, [...loc, place])));
      }
      case 'dataframe': {
        const table = dataframeRows(body, fields);
        checkCount(table.length, layout.maxRows, at);
        return table.map((item, place) => row(item, ['body', 'data', place], {}));
      }
    }
  }
}

/** The id that a caller gave a prediction by the header, or beside its fields. */
export function headerId({ headers }: Asked): string | undefined {
  return headers['x-amzn-sagemaker-inference-id'];
}

function idOf(value: unknown, loc: Fault['loc'], faults: Fault[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length > 0 && value.length <= mostOfId) return value;
  faults.push({ loc, msg: `Input should be a text of 1 to ${mostOfId} characters`, type: 'string_type' });
  return undefined;
}

/** Callers of this layout know a missing feature by 400, with all that are required. */
function refuseMissing(faults: readonly Fault[], { columns }: Fields): void {
  const missing = faults.filter(({ type }) => type === 'missing').map(({ loc }) => `'${loc.at(-1)}'`);
  if (missing.length === 0) return;
  const required_features = columns.filter(({ optional }) => !optional).map(({ name }) => name);
  throw new Refusal(400, { error: `Missing required features: [${missing.join(', ')}]`, required_features });
}

function checkCount(rows: number, most: number, at: Date): void {
  if (rows > most) throw refusal(400, `found ${rows} rows, expected at most ${most} in one request`, at);
}

function recordOf(value: unknown, loc: Fault['loc']): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw faulty({ loc, msg: 'Input should be a valid dictionary', type: 'dict_type' });
}

function faulty(fault: Fault): Refusal {
  return new Refusal(422, { detail: [fault] });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
