import { dateOfSerial } from './serial-dates.js';
import { richText, unescaped } from './shared-texts.js';
import type { Sheet } from './workbook.js';
import { NotXml, type XmlSink } from './xml.js';

/** A cell with something in it. */
export interface SheetCell {
  /** From 1. */
  column: number;
  /** What it holds, as delimited text would: `1.5`, `true`, `2024-02-13`. */
  text: string;
  kind: 'text' | 'number' | 'other' | 'error';
}

export interface SheetSink {
  /** A row with something in it; rows count from 1. */
  row: (row: number, cells: SheetCell[]) => void;
  /** Cells that were made one: `B2:C2`. */
  merged: (range: string) => void;
  /** @throws always: what stands in a cell cannot be read exactly */
  wrong: (cell: string, found: string, expected: string) => never;
}

/** As many as Excel has (ECMA-376 knows no limit). */
const mostColumns = 16_384;

/** `AB` -> 28 */
function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/** 28 -> `AB` */
export function lettersOf(column: number): string {
  const rest = (column - 1) % 26;
  const before = (column - 1 - rest) / 26;
  return (before === 0 ? '' : lettersOf(before)) + String.fromCharCode(65 + rest);
}

/** Rows and columns of `B2:C4`. */
export function cornersOf(range: string): { rows: [number, number]; columns: [number, number] } {
  const [, from = 'A', top = '1', to = from, bottom = top] =
    /^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(range.toUpperCase()) ?? [];
  return { rows: [Number(top), Number(bottom)], columns: [columnOf(from), columnOf(to)] };
}

/** Tells the rows of a sheet's XML. */
export function cellReader({ texts, kinds, system }: Sheet, { row: tellRow, merged, wrong }: SheetSink): XmlSink {
  let [row, column, cells] = [0, 0, [] as SheetCell[]];
  let cell = { type: 'n', style: 0, value: undefined as string | undefined, formula: false };
  let [inValue, inline] = [false, false];
  const rich = richText();

  const begin = (attribute: (name: string) => string | undefined): void => {
    const [, letters, number] = /^\$?([A-Z]{1,3})\$?(\d+)$/i.exec(attribute('r') ?? '') ?? [];
    const next = letters === undefined ? column + 1 : columnOf(letters.toUpperCase());
    if (next <= column || next > mostColumns || (number !== undefined && Number(number) !== row))
      throw new NotXml(`cell ${attribute('r') ?? next} out of its place`);
    column = next;
    cell = { type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0), value: undefined, formula: false };
  };
  const end = (): void => {
    const name = () => `${lettersOf(column)}${row}`;
    const { type, value, formula, style } = cell;
    if (type === 'inlineStr') cell.value = rich.take();
    const text = type === 'inlineStr' ? cell.value : value;
    const nothing = text === undefined || (type !== 'str' && type !== 'inlineStr' && text.trim() === '');
    if (nothing) {
      if (formula)
        wrong(name(), 'a formula without its result', 'a value: save the workbook in the program that computes it');
      return;
    }
    switch (type) {
      case 's': {
        const shared = texts[Number(text)];
        if (shared === undefined) throw new NotXml(`cell ${name()} with a text that is not there`);
        return keep(shared, 'text');
      }
      case 'str':
      case 'inlineStr':
        return keep(type === 'str' ? unescaped(text) : text, 'text');
      case 'b':
        return keep(text.trim() === '1' || text.trim() === 'true' ? 'true' : 'false', 'other');
      case 'e':
        return keep(text, 'error');
      case 'd':
        return keep(text.replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace('T', ' '), 'other');
      case 'n':
        return number(text.trim(), kinds[style] ?? 'number', name());
      default:
        throw new NotXml(`cell ${name()} of an unknown type`);
    }
  };
  const number = (text: string, kind: string, name: string): void => {
    const value = Number(text);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(value))
      wrong(name, `"${text.slice(0, 40)}"`, 'a number');
    if (kind !== 'date' && kind !== 'time') return keep(text, 'number');
    const date = dateOfSerial(value, kind, system);
    if (date === undefined) wrong(name, `${text}, which is shown as a date`, 'a day of a calendar');
    return keep(date!, 'other');
  };
  const keep = (text: string, kind: SheetCell['kind']): void => void cells.push({ column, text, kind });

  return {
    open: (tag, attribute) => {
      switch (tag) {
        case 'row': {
          const next = Number(attribute('r') ?? row + 1);
          if (!(next > row)) throw new NotXml(`row ${attribute('r') ?? ''} behind row ${row}`);
          [row, column, cells] = [next, 0, []];
          return;
        }
        case 'c':
          return begin(attribute);
        case 'v':
          [inValue, cell.value] = [true, ''];
          return;
        case 'f':
          cell.formula = true;
          return;
        case 'is':
          inline = true;
          return;
        case 'mergeCell':
          return merged(attribute('ref') ?? '');
        default:
          if (inline) rich.open(tag);
      }
    },
    text: (text) => {
      if (inValue) cell.value += text;
      else if (inline) rich.text(text);
    },
    close: (tag) => {
      if (tag === 'v') inValue = false;
      else if (tag === 'c') end();
      else if (tag === 'is') inline = false;
      else if (tag === 'row') {
        if (cells.length > 0) tellRow(row, cells);
      } else if (inline) rich.close(tag);
    },
  };
}
