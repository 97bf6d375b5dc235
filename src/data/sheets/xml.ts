/** What an XML reader tells, in the order of the text. Names are without their prefix: some programs write `x:row`. */
export interface XmlSink {
  open: (name: string, attributes: (name: string) => string | undefined) => void;
  text: (text: string) => void;
  close: (name: string) => void;
}

/** XML that is not well formed, or holds what no sheet needs. */
export class NotXml extends Error {}

/** No tag, and no text between two, is so long in a workbook: a cell holds 32,767 letters. */
const longest = 4 << 20;

/**
 * Reads XML piece by piece. Definitions (`<!DOCTYPE`) are refused, so that no entity is ever expanded but the five of XML
 * itself and numbers of characters.
 * @throws NotXml
 */
export function xmlReader({ open, text, close }: XmlSink) {
  let waiting = '';
  const path: string[] = [];

  /** One tag or section at `from`; where it ends, or -1 where more text is needed. */
  const markup = (from: number): number => {
    if (waiting.startsWith('<!--', from)) return behind('-->', from + 4);
    if (waiting.startsWith('<?', from)) return behind('?>', from + 2);
    if (waiting.startsWith('<![CDATA[', from)) {
      const end = behind(']]>', from + 9);
      if (end > 0) text(waiting.slice(from + 9, end - 3));
      return end;
    }
    if (waiting.startsWith('<!', from)) {
      if (waiting.length - from < 9) return -1;
      throw new NotXml('a definition (<!…), which no workbook needs');
    }
    const end = tagEnd(from);
    if (end < 0) return -1;
    tag(waiting.slice(from + 1, end));
    return end + 1;
  };
  const behind = (mark: string, from: number): number => {
    const at = waiting.indexOf(mark, from);
    return at < 0 ? -1 : at + mark.length;
  };
  /** A `>` in the value of an attribute ends no tag. */
  const tagEnd = (from: number): number => {
    for (let end = waiting.indexOf('>', from); end >= 0; end = waiting.indexOf('>', end + 1)) {
      let at = from;
      for (;;) {
        const quote = nextQuote(at, end);
        if (quote < 0) return end;
        at = waiting.indexOf(waiting[quote]!, quote + 1) + 1;
        if (at === 0) return -1;
        if (at > end) break;
      }
    }
    return -1;
  };
  const nextQuote = (from: number, to: number): number => {
    for (let at = from; at < to; at += 1) {
      const code = waiting.charCodeAt(at);
      if (code === 0x22 || code === 0x27) return at;
    }
    return -1;
  };
  const tag = (inside: string): void => {
    if (inside.startsWith('/')) {
      const name = localName(inside.slice(1).trimEnd());
      if (path.pop() !== name) throw new NotXml(`</${name}> without its beginning`);
      close(name);
      return;
    }
    const empty = inside.endsWith('/');
    const space = inside.search(/[\s/]/);
    const name = localName(space < 0 ? inside : inside.slice(0, space));
    if (name === '') throw new NotXml('a < that begins no tag');
    open(name, (wanted) => attributeIn(inside, wanted));
    if (empty) close(name);
    else path.push(name);
  };

  return {
    write(more: string): void {
      waiting = waiting === '' ? more : waiting + more;
      let at = 0;
      for (;;) {
        const next = waiting.indexOf('<', at);
        if (next < 0) break;
        if (next > at) text(plainText(waiting.slice(at, next)));
        const end = markup(next);
        at = next;
        if (end < 0) break;
        at = end;
      }
      // Text before the next tag waits for it: an entity may be cut.
      waiting = waiting.slice(at);
      if (waiting.length > longest + more.length) throw new NotXml('a tag or a text that does not end');
    },
    end(): void {
      if (waiting.trim() !== '' || path.length > 0) throw new NotXml('its end missing');
    },
  };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const patterns = new Map<string, RegExp>();

/** The value of an attribute in a tag, whatever its prefix is. */
function attributeIn(tag: string, wanted: string): string | undefined {
  let pattern = patterns.get(wanted);
  if (pattern === undefined) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${wanted}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    patterns.set(wanted, pattern);
  }
  const found = pattern.exec(tag);
  const value = found?.[1] ?? found?.[2];
  return value === undefined ? undefined : plainText(value);
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A text without its entities. Lines end `\n` in XML, whatever stands in the file. */
function plainText(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!lines.includes('&')) return lines;
  return lines.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? (entities[name] ?? numbered(name)) : undefined;
    if (character === undefined) throw new NotXml(`"${whole.slice(0, 20)}", which is no character`);
    return character;
  });
}

function numbered(name: string): string | undefined {
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  if (digits === null) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : parseInt(digits[1], 16);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined;
}
