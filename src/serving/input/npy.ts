import type { BundleInput } from '../../models/bundle/bundle.js';
import { badRequest } from '../request-error.js';
import { checkSize, checkWidth, type Cell, type Rows } from './rows.js';

type ReadCell = (view: DataView, at: number, little: boolean) => number;

const types: Partial<Record<string, { size: number; read: ReadCell }>> = {
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f2: { size: 2, read: (view, at, little) => halfFloat(view.getUint16(at, little)) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  u8: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  b1: { size: 1, read: (view, at) => view.getUint8(at) },
};

/** As much of a header as NumPy itself reads (`max_header_size`). */
const longestHeader = 10_000;

/**
 * One array in NumPy's .npy format (versions 1 to 3): floats, integers or booleans, C or Fortran order, one or two
 * dimensions; one dimension is one row. NaN is a missing value. Format: numpy.lib.format.
 * @throws RequestError (400, 413) naming what is not supported
 */
export function decodeNpy(bytes: Uint8Array, inputs: BundleInput[]): Rows {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, start } = readHeader(bytes, view);
  const { type, little } = readType(header);
  const [rows, columns] = readShape(header);
  const byColumn = /'fortran_order':\s*True/.test(header);
  const needed = rows * columns * type.size;
  if (bytes.byteLength - start !== needed)
    throw badRequest(
      `npy: found ${bytes.byteLength - start} bytes of data, expected ${needed} for (${rows}, ${columns})`,
    );
  checkWidth(columns, 0, inputs);
  checkSize({ rows, cells: rows * columns });
  const cell = (index: number): Cell => {
    const value = type.read(view, start + index * type.size, little);
    return Number.isNaN(value) ? null : value;
  };
  const cells = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => cell(byColumn ? column * rows + row : row * columns + column)),
  );
  return { cells };
}

function readHeader(bytes: Uint8Array, view: DataView): { header: string; start: number } {
  const magic = Buffer.from(bytes.subarray(0, 6)).toString('latin1');
  if (magic !== '\u0093NUMPY' || bytes.byteLength < 12) throw badRequest('the body is not in npy format');
  const long = view.getUint8(6) >= 2;
  const from = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > longestHeader)
    throw badRequest(`npy: found a header of ${length} bytes, expected at most ${longestHeader}`);
  if (from + length > bytes.byteLength) throw badRequest('npy: the header is cut short');
  return { header: Buffer.from(bytes.subarray(from, from + length)).toString('latin1'), start: from + length };
}

function readType(header: string) {
  const description = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const type = types[description.slice(1)];
  if (type !== undefined && '<>|='.includes(description[0]!)) return { type, little: !description.startsWith('>') };
  throw badRequest(`npy: found type '${description.slice(0, 20)}', expected floats (f2, f4, f8), integers or booleans`);
}

/** IEEE 754 binary16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction));
}

function readShape(header: string): [rows: number, columns: number] {
  const inner = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '';
  const shape = inner.split(',').map((part) => part.trim());
  const sizes = shape.filter((part) => part !== '').map(Number);
  if (sizes.some((size) => !Number.isSafeInteger(size) || size < 0) || sizes.length < 1 || sizes.length > 2)
    throw badRequest(`npy: found shape (${inner.slice(0, 100)}), expected one or two dimensions`);
  return sizes.length === 1 ? [1, sizes[0]!] : [sizes[0]!, sizes[1]!];
}
