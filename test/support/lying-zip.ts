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
    fixed.writeUInt16LE(name.length, 22);
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
