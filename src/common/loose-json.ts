import { scanJson } from './scan-json.js';

/** Deeper is no document that anybody writes, and a walk through it that calls itself runs out of stack. */
const deepest = 200;
const pythons = ['NaN', 'Infinity', '-Infinity'];

/**
 * JSON, and the NaN and Infinity that Python writes into it: no such figure exists, so they read as null.
 * @throws SyntaxError for what is no JSON, or is nested too deep
 */
export function parseLoosely(text: string): unknown {
  const { text: mended, depth } = scanJson(text, pythons);
  if (depth > deepest) throw new SyntaxError(`found arrays and objects ${depth} deep, expected at most ${deepest}`);
  return JSON.parse(mended);
}
