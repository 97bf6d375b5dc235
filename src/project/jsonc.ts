// The bundler takes a package's `main`, and this one's is a form that cannot be bundled: its ES modules are named in full.
import {
  findNodeAtLocation,
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
}

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
  const problems = errors.map((error) => ({ ...place(error.offset), path: [], ...inWords(error, text) }));
  return {
    value: root === undefined ? undefined : getNodeValue(root),
    problems: [...problems, ...repeatedKeys(root).map(({ node, key }) => ({ ...place(node), ...repeated(key) }))],
    placeOf: (path) => place(start(path)),
    placeOfKey: (path) => place(nodeAt(path)?.parent?.offset ?? start(path)),
    placeInString: (path, offset) => place(start(path) + 1 + offset),
  };
}

/** Line and column, both from 1, of an offset. */
function placer(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - starts[line]! + 1 };
  };
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
  return { message: `found ${found.trim() === '' ? 'the end' : `"${found}"`}, expected ${words}` };
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
