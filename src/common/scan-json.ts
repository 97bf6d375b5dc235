const code = (sign: string) => sign.charCodeAt(0);
const [quote, backslash, comma, colon] = [code('"'), code('\\'), code(','), code(':')];
const [blank, zero, nine] = [code(' '), code('0'), code('9')];
const [openArray, closeArray, openObject, closeObject] = [code('['), code(']'), code('{'), code('}')];

/** What a text of JSON costs to read and to walk through, known before anything is made of it. */
export interface ScannedJson {
  /** The text with `null` for each of the words. */
  text: string;
  /** How deep arrays and objects are nested. */
  depth: number;
  /** No more values than this are in it, arrays and objects among them. */
  values: number;
  /** Names before a colon. Fewer in what is made of the text: a name stood twice in an object. */
  names: number;
}

/**
 * Looks through JSON once, sign by sign, so that the time is linear in its length whatever stands there; what is wrong
 * in it is left to the parser. `words` are those that Python's json module writes bare and JSON does not know (`NaN`).
 */
export function scanJson(text: string, words: readonly string[] = []): ScannedJson {
  const pieces: string[] = [];
  const starts = words.map(code);
  let [kept, depth, deepest, values, names] = [0, 0, 0, 1, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === quote) at = endOfString(text, at);
    // Most of what is not in quotes are digits and blanks, which say nothing.
    else if (sign === blank || (sign >= zero && sign <= nine)) continue;
    else if (sign === comma) values += 1;
    else if (sign === colon) names += 1;
    else if (sign === openArray || sign === openObject) {
      values += 1;
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (sign === closeArray || sign === closeObject) depth -= 1;
    else {
      if (!starts.includes(sign)) continue;
      const word = words.find((one) => text.startsWith(one, at));
      if (word === undefined) continue;
      pieces.push(text.slice(kept, at), 'null');
      at += word.length - 1;
      kept = at + 1;
    }
  }
  const mended = kept === 0 ? text : pieces.join('') + text.slice(kept);
  return { text: mended, depth: deepest, values, names };
}

/** Where the quote is that ends a string; the text's end where there is none. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}
