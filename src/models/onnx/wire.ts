import { InputError } from '../../common/errors.js';

/** One field of a protobuf message, as it lies there: https://protobuf.dev/programming-guides/encoding/ */
export interface Field {
  number: number;
  /** Of a text, bytes or message. */
  body?: Uint8Array;
  /** Of a whole number. */
  value?: number;
  /** The whole field, its tag included. */
  raw: Uint8Array;
}

/** @throws InputError for bytes that are no message: a length beyond the end, or an unknown kind of field */
export function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, scale] = [0, 1];
    for (let count = 0; count < 10; count += 1) {
      const byte = message[at++];
      if (byte === undefined) throw broken('a number that breaks off');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw broken('a number of more than ten bytes');
  };
  while (at < message.length) {
    const from = at;
    const tag = varint();
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    if (kind === 0) fields.push({ number, value: varint(), raw: message.subarray(from, at) });
    else {
      const length = kind === 2 ? varint() : kind === 1 ? 8 : kind === 5 ? 4 : NaN;
      if (!(length <= message.length - at)) throw broken(`a field of kind ${kind} beyond the end`);
      const body = message.subarray(at, at + length);
      at += length;
      fields.push({ number, raw: message.subarray(from, at), ...(kind === 2 ? { body } : {}) });
    }
  }
  return fields;
}

const broken = (found: string) => new InputError(`found ${found}, expected an ONNX model`);

/** A field that holds a text, bytes or a message. */
export function fieldOf(number: number, body: Uint8Array): Uint8Array {
  return Buffer.concat([varintOf(number * 8 + 2), varintOf(body.length), body]);
}

function varintOf(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}

export const textOfField = ({ body }: Field): string => Buffer.from(body ?? []).toString('utf8');
export const textField = (number: number, text: string): Uint8Array => fieldOf(number, Buffer.from(text, 'utf8'));
