import type { Verdict } from '../documents/gates/verdict.js';
import type { Answer } from '../operations/answer.js';
import { formatAge, formatMoment } from '../report/format/dates.js';
import {
  harmlessLine,
  jsonText,
  linesOf,
  paint,
  print,
  printBytes,
  printDocument,
  say,
  seenLength,
  type Lines,
} from './terminal.js';

/** Where a command speaks: results on stdout, everything else on stderr. */
export interface Output {
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  /** The one JSON document of `--json`, or nothing. */
  result<Document extends Answer>(document: Document, text: () => Lines): void;
  /** Progress and notes; silent with `--quiet`. */
  note: (text: Lines) => void;
  warn: (text: Lines) => void;
  raw(bytes: Uint8Array): void;
}

export function makeOutput(flags: { json?: boolean; quiet?: boolean; verbose?: boolean }): Output {
  const { json = false, quiet = false, verbose = false } = flags;
  return {
    json,
    quiet,
    verbose,
    result(document, text) {
      if (json) printDocument(jsonText(document));
      else {
        const said = text();
        if (says(said)) print(said);
      }
    },
    note: (text) => {
      if (!quiet) say(text);
    },
    warn: (text) => say(linesOf(text).map(paint.yellow)),
    raw: printBytes,
  };
}

const says = (text: Lines): boolean => linesOf(text).some((line) => line !== '');

/** Parts with a blank line between them; what is empty is left out. */
export function apart(parts: readonly Lines[]): Lines {
  return parts.filter(says).flatMap((part, at) => (at === 0 ? [part] : ['', part]));
}

/** Columns aligned with two spaces between; columns named in `right` are right-aligned. Cells may be of others. */
export function table(header: string[], cellsOfRows: string[][], right: string[] = []): string[] {
  const heads = header.map(harmlessLine);
  const rows = cellsOfRows.map((cells) => cells.map(harmlessLine));
  const widths = heads.map((title, column) => Math.max(title.length, ...rows.map((row) => seenLength(row[column]!))));
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat(widths[column]! - seenLength(cell));
        return right.includes(header[column]!) ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd();
  return [paint.dim(line(heads)), ...rows.map(line)];
}

const marks: Record<Verdict, string> = { pass: '✓', warn: '!', fail: '✗', inconclusive: '?', error: '✗' };

/** `✗ fail` in its colour; the word carries the meaning, the colour only helps. */
export const verdictWord = (verdict: Verdict): string => coloured(verdict, `${marks[verdict]} ${verdict}`);

/** The sign alone, where a figure stands beside it. */
export const mark = (verdict: Verdict): string => coloured(verdict, marks[verdict]);

function coloured(verdict: Verdict, text: string): string {
  if (verdict === 'pass') return paint.green(text);
  if (verdict === 'fail' || verdict === 'error') return paint.red(text);
  return paint.yellow(text);
}

/** At most three meaningful decimals; `–` for what could not be computed. */
export function figure(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const small = Math.abs(value) < 0.001 && value !== 0;
  return small ? value.toExponential(2) : value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** "3 h ago", as the editor says it; the time itself for one that lies ahead, `–` for none. */
export function age(iso: string | null | undefined, now: Date): string {
  return iso ? formatAge(iso, now) || formatMoment(iso) : '–';
}
