import { open } from 'node:fs/promises';
import type { RunEvent, runEventSchema } from '../../documents/run.js';
import { insideState } from '../../common/inside.js';
import { codeOf } from '../../common/files.js';

/** Reads what was appended to an events file since the last call; a line that is not finished waits for its end. */
export function makeEventTail(path: string): () => Promise<RunEvent[]> {
  let offset = 0;
  let rest = Buffer.alloc(0);
  return async () => {
    const bytes = await readFrom(path, offset);
    offset += bytes.length;
    if (bytes.length === 0) return [];
    const { runEventSchema: schema } = await import('../project-work.js');
    const text = Buffer.concat([rest, bytes]);
    const end = text.lastIndexOf('\n') + 1;
    rest = text.subarray(end);
    return text
      .subarray(0, end)
      .toString('utf8')
      .split('\n')
      .flatMap((line) => eventOf(line, schema));
  };
}

async function readFrom(path: string, offset: number): Promise<Buffer> {
  try {
    const file = await open(insideState(path), 'r');
    try {
      const { size } = await file.stat();
      if (size <= offset) return Buffer.alloc(0);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - offset), 0, size - offset, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** A line that is no event of ours (a newer engine's) is passed over. */
function eventOf(line: string, schema: typeof runEventSchema): RunEvent[] {
  if (line === '') return [];
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
