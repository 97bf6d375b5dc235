import type { Matrix } from '../../models/table/matrix.js';

/** Rows of a part without what is only for people: what a learner needs. */
export interface Rows {
  matrix: Matrix;
  target: Float64Array;
}

/** The same rows in memory that all threads see, so that handing them to a worker copies nothing. */
export function shared<Kind extends Rows>(rows: Kind): Kind {
  const { matrix, target } = rows;
  return { ...rows, matrix: { ...matrix, values: matrix.values.map(inSharedMemory) }, target: inSharedMemory(target) };
}

function inSharedMemory(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** Some of the rows, in the given order. */
export function rowsAt({ matrix, target }: Rows, places: Int32Array): Rows {
  const of = (values: Float64Array) => Float64Array.from(places, (row) => values[row]!);
  return { matrix: { ...matrix, rows: places.length, values: matrix.values.map(of) }, target: of(target) };
}
