// The bundler takes a package's `main`, and this one's is a form that cannot be bundled: its ES modules are named in full.
import {
  findNodeAtLocation,
  getLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser/lib/esm/main.js';
import type { Problem, Path, Place } from './checks/problem.js';

/** A JSONC text, read: its value, what is wrong with its syntax, and where in it anything lies. */
export interface JsoncText {
  value: unknown;
  problems: Problem[];
  /** Where the value at a path begins; where its nearest existing parent does, when it is absent. */
  placeOf(path: Path): Place;
  /** Where the key of an object's entry begins. */
  placeOfKey(path: Path): Place;
  /** Where the `offset`-th character of the string at a path stands. */
  placeInString(path: Path, offset: number): Place;
  /** What a problem is about, in characters from 0: a value, a key, or a word within a text; of a list or object its first sign. */
  rangeOf(problem: Pick<Problem, 'path' | 'line' | 'column'>): { from: number; to: number };
}

/** What is typed at an offset of a JSONC text: the way to it, and the key or value that it lies in. */
export interface Typed {
  path: (string | number)[];
  isKey: boolean;
  /** Of a text that is typed: where it begins and ends, its quotes not counted; undefined between values. */
  text: { from: number; to: number } | undefined;
}

/** What is typed at an offset, also in a text that is not finished. */
export function typedAt(text: string, offset: number): Typed {
  const { path, isAtPropertyKey, previousNode: node } = getLocation(text, offset);
  const isInside = node?.type === 'string' && offset > node.offset && offset <= node.offset + node.length;
  if (!isInside) return { path, isKey: isAtPropertyKey, text: undefined };
  const isClosed = node.length > 1 && text[node.offset + node.length - 1] === '"';
  const to = node.offset + node.length - (isClosed ? 1 : 0);
  return { path, isKey: isAtPropertyKey, text: offset <= to ? { from: node.offset + 1, to } : undefined };
}

/** One slip of the pen is many errors to a parser: whoever mends the first of these sees the others go, or come again. */
const mostErrors = 50;

/** Reads JSON with comments and trailing commas. Problems of syntax come with line and column; a repeated key is one. */
export function readJsonc(text: string): JsoncText {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const place = placer(text);
  const nodeAt = (path: Path) => (root === undefined ? undefined : findNodeAtLocation(root, [...path]));
  const start = (path: Path): number => {
    const node = nodeAt(path);
    if (node !== undefined) return node.offset;
    return path.length === 0 ? 0 : start(path.slice(0, -1));
  };
  const problems = errors
    .slice(0, mostErrors)
    .map((error) => ({ ...place(error.offset), path: [], ...inWords(error, text) }));
  return {
    value: root === undefined ? undefined : getNodeValue(root),
    problems: [...problems, ...repeatedKeys(root).map(({ node, key }) => ({ ...place(node), ...repeated(key) }))],
    placeOf: (path) => place(start(path)),
    placeOfKey: (path) => place(nodeAt(path)?.parent?.offset ?? start(path)),
    placeInString: (path, offset) => place(start(path) + 1 + offset),
    rangeOf: ({ path, ...at }) => {
      const from = place.offsetOf(at);
      const node = nodeAt(path);
      const whole = [node, node?.parent?.children?.[0]].find((one) => one?.offset === from);
      if (whole?.children !== undefined) return { from, to: from + 1 };
      const isSyntax = path.length === 0 && whole === undefined;
      return { from, to: from + Math.max(1, whole?.length ?? wordAt(text, from, isSyntax)) };
    },
  };
}

/** How long the word or sign at an offset is; outside of texts also the text that begins there. */
function wordAt(text: string, offset: number, isOutside: boolean): number {
  const word = isOutside ? /"[^"\n]*"?|[\p{L}\p{N}_.-]+|[^]/uy : /[\p{L}\p{N}_.-]+|[<>=!]+|[^]/uy;
  word.lastIndex = offset;
  return word.exec(text)?.[0].length ?? 1;
}

/** Line and column, both from 1, of an offset, and back. */
function placer(text: string): ((offset: number) => Place) & { offsetOf: (place: Place) => number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offsetOf = ({ line, column }: Place) => (starts[line - 1] ?? text.length) + column - 1;
  const place = (offset: number): Place => {
    let [line, after] = [0, starts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if (starts[middle]! <= offset) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: offset - starts[line]! + 1 };
  };
  return Object.assign(place, { offsetOf });
}

const expected: Record<string, string> = {
  PropertyNameExpected: 'a key in double quotes',
  ValueExpected: 'a value',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'nothing after the closing brace',
  InvalidNumberFormat: 'a number',
  UnexpectedEndOfComment: 'the end of the comment, "*/"',
  UnexpectedEndOfString: 'a closing double quote',
};

function inWords(error: ParseError, text: string): { message: string } {
  const found = text
    .slice(error.offset, error.offset + Math.max(error.length, 1))
    .split('\n')[0]!
    .slice(0, 20);
  const words = expected[printParseErrorCode(error.error)] ?? 'JSON';
  const shown = found.startsWith('"') ? found : `"${found}"`;
  return { message: `found ${found.trim() === '' ? 'the end' : shown}, expected ${words}` };
}

function repeated(key: string): { path: Path; message: string } {
  return { path: [key], message: `found a second "${key}", expected each key once` };
}

function repeatedKeys(node: Node | undefined): { node: number; key: string }[] {
  const children = node?.children ?? [];
  const deeper = children.flatMap((child) => repeatedKeys(child));
  if (node?.type !== 'object') return deeper;
  const seen = new Set<unknown>();
  const here = children.flatMap((property) => {
    const key: unknown = property.children?.[0]?.value;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ node: property.offset, key: String(key) }];
  });
  return [...here, ...deeper];
}
