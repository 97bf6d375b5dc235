import fc from 'fast-check';

/** A value as it is written into a delimited file. */
export interface MadeCell {
  text: string;
  quoted: boolean;
}

/** A delimited text and what it is made of. */
export interface MadeTable {
  delimiter: string;
  columns: string[];
  rows: MadeCell[][];
  text: string;
}

const words = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '',
      'x',
      'Ärger',
      '#FF0000',
      '# a comment',
      'NA',
      'null',
      '?',
      "it's",
      '5" disk',
      'c:\\',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'a,b',
      'a;b',
      'two\nlines',
      'two\r\nlines',
      'a "quote"',
      '"',
      '""',
      ' "x"',
      'a\tb',
      'a|b',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);
const kinds = [
  words,
  fc.integer().map(String),
  fc.constantFrom('9007199254740993', '12345678901234567890', '-9223372036854775808', '7', ''),
  fc.constantFrom('007', '010', '0'),
  fc.constantFrom('1.5', '-.5', '2.', '1e3', '+4', ' 6', '0.1', 'inf', '1e400', '1_000'),
  fc.constantFrom('1.5', '2', 'NA', ''),
  fc.constantFrom('True', 'FALSE', 'true', ''),
  fc.constantFrom('2024-02-13', '2024-12-01', '2024-2-3'),
  fc.constantFrom('13/02/24', '10-11-12', '01.02.2024'),
  fc.constantFrom('2024-01-01 10:00:00', '2024-01-01T23:59:59.25'),
  fc.constantFrom('2024-01-01T10:00:00Z', '2024-01-01T10:00:00+02:00'),
  fc.constantFrom('1,5', '2,25', ''),
];

/** Delimited texts of every shape that is read: widths, delimiters, line ends, quotes, marks, forms of values. */
export const madeTables: fc.Arbitrary<MadeTable> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    kinds: fc.array(fc.constantFrom(...kinds.keys()), { minLength: 1, maxLength: 5 }),
    names: fc.uniqueArray(fc.constantFrom('a', 'b c', 'Größe', 'x_1', 'time', 'name, full', 'say "so"', 'two\nlines'), {
      minLength: 5,
      maxLength: 5,
    }),
    size: fc.integer({ min: 1, max: 12 }),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    mixed: fc.boolean(),
    marked: fc.boolean(),
    allQuoted: fc.boolean(),
    lastEnd: fc.boolean(),
    blankLine: fc.boolean(),
  })
  .chain((shape) =>
    fc
      .tuple(
        fc.tuple(
          ...shape.kinds.map((kind) => fc.array(kinds[kind]!, { minLength: shape.size, maxLength: shape.size })),
        ),
        fc.infiniteStream(fc.boolean()),
      )
      .map(([columns, coins]) => written(shape, columns, coins)),
  )
  .filter(({ text }) => !text.includes('\0') && !isRefused(text));

/** Shapes that are refused: tests of their own look at them. */
const isRefused = (text: string): boolean => {
  const bare = text.replace(/"[^"]*"/g, '');
  const plain = !bare.includes('\r') && !text.startsWith('\ufeff');
  const mixed = bare.includes('\r\n') && /(^|[^\r])\n/.test(bare) && !/[,;\t|]/.test(bare);
  return mixed || (/\r(?!\n)/.test(bare) && text.includes('\n')) || (!plain && text.includes('two\nlines"'));
};

interface Shape {
  delimiter: string;
  names: string[];
  size: number;
  end: string;
  mixed: boolean;
  marked: boolean;
  allQuoted: boolean;
  lastEnd: boolean;
  blankLine: boolean;
}

function written(shape: Shape, values: string[][], coins: Iterator<boolean>): MadeTable {
  const { delimiter, size, allQuoted } = shape;
  const toss = () => coins.next().value as boolean;
  const cell = (text: string): MadeCell => ({
    text,
    quoted: allQuoted || /[,;\t|\r\n]|^\s*"/.test(text) || (toss() && toss()),
  });
  const columns = shape.names.slice(0, values.length);
  const rows = Array.from({ length: size }, (_, row) => values.map((column) => cell(column[row]!)));
  const record = (cells: MadeCell[]) => cells.map(cellText).join(delimiter);
  // A carriage return alone ends all lines or none.
  const end = () => (shape.mixed && shape.end !== '\r' ? (toss() ? '\n' : '\r\n') : shape.end);
  const lines = [columns.map((name) => ({ ...cell(name), quoted: allQuoted || /\W/.test(name) })), ...rows].map(record);
  if (shape.blankLine && columns.length > 1) lines.splice(1 + (size >> 1), 0, '');
  let text = lines.map((line) => line + end()).join('');
  if (!shape.lastEnd && columns.length > 1) text = text.replace(/\r?\n?$/, '');
  return { delimiter, columns, rows, text: (shape.marked ? '\ufeff' : '') + text };
}

const cellText = ({ text, quoted }: MadeCell): string => (quoted ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The rows of a delimited text, read letter by letter: null where nothing stands bare. Nothing here is shared with what
 * it is compared to.
 */
export function plainRows(text: string, delimiter: string): (string | null)[][] {
  const letters = [...text.replace(/^\ufeff/, '')];
  const rows: (string | null)[][] = [];
  let [row, value, inside, bare] = [[] as (string | null)[], '', false, true];
  const closeValue = () => {
    row.push(bare && value === '' ? null : value);
    [value, bare] = ['', true];
  };
  const closeRow = () => {
    closeValue();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at]!;
    if (inside) {
      if (letter !== '"') value += letter;
      else if (letters[at + 1] === '"') value += letters[(at += 1)]!;
      else inside = false;
    } else if (letter === '"' && value === '') [inside, bare] = [true, false];
    else if (letter === delimiter) closeValue();
    else if (letter === '\r' || letter === '\n') {
      if (letter === '\r' && letters[at + 1] === '\n') at += 1;
      closeRow();
    } else value += letter;
  }
  if (value !== '' || !bare || row.length > 0) closeRow();
  const width = rows[0]!.length;
  return width === 1 ? rows : rows.filter((one) => one.length > 1);
}
