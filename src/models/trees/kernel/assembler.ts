/** The few WebAssembly instructions that the training kernel needs, as bytes. Names are those of the text format. */
export type Code = number[];

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const SIMD = 0xfd;
const NO_OFFSET = [0x00, 0x00];
const EMPTY_BLOCK = 0x40;
const END = 0x0b;

export const TYPE_I32 = 0x7f;
export const TYPE_F64 = 0x7c;
export const TYPE_V128 = 0x7b;

/** An unsigned number in LEB128. */
function leb(value: number): Code {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

export const get = (local: number): Code => [LOCAL_GET, ...leb(local)];
export const set = (local: number): Code => [LOCAL_SET, ...leb(local)];
export const tee = (local: number): Code => [LOCAL_TEE, ...leb(local)];
/** A constant from 0 to 63, which LEB128 writes in one byte with or without a sign. */
export const constant = (value: number): Code => [0x41, value];
export const add: Code = [0x6a];
export const subtract: Code = [0x6b];
export const multiply: Code = [0x6c];
export const and: Code = [0x71];
export const shiftLeft: Code = [0x74];
export const shiftRight: Code = [0x76];
export const equal: Code = [0x46];
export const isMore: Code = [0x4a];
/** f64.lt and f64.load. */
export const isLess: Code = [0x63];
export const loadDouble: Code = [0x2b, ...NO_OFFSET];
/** f64.le, f64.ne, f64.add. */
export const isAtMost: Code = [0x65];
export const differs: Code = [0x62];
export const addDouble: Code = [0xa0];
/** i32.or, and i32.lt_u. */
export const or: Code = [0x72];
export const isBelow: Code = [0x49];
/** Loads and stores so many bytes after an address. */
export const load32From = (offset: number): Code => [0x28, 0x00, ...leb(offset)];
export const loadDoubleFrom = (offset: number): Code => [0x2b, 0x00, ...leb(offset)];
export const storeDoubleAt = (offset: number): Code => [0x39, 0x00, ...leb(offset)];
export const load32: Code = [0x28, ...NO_OFFSET];
export const load8: Code = [0x2d, ...NO_OFFSET];
export const load16: Code = [0x2f, ...NO_OFFSET];
export const store8: Code = [0x3a, ...NO_OFFSET];
export const store16: Code = [0x3b, ...NO_OFFSET];
export const store32: Code = [0x36, ...NO_OFFSET];
export const load64: Code = [0x29, ...NO_OFFSET];
export const store64: Code = [0x37, ...NO_OFFSET];
/** memory.copy: bytes from one place to another, which may overlap. */
export const copyBytes: Code = [0xfc, 0x0a, 0x00, 0x00];
export const loadPair: Code = [SIMD, 0x00, ...NO_OFFSET];
/** Two 32-bit floats as two doubles: v128.load64_zero, f64x2.promote_low_f32x4. */
export const loadFloats: Code = [SIMD, 0x5d, ...NO_OFFSET, SIMD, 0x5f];
export const storePair: Code = [SIMD, 0x0b, ...NO_OFFSET];
/** f64x2.add and so on: two doubles at once. */
export const addPair: Code = [SIMD, 0xf0, 0x01];
export const subtractPair: Code = [SIMD, 0xf1, 0x01];
export const multiplyPair: Code = [SIMD, 0xf2, 0x01];
/** f64x2.pmin and f64x2.pmax: the second operand where it is below, or above, the first. */
export const leastPair: Code = [SIMD, 0xf6, 0x01];
export const mostPair: Code = [SIMD, 0xf7, 0x01];
/** i64x2.add and i64x2.shl: two whole numbers of 64 bits at once. */
export const addLongs: Code = [SIMD, 0xce, 0x01];
export const shiftLongs: Code = [SIMD, 0xcb, 0x01];
/** v128.const: the same double twice. */
export const pairOf = (value: number): Code => {
  const bytes = new Uint8Array(new Float64Array([value, value]).buffer);
  return [SIMD, 0x0c, ...bytes];
};

/** Runs the body once and again as long as what it leaves on the stack is not 0. */
export const repeatWhile = (...body: Code[]): Code => [0x03, EMPTY_BLOCK, ...body.flat(), 0x0d, 0x00, END];

/** Adds to a local. */
export const advance = (local: number, by: number): Code => [...get(local), ...constant(by), ...add, ...set(local)];
/** Takes 1 off a local, and leaves on the stack what is left. */
export const countDown = (local: number): Code => [...get(local), ...constant(1), ...subtract, ...tee(local)];

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
