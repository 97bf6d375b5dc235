import type { Matrix } from '../../models/table/matrix.js';

/** Rows of a part without what is only for people: what a learner needs. */
export interface Rows {
  matrix: Matrix;
  target: Float64Array;
  /** A number for the thing that each row is about; absent where each is about another. */
  groups?: Int32Array;
}

/** Of each row which thing it is about, by number; nothing where every row is about one of its own. */
export function groupsOf(entities: readonly string[]): Int32Array | undefined {
  const numbers = new Map<string, number>();
  const groups = Int32Array.from(entities, (entity) => {
    const known = numbers.get(entity);
    if (known !== undefined) return known;
    numbers.set(entity, numbers.size);
    return numbers.size - 1;
  });
  return numbers.size < entities.length ? groups : undefined;
}

/** The same rows in memory that all threads see, so that handing them to a worker copies nothing. */
export function shared<Kind extends Rows>(rows: Kind): Kind {
  const { matrix, target, groups } = rows;
  const own = { matrix: { ...matrix, values: matrix.values.map(inSharedMemory) }, target: inSharedMemory(target) };
  return { ...rows, ...own, ...(groups && { groups: Int32Array.from(groups) }) };
}

function inSharedMemory(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

/** Some of the rows, in the given order. */
export function rowsAt({ matrix, target, groups }: Rows, places: Int32Array): Rows {
  const of = (values: Float64Array) => Float64Array.from(places, (row) => values[row]!);
  return {
    matrix: { ...matrix, rows: places.length, values: matrix.values.map(of) },
    target: of(target),
    ...(groups && { groups: Int32Array.from(places, (row) => groups[row]!) }),
  };
}
