import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Zip, ZipDeflate } from 'fflate';

/** The first day a zip can name: members carry no time of their own, so that equal files make equal zips. */
const noTime = new Date(1980, 0, 1);

/** Writes files of this machine as members of a new zip, piece by piece: memory does not grow with them. */
export async function writeZip(path: string, members: { name: string; path: string }[]): Promise<void> {
  const out = await open(path, 'w');
  try {
    const pieces: Uint8Array[] = [];
    const zip = new Zip((error, piece) => {
      if (error) throw error;
      pieces.push(piece);
    });
    const flush = async () => {
      for (const piece of pieces.splice(0)) await out.write(piece);
    };
    for (const member of members) {
      const file = new ZipDeflate(member.name, { level: 6 });
      file.mtime = noTime;
      zip.add(file);
      for await (const chunk of createReadStream(member.path, { highWaterMark: 1 << 20 })) {
        file.push(chunk as Buffer);
        await flush();
      }
      file.push(new Uint8Array(0), true);
    }
    zip.end();
    await flush();
  } finally {
    await out.close();
  }
}
