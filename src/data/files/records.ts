import { type Seen, tokenizer, type Wrong } from './tokenizer.js';

export interface Value {
  text: string;
  /** Whether it stands in quotes: an empty one is then a text, else nothing. */
  quoted: boolean;
}

export interface TextRecord {
  /** The line that it begins on, from 1. */
  line: number;
  values: Value[];
  /** The bytes that it takes, without its line end. */
  from: number;
  to: number;
}

/** The first `most` records, and what the tokenizer saw; the last may be cut where the bytes are only a beginning. */
export function readRecords(
  bytes: Buffer,
  delimiter: string,
  wrong: Wrong,
  most: number,
): { records: TextRecord[]; seen: Readonly<Seen> } {
  const records: TextRecord[] = [];
  let values: Value[] = [];
  const reading = tokenizer(delimiter, wrong, {
    field: (from, to, quoted) => {
      const text = quoted
        ? bytes.toString('utf8', from + 1, to - 1).replaceAll('""', '"')
        : bytes.toString('utf8', from, to);
      values.push({ text, quoted });
    },
    record: (fields, line, from, to) => {
      if (fields > 0 && records.length < most) records.push({ line, values, from, to });
      values = [];
    },
  });
  // In small steps, so that little is read where few records are wanted.
  for (let at = 0; at < bytes.length && records.length < most; at += 4096) reading.write(bytes.subarray(at, at + 4096));
  if (records.length < most) reading.end();
  return { records, seen: reading.seen };
}
