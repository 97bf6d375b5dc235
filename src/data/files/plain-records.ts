/** More quotes than one in so many bytes: the tokenizer is faster then. */
const fewQuotes = 48;

const [lineFeed, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

/**
 * Counts the lines of text whose shape is plain, many times faster than the tokenizer: line ends are `\n`, and quotes
 * stand around whole values. `write` returns false as soon as that is not so: only the tokenizer can tell then.
 * `header` is a record that must not come again.
 */
export function plainRecords(delimiter: string, header: Buffer | undefined) {
  const separator = delimiter.charCodeAt(0);
  const counted = { records: 0, blank: 0, longest: 0, quotedBreaks: false };
  let [from, offset, open, before] = [0, 0, false, lineFeed];
  /** Passes the quotes before `end`; false when one of them is neither the first nor the last byte of a value. */
  const passQuotes = (bytes: Buffer, first: number, end: number): number => {
    let at = first;
    for (; at >= 0 && at < end; at = bytes.indexOf(quote, at + 1)) {
      if (open) {
        const next = bytes[at + 1];
        if (next !== separator && next !== lineFeed && next !== quote) return -2;
        open = false;
      } else {
        const previous = at === 0 ? before : bytes[at - 1];
        if (previous !== separator && previous !== lineFeed && previous !== quote) return -2;
        open = true;
      }
    }
    return at;
  };
  return {
    counted: counted as Readonly<typeof counted>,
    write(bytes: Buffer): boolean {
      if (bytes.includes(carriageReturn) || bytes.includes(0)) return false;
      let at = bytes.indexOf(quote);
      if (at >= 0 && isCrowded(bytes)) return false;
      for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, end + 1)) {
        if (at >= 0 && at < end && (at = passQuotes(bytes, at, end)) === -2) return false;
        if (open) {
          counted.quotedBreaks = true;
          continue;
        }
        const length = offset + end - from;
        if (length === header?.length && counted.records > 0) {
          const begin = from - offset;
          if (begin < 0 || header.equals(bytes.subarray(begin, end))) return false;
        }
        if (length === 0) counted.blank += 1;
        else counted.records += 1;
        if (length > counted.longest) counted.longest = length;
        from = offset + end + 1;
      }
      if (at >= 0 && passQuotes(bytes, at, bytes.length) === -2) return false;
      offset += bytes.length;
      before = bytes[bytes.length - 1] ?? before;
      return true;
    },
    end(): boolean {
      if (open) return false;
      if (offset > from) {
        // A last line without its end; only the tokenizer compares it.
        if (offset - from === header?.length && counted.records > 0) return false;
        counted.records += 1;
        counted.longest = Math.max(counted.longest, offset - from);
      }
      return true;
    },
  };
}

function isCrowded(bytes: Buffer): boolean {
  const most = bytes.length / fewQuotes;
  let quotes = 0;
  for (let at = bytes.indexOf(quote); at >= 0; at = bytes.indexOf(quote, at + 1)) if ((quotes += 1) > most) return true;
  return false;
}
