import { crc32, deflateRawSync } from 'node:zlib';

export interface LyingMember {
  name: string;
  body: Uint8Array;
  /** What its headers say that it unpacks to; the truth where nothing is said. */
  size?: number;
  /** Its directory entry leads to the member before, too. */
  shared?: boolean;
}

/** A zip (PKWARE's APPNOTE 4.3) whose headers say what they are told to. */
export function lyingZip(members: LyingMember[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let [at, last] = [0, 0];
  for (const { name, body, size = body.length, shared = false } of members) {
    const packed = deflateRawSync(body);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt32LE(crc32(body), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(size, 18);
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fixed, Buffer.from(name), packed]);
    const offset = shared ? last : at;
    if (!shared) {
      locals.push(local);
      last = at;
      at += local.length;
    }
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), fixed, end, Buffer.from(name)]));
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, listed, Buffer.from('PK\u0005\u0006'), end]);
}

/** What a zip64 says of its one member and of itself; the truth where nothing is said. */
export interface Zip64Lies {
  size?: bigint;
  packed?: bigint;
  offset?: bigint;
  members?: bigint;
  directoryOffset?: bigint;
  endOffset?: bigint;
  /** Bytes that are left of the extra field with the three of the member. */
  extraBytes?: number;
}

/** A zip of one member whose sizes and places all stand in the fields of 64 bits. */
export function lyingZip64(name: string, body: Uint8Array, lies: Zip64Lies = {}): Buffer {
  const packed = deflateRawSync(body);
  const fixed = Buffer.alloc(26);
  fixed.writeUInt16LE(45, 0);
  fixed.writeUInt16LE(8, 4);
  fixed.writeUInt32LE(crc32(body), 10);
  fixed.writeUInt32LE(packed.length, 14);
  fixed.writeUInt32LE(body.length, 18);
  fixed.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fixed, Buffer.from(name), packed]);
  const places = numbers(lies.size ?? BigInt(body.length), lies.packed ?? BigInt(packed.length), lies.offset ?? 0n);
  const extra = places.subarray(0, lies.extraBytes ?? places.length);
  const listed = Buffer.from(fixed);
  listed.fill(0xff, 14, 22);
  listed.writeUInt16LE(extra.length + 4, 24);
  const after = Buffer.alloc(14);
  after.fill(0xff, 10);
  const field = Buffer.alloc(4);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(extra.length, 2);
  const start = Buffer.from('PK\u0001\u0002\u002d\u0000');
  const directory = Buffer.concat([start, listed, after, Buffer.from(name), field, extra]);
  const members = lies.members ?? 1n;
  const end64 = Buffer.concat([
    Buffer.from('PK\u0006\u0006'),
    ...[numbers(44n), Buffer.from([45, 0, 45, 0]), Buffer.alloc(8)],
    numbers(members, members, BigInt(directory.length), lies.directoryOffset ?? BigInt(local.length)),
  ]);
  const endAt = lies.endOffset ?? BigInt(local.length + directory.length);
  const locator = Buffer.concat([
    Buffer.from('PK\u0006\u0007'),
    Buffer.alloc(4),
    numbers(endAt),
    Buffer.from([1, 0, 0, 0]),
  ]);
  const end = Buffer.alloc(18, 0xff);
  end.fill(0, 0, 4);
  end.fill(0, 16);
  return Buffer.concat([local, directory, end64, locator, Buffer.from('PK\u0005\u0006'), end]);
}

function numbers(...values: bigint[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, at) => bytes.writeBigUInt64LE(value, 8 * at));
  return bytes;
}
