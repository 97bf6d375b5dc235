import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { InputError, messageOf } from '../../../common/errors.js';
import { everyItem } from '../../ports/pages.js';
import type { CallOptions } from '../../ports/calls.js';
import type { ObjectReader } from '../../ports/objects.js';
import { avroRecords, type AvroRecord, type AvroValue } from './avro.js';
import { parseS3Address } from '../../../common/s3-address.js';

const metadataSchema = z.looseObject({
  'format-version': z.number(),
  'current-snapshot-id': z.number().nullish(),
  snapshots: z.array(z.looseObject({ 'snapshot-id': z.number(), 'manifest-list': z.string() })).default([]),
});

/** Of a manifest's entries, what is no longer part of the table. */
const deleted = 2;

/**
 * The data files of an Iceberg table's current snapshot, as `s3://` addresses: what compaction replaced and what was
 * deleted for good lies there still, and would count again. Source: Iceberg table specification, versions 1 and 2.
 * @param root the table's folder, in which `metadata/` lies
 * @throws InputError when it cannot be told exactly, naming the way that can
 */
export async function icebergFiles(
  objects: Pick<ObjectReader, 'list' | 'read'>,
  group: string,
  root: { bucket: string; key: string },
  options: CallOptions = {},
): Promise<string[]> {
  const refuse = (why: string, cause?: unknown) =>
    new InputError(
      `feature group ${group}: its Iceberg table cannot be read exactly: ${why}; ask Athena instead: ` +
        `mlops feature-group query ${group} --with athena --sql 'SELECT …'`,
      { cause },
    );
  const folder = `${root.key}metadata/`;
  const read = async (uri: { bucket: string; key: string }) => {
    const bytes = await objects.read(uri.key, { ...options, bucket: uri.bucket });
    if (bytes === undefined) throw refuse(`found no object s3://${uri.bucket}/${uri.key}`);
    return bytes;
  };
  const records = async (uri: string): Promise<AvroRecord[]> => {
    const at = parseS3Address(uri.replace(/^s3[an]:/, 's3:'));
    if (at === undefined) throw refuse(`found ${uri}, expected an address in S3`);
    const bytes = await read(at);
    try {
      return avroRecords(bytes);
    } catch (error) {
      throw refuse(`${at.key}: ${messageOf(error)}`, error);
    }
  };
  const newest = await newestMetadata(objects, { ...root, key: folder }, options);
  if (newest.length === 0) return [];
  if (newest.length > 1) throw refuse(`${folder} has ${newest.length} newest states, expected one`);
  const bytes = await read({ ...root, key: newest[0]! });
  const metadata = metadataSchema.safeParse(jsonOf(bytes, newest[0]!));
  if (!metadata.success) throw refuse(`${newest[0]} is no table's metadata`, metadata.error);
  const { snapshots, 'format-version': version, 'current-snapshot-id': current } = metadata.data;
  if (version > 2) throw refuse(`its format is version ${version}, expected 1 or 2`);
  if (current === undefined || current === null || current === -1) return [];
  const [snapshot, second] = snapshots.filter((one) => one['snapshot-id'] === current);
  if (snapshot === undefined || second !== undefined) throw refuse(`${newest[0]} does not name its current state`);
  const files: string[] = [];
  for (const { manifest_path: path, content } of await records(snapshot['manifest-list'])) {
    const living = (await records(textOf(path))).filter(({ status }) => status !== deleted);
    // Rows deleted within files: which they are, only a query engine works out.
    if (content === 1 && living.length > 0) throw refuse('rows were deleted in it that are not compacted yet');
    files.push(...living.map((entry) => fileOf(entry.data_file as AvroRecord)));
  }
  const other = files.find((uri) => !uri.endsWith('.parquet'));
  if (other !== undefined) throw refuse(`found ${other}, expected Parquet`);
  return [...new Set(files)].sort();
}

const fileOf = ({ file_path: path }: AvroRecord): string => textOf(path).replace(/^s3[an]:/, 's3:');

/** Anything else is no address, and found to be none. */
const textOf = (value: AvroValue | undefined): string => (typeof value === 'string' ? value : '');

/** Each change writes a state of the next number; two of one number are two that wanted to be the next. */
async function newestMetadata(
  { list }: Pick<ObjectReader, 'list'>,
  { bucket, key }: { bucket: string; key: string },
  options: CallOptions,
): Promise<string[]> {
  const states: { number: number; key: string }[] = [];
  for await (const entry of everyItem((page) => list(key, { ...page, bucket }), options)) {
    const number = /\/v?(\d+)[^/]*\.metadata\.json$/.exec(entry.key)?.[1];
    if (number !== undefined) states.push({ number: Number(number), key: entry.key });
  }
  const highest = Math.max(...states.map(({ number }) => number));
  return states.filter(({ number }) => number === highest).map((state) => state.key);
}

function jsonOf(bytes: Uint8Array, key: string): unknown {
  try {
    const text = key.endsWith('.gz.metadata.json') ? gunzipSync(bytes, { maxOutputLength: 256 * 2 ** 20 }) : bytes;
    return JSON.parse(Buffer.from(text).toString('utf8'));
  } catch {
    return undefined;
  }
}
