import { inflateRawSync } from 'node:zlib';

/** A value of an Avro record; whole numbers that a number cannot hold are BigInts. */
export type AvroValue =
  null | boolean | number | bigint | string | Uint8Array | AvroValue[] | { [name: string]: AvroValue };
export type AvroRecord = Record<string, AvroValue>;

type Schema = string | Schema[] | { type: Schema; [more: string]: unknown };

/** A block unpacks to so much at most: what lists files is small. */
const mostBytes = 256 * 2 ** 20;
const mostItems = 10_000_000;

/**
 * The records of an Avro object container file, by the schema that it carries. Source: Apache Avro 1.11 specification,
 * "Object Container Files" and "Binary encoding"; codecs null and deflate.
 * @throws Error for what is no such file, ends early, or uses another codec
 */
export function avroRecords(file: Uint8Array): AvroRecord[] {
  const reader = byteReader(file);
  if (Buffer.from(reader.bytes(4)).toString('latin1') !== 'Obj\u0001') throw new Error('not an Avro file');
  const meta = valueOf(reader, { type: 'map', values: 'bytes' }, new Map()) as Record<string, Uint8Array>;
  const text = (name: string) => meta[name] && Buffer.from(meta[name]).toString('utf8');
  const codec = text('avro.codec') ?? 'null';
  if (codec !== 'null' && codec !== 'deflate') throw new Error(`Avro codec ${codec}`);
  const schema = JSON.parse(text('avro.schema') ?? '') as Schema;
  const sync = Buffer.from(reader.bytes(16));
  const records: AvroRecord[] = [];
  while (!reader.atEnd()) {
    const count = countOf(reader);
    const packed = reader.bytes(reader.size());
    const block = byteReader(codec === 'null' ? packed : inflateRawSync(packed, { maxOutputLength: mostBytes }));
    for (let at = 0; at < count; at += 1) records.push(valueOf(block, schema, new Map()) as AvroRecord);
    if (!sync.equals(reader.bytes(16))) throw new Error('a block does not end where it should');
  }
  return records;
}

type Reader = ReturnType<typeof byteReader>;

function byteReader(source: Uint8Array) {
  const view = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  const bytes = (count: number): Uint8Array => {
    if (count < 0 || at + count > view.length) throw new Error('an Avro file ends early');
    return view.subarray(at, (at += count));
  };
  /** Zig-zag, seven bits a byte. */
  const long = (): bigint => {
    let [value, shift] = [0n, 0n];
    for (;;) {
      const [byte] = bytes(1);
      value |= BigInt(byte! & 0x7f) << shift;
      if ((byte! & 0x80) === 0) return (value >> 1n) ^ -(value & 1n);
      if ((shift += 7n) > 63n) throw new Error('an Avro number is too long');
    }
  };
  return {
    atEnd: () => at >= view.length,
    bytes,
    long,
    size: () => Number(long()),
    real: (width: 4 | 8) => {
      const part = Buffer.from(bytes(width));
      return width === 4 ? part.readFloatLE() : part.readDoubleLE();
    },
  };
}

function valueOf(reader: Reader, schema: Schema, named: Map<string, Schema>): AvroValue {
  if (Array.isArray(schema)) {
    const branch = schema[reader.size()];
    if (branch === undefined) throw new Error('an Avro union has no such branch');
    return valueOf(reader, branch, named);
  }
  if (typeof schema === 'string') return plainValue(reader, schema, named);
  if (typeof schema.type !== 'string') return valueOf(reader, schema.type, named);
  if (typeof schema.name === 'string') named.set(schema.name, schema);
  switch (schema.type) {
    case 'record': {
      const fields = schema.fields as { name: string; type: Schema }[];
      return Object.fromEntries(fields.map(({ name, type }) => [name, valueOf(reader, type, named)]));
    }
    case 'fixed':
      return reader.bytes(schema.size as number);
    case 'enum':
      return (schema.symbols as string[])[reader.size()] ?? null;
    case 'array':
      return items(reader, () => valueOf(reader, schema.items as Schema, named));
    case 'map': {
      const entry = () => [plainValue(reader, 'string', named), valueOf(reader, schema.values as Schema, named)];
      return Object.fromEntries(items(reader, entry)) as Record<string, AvroValue>;
    }
    default:
      return plainValue(reader, schema.type, named);
  }
}

/** Blocks of so many items each; a negative count is followed by the block's length in bytes. */
function items<Value>(reader: Reader, read: () => Value): Value[] {
  const all: Value[] = [];
  for (let count = countOf(reader); count !== 0; count = countOf(reader)) {
    if (count < 0) reader.size();
    for (let at = 0; at < Math.abs(count); at += 1) all.push(read());
  }
  return all;
}

/** Items may take no bytes at all, so their number is bounded by itself. */
function countOf(reader: Reader): number {
  const count = reader.size();
  if (Math.abs(count) > mostItems) throw new Error(`an Avro block of ${count} items`);
  return count;
}

function plainValue(reader: Reader, type: string, named: Map<string, Schema>): AvroValue {
  switch (type) {
    case 'null':
      return null;
    case 'boolean':
      return reader.bytes(1)[0] === 1;
    case 'int':
    case 'long': {
      const value = reader.long();
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    }
    case 'float':
      return reader.real(4);
    case 'double':
      return reader.real(8);
    case 'bytes':
      return reader.bytes(reader.size());
    case 'string':
      return Buffer.from(reader.bytes(reader.size())).toString('utf8');
    default: {
      const known = named.get(type);
      if (known === undefined) throw new Error(`Avro type ${type}`);
      return valueOf(reader, known, named);
    }
  }
}
