/** How a fault is said: what stands on a line, and what should. */
export type Wrong = (line: number, found: string, expected: string) => Error;

/** What is told of a text while it passes. Offsets count the text's bytes from 0. */
export interface Sink {
  /** A value ended; quotes around it are among its bytes. */
  field?: (from: number, to: number, quoted: boolean) => void;
  /** A record ended. `fields` is 0 for an empty line; `line` is the one that it began on. */
  record: (fields: number, line: number, from: number, to: number) => void;
}

/** What was seen of a text so far, for another reader of the same text. */
export interface Seen {
  /** Lines that end `\n`, `\r\n`, `\r`. */
  ends: { lf: number; crlf: number; cr: number };
  /** Whether a value holds a line break. */
  quotedBreaks: boolean;
  /** The line that the next byte stands on, from 1. */
  line: number;
}

const [START, SPACES, INSIDE, QUOTED, CLOSED, RETURN] = [0, 1, 2, 3, 4, 5];
const [DELIMITER, LINE_FEED, CARRIAGE_RETURN, QUOTE, NUL, SPACE] = [1, 2, 3, 4, 5, 6];

/**
 * The rules of delimited text, the only place that knows them (RFC 4180): values stand between delimiters, records
 * between line ends; quotes around a whole value hold delimiters, line ends and quotes, these twice. A quote within a
 * bare value is a letter like any other, `#` and `\` always are. Line ends are `\n` or `\r\n`, or all of them `\r`.
 * `write` takes the bytes piece by piece, `end` closes the last record.
 * @throws what `wrong` makes, for a quote that does not fit, a NUL byte or a lone carriage return
 */
export function tokenizer(delimiter: string, wrong: Wrong, { field, record }: Sink) {
  const kinds = new Uint8Array(256);
  kinds[0] = NUL;
  kinds[0x20] = SPACE;
  kinds[0x0a] = LINE_FEED;
  kinds[0x0d] = CARRIAGE_RETURN;
  kinds[0x22] = QUOTE;
  kinds[delimiter.charCodeAt(0)] = DELIMITER;
  const ends = { lf: 0, crlf: 0, cr: 0 };
  const seen: Seen = { ends, quotedBreaks: false, line: 1 };
  let [state, fields, begunOn, from, fieldFrom, offset, lineEnd] = [START, 1, 1, 0, 0, 0, 0];
  let quoted = false;

  const finish = (to: number, next: number) => {
    field?.(fieldFrom, to, quoted);
    record(fields === 1 && to === from ? 0 : fields, begunOn, from, to);
    seen.line += 1;
    [state, fields, begunOn, from, fieldFrom, quoted] = [START, 1, seen.line, next, next, false];
  };
  const lone = () =>
    wrong(seen.line, 'a carriage return that no line feed follows', 'line ends \\n or \\r\\n, or \\r throughout');

  /** Everything but a letter of a bare value, which `write` passes over by itself. */
  const step = (kind: number, at: number) => {
    if (state === RETURN) {
      if (kind === LINE_FEED) {
        ends.crlf += 1;
        if (ends.cr > 0) throw lone();
        return finish(lineEnd, at + 1);
      }
      if (ends.lf + ends.crlf > 0) throw lone();
      ends.cr += 1;
      finish(lineEnd, at);
    }
    if (kind === NUL) throw wrong(seen.line, 'a NUL byte', 'text');
    if (state === QUOTED) {
      if (kind === QUOTE) state = CLOSED;
      else if (kind === LINE_FEED) {
        seen.line += 1;
        seen.quotedBreaks = true;
      } else if (kind === CARRIAGE_RETURN) seen.quotedBreaks = true;
    } else if (kind === DELIMITER) {
      field?.(fieldFrom, at, quoted);
      fields += 1;
      [state, fieldFrom, quoted] = [START, at + 1, false];
    } else if (kind === LINE_FEED) {
      ends.lf += 1;
      if (ends.cr > 0) throw lone();
      finish(at, at + 1);
    } else if (kind === CARRIAGE_RETURN) [state, lineEnd] = [RETURN, at];
    else if (kind === QUOTE && state === SPACES)
      throw wrong(seen.line, 'a space before a quote', 'quotes around a whole value');
    else if (kind === QUOTE && state !== INSIDE) [state, quoted] = [QUOTED, true];
    else if (state === CLOSED)
      throw wrong(seen.line, 'a quote that is not closed properly', 'quotes around a whole value, a quote in it twice');
    else if (kind === SPACE && state !== INSIDE) state = SPACES;
    else state = INSIDE;
  };

  return {
    seen: seen as Readonly<Seen>,
    write(bytes: Uint8Array): void {
      // Nearly all bytes are letters and delimiters, so these never leave the loop and its own variables.
      let [here, passed] = [state, fields];
      for (let at = 0; at < bytes.length; at += 1) {
        const kind = kinds[bytes[at]!]!;
        if (here <= INSIDE) {
          if (kind === 0) {
            here = INSIDE;
            continue;
          }
          if (kind === DELIMITER && field === undefined) {
            passed += 1;
            here = START;
            continue;
          }
        } else if (kind === 0 && here === QUOTED) continue;
        [state, fields] = [here, passed];
        step(kind, offset + at);
        [here, passed] = [state, fields];
      }
      [state, fields] = [here, passed];
      offset += bytes.length;
    },
    end(): void {
      if (state === QUOTED) throw wrong(begunOn, 'a quote that is not closed', 'quotes around a whole value');
      if (state === RETURN) {
        if (ends.lf + ends.crlf > 0) throw lone();
        ends.cr += 1;
        finish(lineEnd, offset);
      } else if (offset > from) finish(offset, offset);
    },
  };
}
