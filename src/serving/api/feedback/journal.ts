import { join } from 'node:path';
import { rename } from 'node:fs/promises';
import { appendLines, codeOf, fileError, readIfThere } from '../../../common/files.js';
import type { Judged, Scoreboard } from './scoreboard.js';

/** A line: a prediction, the label of one, or both at once. Short names, for there is a line for each prediction. */
type Line = ['p', number, string, string | number] | ['l', string, string | number, boolean] | ['j', Judged];

export interface Journal {
  write(line: Line): void;
  /** Resolves when all that was written before is in the file. @throws BrokenError naming the file */
  flush: () => Promise<void>;
  /** The place of the next prediction. */
  next(): number;
}

/** Lines in one file; there are at most two, the older one is left out as soon as the newer one is full. */
const linesInFile = 50_000;
/** What waits to be written is bounded: a disk that is full costs lines, not the service. */
const mostWaiting = 200_000;

/**
 * What feedback goes by, on disk: read into the scoreboard when it is opened, so that a restart forgets nothing.
 * @param folder of the endpoint's own files; undefined: nothing is kept
 */
export async function openJournal(folder: string | undefined, board: Scoreboard): Promise<Journal> {
  let place = 0;
  const waiting: string[] = [];
  let writing = Promise.resolve();
  let lines = 0;
  const files =
    folder === undefined
      ? undefined
      : { now: join(folder, 'feedback.jsonl'), before: join(folder, 'feedback.1.jsonl') };

  const take = (line: Line) => {
    if (line[0] === 'p') {
      board.predicted(line[1], line[2], line[3]);
      place = Math.max(place, line[1] + 1);
    } else if (line[0] === 'l') board.label(line[1], line[2], line[3]);
    else {
      const [, one] = line;
      if (one.id !== null) board.predicted(one.place, one.id, one.predicted);
      // A later prediction may have the same id: the label is not that one's.
      if (one.id !== null && board.find(one.id)?.place === one.place) board.label(one.id, one.truth, true);
      else board.judged(one);
      place = Math.max(place, one.place + 1);
    }
  };
  for (const file of files === undefined ? [] : [files.before, files.now]) {
    const found = linesOf(await readIfThere(file));
    found.forEach(take);
    if (file === files?.now) lines = found.length;
  }

  async function append(): Promise<void> {
    if (files === undefined) return void waiting.splice(0);
    if (lines >= linesInFile) await turnOver(files);
    const next = waiting.splice(0);
    try {
      await appendLines(files.now, next);
      lines += next.length;
    } catch (error) {
      waiting.unshift(...next);
      throw error;
    }
  }

  /** The window goes on in the new file: what leaves with the older one is what nobody counts any more. */
  async function turnOver({ now, before }: NonNullable<typeof files>): Promise<void> {
    try {
      await rename(now, before);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw fileError('write', before, error);
    }
    lines = 0;
    waiting.unshift(...board.window().map((one) => JSON.stringify(['j', one])));
  }

  return {
    write(line) {
      if (waiting.length < mostWaiting) waiting.push(JSON.stringify(line));
    },
    flush() {
      const next = writing.then(append);
      writing = next.catch(() => undefined);
      return next;
    },
    next: () => place++,
  };
}

/** Lines that can be read; a torn one is that of a process that was killed. */
function linesOf(bytes: Uint8Array | undefined): Line[] {
  if (bytes === undefined) return [];
  return Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const value: unknown = JSON.parse(line);
        return isLine(value) ? [value] : [];
      } catch {
        return [];
      }
    });
}

function isLine(value: unknown): value is Line {
  if (!Array.isArray(value)) return false;
  const [kind, ...rest] = value as unknown[];
  const types = rest.map((one) => typeof one);
  if (kind === 'p') return types[0] === 'number' && types[1] === 'string' && rest.length === 3;
  if (kind === 'l') return types[0] === 'string' && types[2] === 'boolean';
  return kind === 'j' && typeof (rest[0] as Judged | undefined)?.place === 'number';
}
