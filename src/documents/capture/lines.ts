import type * as z from 'zod';
import {
  captureRecordSchema,
  groundTruthSchema,
  type CaptureRecord,
  type GroundTruthRecord,
  type RecordLines,
} from '../foreign/foreign-files.js';

/** So many records of a file are looked at; the others are only counted. */
const mostRecords = 500;

export type RecognisedLines =
  | { kind: 'data-capture'; document: RecordLines<CaptureRecord> }
  | { kind: 'ground-truth'; document: RecordLines<GroundTruthRecord> };

/** What a text of JSON lines is: its first line decides. Undefined when it is none that is known here. */
export function recogniseLines(text: string): RecognisedLines | undefined {
  const first = lineOf(text.slice(0, !text.includes('\n') ? undefined : text.indexOf('\n')));
  if (captureRecordSchema.safeParse(first).success)
    return { kind: 'data-capture', document: read(text, captureRecordSchema) };
  if (groundTruthSchema.safeParse(first).success)
    return { kind: 'ground-truth', document: read(text, groundTruthSchema) };
  return undefined;
}

function read<T>(text: string, schema: z.ZodType<T>): RecordLines<T> {
  const records: T[] = [];
  let [lines, damaged, from] = [0, 0, 0];
  while (from < text.length) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (to > from) {
      lines += 1;
      if (lines <= mostRecords) {
        const parsed = schema.safeParse(lineOf(text.slice(from, to)));
        if (parsed.success) records.push(parsed.data);
        else damaged += 1;
      }
    }
    from = to + 1;
  }
  return { records, lines, damaged };
}

/** A line that has neither name is none of these: a whole document in one line is not parsed twice. */
function lineOf(line: string): unknown {
  if (!/"(?:captureData|groundTruthData)"/.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
