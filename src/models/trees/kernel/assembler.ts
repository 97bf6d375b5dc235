/** The few WebAssembly instructions that the histogram kernel needs, as bytes. Names are those of the text format. */
export type Code = number[];

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const SIMD = 0xfd;
const NO_OFFSET = [0x00, 0x00];
const EMPTY_BLOCK = 0x40;
const END = 0x0b;

export const TYPE_I32 = 0x7f;
export const TYPE_V128 = 0x7b;

/** An unsigned number in LEB128. */
export function leb(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

export const get = (local: number): Code => [LOCAL_GET, ...leb(local)];
export const set = (local: number): Code => [LOCAL_SET, ...leb(local)];
export const tee = (local: number): Code => [LOCAL_TEE, ...leb(local)];
/** A constant from 0 to 63, which LEB128 writes in one byte with or without a sign. */
export const constant = (value: number): Code => [0x41, value];
export const add: Code = [0x6a];
export const subtract: Code = [0x6b];
export const shiftLeft: Code = [0x74];
export const load32: Code = [0x28, ...NO_OFFSET];
export const load8: Code = [0x2d, ...NO_OFFSET];
export const load16: Code = [0x2f, ...NO_OFFSET];
export const loadPair: Code = [SIMD, 0x00, ...NO_OFFSET];
export const storePair: Code = [SIMD, 0x0b, ...NO_OFFSET];
/** f64x2.add: two doubles at once. */
export const addPair: Code = [SIMD, 0xf0, 0x01];

/** Runs the body once and again as long as what it leaves on the stack is not 0. */
export const repeatWhile = (...body: Code[]): Code => [0x03, EMPTY_BLOCK, ...body.flat(), 0x0d, 0x00, END];

export interface WasmFunction {
  name: string;
  /** Number of i32 parameters. */
  parameters: number;
  /** Types of further locals. */
  locals: number[];
  body: Code;
}

/** The largest memory in pages of 64 KiB. */
export const MOST_PAGES = 65536;

/** A module of functions without results over a memory that is imported as `env.memory`, shared by threads or not. */
export function assemble(functions: WasmFunction[], shared: boolean): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...vector(Array.from({ length: parameters }, () => [TYPE_I32])),
    0x00,
  ]);
  const limits = shared ? [0x03, ...leb(1), ...leb(MOST_PAGES)] : [0x00, 0x01];
  const memory = [...text('env'), ...text('memory'), 0x02, ...limits];
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...leb(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [0x01, type])), ...body, END];
    return [...leb(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [memory]),
    ...section(
      3,
      functions.map((_, index) => leb(index)),
    ),
    ...section(7, exported),
    ...section(10, bodies),
  ]);
}

function section(id: number, entries: Code[]): Code {
  const content = vector(entries);
  return [id, ...leb(content.length), ...content];
}

function vector(entries: Code[]): Code {
  return [...leb(entries.length), ...entries.flat()];
}

function text(value: string): Code {
  return vector(Array.from(value, (letter) => [letter.charCodeAt(0)]));
}
