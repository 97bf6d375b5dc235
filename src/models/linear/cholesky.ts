/**
 * Solves A x = b for a symmetric positive semi-definite A (full rows, size n x n; overwritten). A column that depends on
 * earlier ones gets 0 in x, so that collinear columns do no harm.
 */
export function solveSymmetric(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const diagonal = Float64Array.from({ length: n }, (_, i) => a[i]![i]!);
  const dropped = new Uint8Array(n);
  for (let j = 0; j < n; j++) {
    const row = a[j]!;
    let pivot = row[j]!;
    for (let k = 0; k < j; k++) pivot -= row[k]! * row[k]!;
    dropped[j] = Number(!(pivot > diagonal[j]! * 1e-12));
    row[j] = dropped[j] ? 1 : Math.sqrt(pivot);
    for (let i = j + 1; i < n; i++) a[i]![j] = dropped[j] ? 0 : (a[i]![j]! - dot(a[i]!, row, j)) / row[j]!;
    if (dropped[j]) row.fill(0, 0, j);
  }
  return substitute(a, b, dropped);
}

function substitute(lower: Float64Array[], b: Float64Array, dropped: Uint8Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < x.length; i++) x[i] = dropped[i] ? 0 : (x[i]! - dot(lower[i]!, x, i)) / lower[i]![i]!;
  for (let i = x.length - 1; i >= 0; i--) {
    let value = x[i]!;
    for (let k = i + 1; k < x.length; k++) value -= lower[k]![i]! * x[k]!;
    x[i] = dropped[i] ? 0 : value / lower[i]![i]!;
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[k]! * b[k]!;
  return sum;
}
