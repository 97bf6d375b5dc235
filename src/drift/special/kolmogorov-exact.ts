/**
 * P(D <= d) of the two-sided Kolmogorov-Smirnov statistic of n values, exactly: n!/n^n times the middle of the n-th power of
 * a matrix of size 2⌈nd⌉ − 1. Source: G. Marsaglia, W. W. Tsang and J. Wang, "Evaluating Kolmogorov's Distribution" (2003).
 */
export function matrixProduct(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const size = 2 * k - 1;
  const { matrix, exponent } = power(firstMatrix(size, k - n * d), size, n);
  // n!/n^n is multiplied in factor by factor, and the exponent of 10 is kept apart, so that nothing underflows.
  let value = matrix[(k - 1) * size + k - 1]!;
  let tens = exponent;
  for (let i = 1; i <= n; i += 1) {
    value *= i / n;
    if (value < 1e-140) {
      value *= 1e140;
      tens -= 140;
    }
  }
  return value * 10 ** tens;
}

/** Rows of 1/(i − j + 1)!, with the corrections of the first column and the last row. `h`: what ⌈nd⌉ was rounded up by. */
function firstMatrix(size: number, h: number): Float64Array {
  const matrix = new Float64Array(size * size);
  const at = (row: number, column: number) => row * size + column;
  for (let i = 0; i < size; i += 1) for (let j = 0; j <= Math.min(i + 1, size - 1); j += 1) matrix[at(i, j)] = 1;
  for (let i = 0; i < size; i += 1) {
    matrix[at(i, 0)]! -= h ** (i + 1);
    matrix[at(size - 1, i)]! -= h ** (size - i);
  }
  if (2 * h > 1) matrix[at(size - 1, 0)]! += (2 * h - 1) ** size;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= Math.min(i, size - 1); j += 1) {
      for (let factor = 2; factor <= i - j + 1; factor += 1) matrix[at(i, j)]! /= factor;
    }
  }
  return matrix;
}

interface Scaled {
  matrix: Float64Array;
  /** The matrix is to be multiplied by 10 to this power. */
  exponent: number;
}

function power(matrix: Float64Array, size: number, n: number): Scaled {
  if (n === 1) return { matrix, exponent: 0 };
  const half = power(matrix, size, Math.floor(n / 2));
  const square = multiply(half.matrix, half.matrix, size);
  const exponent = 2 * half.exponent;
  return rescaled(n % 2 === 0 ? square : multiply(matrix, square, size), exponent, size);
}

function rescaled(matrix: Float64Array, exponent: number, size: number): Scaled {
  const middle = matrix[Math.floor(size / 2) * size + Math.floor(size / 2)]!;
  if (middle <= 1e140) return { matrix, exponent };
  return { matrix: matrix.map((value) => value * 1e-140), exponent: exponent + 140 };
}

function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < size; k += 1) {
      const factor = left[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j += 1) product[i * size + j]! += factor * right[k * size + j]!;
    }
  }
  return product;
}
