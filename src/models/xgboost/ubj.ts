import { WrongInput } from '../../common/errors.js';

/** Deeper is no model that XGBoost writes. */
const deepest = 64;

/** Numbers by their sign: how many bytes each takes, and how they are read. */
const numbers: Record<string, { bytes: number; read: (view: DataView, at: number) => number }> = {
  i: { bytes: 1, read: (view, at) => view.getInt8(at) },
  U: { bytes: 1, read: (view, at) => view.getUint8(at) },
  I: { bytes: 2, read: (view, at) => view.getInt16(at) },
  u: { bytes: 2, read: (view, at) => view.getUint16(at) },
  l: { bytes: 4, read: (view, at) => view.getInt32(at) },
  m: { bytes: 4, read: (view, at) => view.getUint32(at) },
  L: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at)) },
  d: { bytes: 4, read: (view, at) => view.getFloat32(at) },
  D: { bytes: 8, read: (view, at) => view.getFloat64(at) },
};
const integers = new Set(['i', 'U', 'I', 'u', 'l', 'm', 'L']);

/**
 * Reads Universal Binary JSON (draft 12) as XGBoost writes it: objects, arrays (typed ones become a Float64Array), texts,
 * numbers, truth values. A length is held against the bytes that are there before anything of that length is made.
 * @throws WrongInput naming the byte
 */
export function readUbj(bytes: Uint8Array, file: string): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts = new TextDecoder('utf-8', { fatal: true });
  let at = 0;

  const fail = (found: string, expected: string, place = at): never => {
    throw new WrongInput({ file, found: `${found} at byte ${place}`, expected });
  };
  const room = (length: number, what: string) => {
    const left = bytes.length - at;
    if (!(length >= 0 && length <= left)) fail(`${what} of ${length} bytes`, `at most the ${left} bytes that are left`);
  };
  const sign = () => {
    room(1, 'a value');
    return String.fromCharCode(bytes[at++]!);
  };
  const peek = () => String.fromCharCode(bytes[at] ?? 0);

  function number(type: string): number {
    const { bytes: size, read } = numbers[type] ?? fail(`the type ${JSON.stringify(type)}`, 'a number', at - 1);
    room(size, 'a number');
    at += size;
    return read(view, at - size);
  }

  function length(): number {
    const type = sign();
    if (!integers.has(type)) fail(`the type ${JSON.stringify(type)}`, 'a length', at - 1);
    const value = number(type);
    return Number.isSafeInteger(value) && value >= 0 ? value : fail(`the length ${value}`, 'a length');
  }

  function text(): string {
    const size = length();
    room(size, 'a text');
    at += size;
    try {
      return texts.decode(bytes.subarray(at - size, at));
    } catch {
      return fail('bytes that are no text in UTF-8', 'UTF-8', at - size);
    }
  }

  function value(type: string, depth: number): unknown {
    if (depth > deepest) fail(`values ${depth} deep`, `at most ${deepest}`);
    if (type === '{') return object(depth);
    if (type === '[') return array(depth);
    if (type === 'S') return text();
    if (type === 'C') return sign();
    if (type === 'T' || type === 'F') return type === 'T';
    if (type === 'Z') return null;
    return number(type);
  }

  function array(depth: number): unknown[] | Float64Array {
    if (peek() === '$') return typed();
    const items: unknown[] = [];
    if (peek() === '#') {
      at += 1;
      const count = length();
      room(count, 'a list');
      for (let item = 0; item < count; item += 1) items.push(value(sign(), depth + 1));
      return items;
    }
    for (let type = sign(); type !== ']'; type = sign()) items.push(value(type, depth + 1));
    return items;
  }

  /** All of one type, which stands once. */
  function typed(): Float64Array {
    at += 1;
    const type = sign();
    const { bytes: size, read } = numbers[type] ?? fail(`a list of type ${JSON.stringify(type)}`, 'numbers', at - 1);
    if (sign() !== '#') fail('a list of one type without its length', '#', at - 1);
    const count = length();
    room(count * size, 'a list');
    const items = new Float64Array(count);
    for (let item = 0; item < count; item += 1, at += size) items[item] = read(view, at);
    return items;
  }

  function object(depth: number): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    const entry = () => {
      const place = at;
      const name = text();
      if (entries.has(name)) fail(`${JSON.stringify(name)} twice`, 'it once', place);
      entries.set(name, value(sign(), depth + 1));
    };
    if (peek() === '$') fail('an object of one type', 'an object as XGBoost writes it');
    if (peek() === '#') {
      at += 1;
      const count = length();
      room(count, 'an object');
      for (let item = 0; item < count; item += 1) entry();
    } else {
      while (peek() !== '}') entry();
      at += 1;
    }
    return Object.fromEntries(entries);
  }

  const whole = value(sign(), 0);
  if (at < bytes.length) fail(`${bytes.length - at} bytes after the end`, 'one value');
  return whole;
}
