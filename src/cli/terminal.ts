import { randomUUID } from 'node:crypto';
import picocolors from 'picocolors';

/**
 * Stands for the ESC of a colour that we ourselves gave, until it is printed: no text of others can hold it, so theirs
 * cannot pass for ours.
 */
const ours = `\uE000${randomUUID()}`;
/** Where a person reads: a CI server is none of these, for what it prints is often kept as a file. */
const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
const pc = picocolors.createColors(
  Boolean(FORCE_COLOR) || (process.stdout.isTTY === true && !NO_COLOR && TERM !== 'dumb'),
);
const paintWith = (colour: (text: string) => string) => (text: string) =>
  colour(harmless(text)).replaceAll('\u001b[', ours);

/** Colours for what is printed by `forTerminal`; none where there is no terminal. */
export const paint = {
  bold: paintWith(pc.bold),
  dim: paintWith(pc.dim),
  green: paintWith(pc.green),
  red: paintWith(pc.red),
  yellow: paintWith(pc.yellow),
};

/** Steers a terminal, or turns the order of what is read around; U+2028 and U+2029 begin lines in some. */
const steering = /\r\n|[\n\t]|[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** Text that came from anywhere, for a terminal: characters that would steer it show as �. Line breaks and tabs stay. */
export function harmless(text: string): string {
  return text.replace(steering, (found) => (found === '\r\n' || found === '\n' || found === '\t' ? found : '�'));
}

/**
 * What a command says: a string is one line, whatever the names in it hold; a list is its parts one below the other. So
 * no name can begin a line that reads as ours.
 */
export type Lines = string | readonly Lines[];

/** The lines of a text, each without a break in it. */
export function linesOf(text: Lines): string[] {
  return typeof text === 'string' ? [text.replace(/\s*[\r\n]+\s*/g, ' ')] : text.flatMap(linesOf);
}

/** As `harmless`, where only one line belongs and no tab would keep its place: in a cell of a table. */
export function harmlessLine(text: string): string {
  return harmless(text).replace(/\s*[\r\n\t]+\s*/g, ' ');
}

/** The one way by which text leaves for a terminal: a line for each of its strings, made harmless, with our own colours. */
export function forTerminal(text: Lines): string {
  return harmless(linesOf(text).join('\n')).replaceAll(ours, '\u001b[');
}

/** How many characters of a text are seen. */
export function seenLength(text: string): number {
  return text.replace(new RegExp(`${ours}[\\d;]*m`, 'g'), '').length;
}

/** A document as JSON. What would steer a terminal is escaped, as JSON itself does for a part of it. */
export function jsonText(document: unknown): string {
  const escaped = (found: string) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(document, null, 2).replace(/[\x7f-\x9f\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g, escaped);
}

/** Progress and notes; stdout is for results. */
export function say(text: Lines): void {
  process.stderr.write(`${forTerminal(text)}\n`);
}

/** The line that rewrites itself, cut to the terminal's width. */
export function rewriteLine(text: string): void {
  const width = (process.stderr.columns ?? 80) - 1;
  process.stderr.write(`\r\u001b[K${forTerminal(harmlessLine(text).slice(0, width))}`);
}

/** Bytes as they are; a terminal, which would follow what they say, gets them harmless. */
export function printBytes(
  bytes: Uint8Array,
  stream: Pick<typeof process.stdout, 'isTTY' | 'write'> = process.stdout,
): void {
  stream.write(stream.isTTY ? harmless(Buffer.from(bytes).toString('utf8')) : bytes);
}

export function print(text: Lines): void {
  process.stdout.write(`${forTerminal(text)}\n`);
}

/** A whole document of a format that escapes names in its own way: its line breaks are its own. */
export function printDocument(text: string): void {
  print(text.replace(/\n$/, '').split('\n'));
}
