const newline = 0x0a;
const quote = 0x22;

/** Where the last whole record of a text's beginning ends; a line break within quotes ends none. */
export function endOfRecords(text: Uint8Array, quotes: boolean): number {
  let end = 0;
  let open = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (quotes && byte === quote) open = !open;
    else if (byte === newline && !open) end = at + 1;
  }
  return end;
}
