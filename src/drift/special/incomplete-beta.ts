import { logGamma } from './log-gamma.js';

const precision = 1e-16;
const mostTerms = 10_000;
const tiny = 1e-300;

/**
 * P(|T| > |t|) of Student's t distribution with `degrees` of freedom; small tails keep their digits.
 * Source: the regularised incomplete beta function I_x(degrees / 2, 1/2) at x = degrees / (degrees + t²).
 */
export function studentTails(t: number, degrees: number): number {
  if (t === 0) return 1;
  const square = (t * t) / degrees;
  if (square === Infinity) return 0;
  const [a, b] = [degrees / 2, 0.5];
  const front = Math.exp(-a * Math.log1p(square) + b * Math.log(square / (1 + square)) - logBetaHalf(a));
  const x = 1 / (1 + square);
  return x < (a + 1) / (a + b + 2) ? (front / a) * fraction(a, b, x) : 1 - (front / b) * fraction(b, a, 1 - x);
}

/** ln B(a, 1/2). For large a by the series of ln Γ(a + 1/2) − ln Γ(a), as the two logarithms would cancel. */
function logBetaHalf(a: number): number {
  const half = Math.log(Math.PI) / 2;
  if (a < 30) return logGamma(a) + half - logGamma(a + 0.5);
  const inverse = 1 / a;
  const series = -inverse / 8 + inverse ** 3 / 192 - inverse ** 5 / 640 + (17 * inverse ** 7) / 14336;
  return half - (Math.log(a) / 2 + series);
}

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = away(1 - ((a + b) * x) / (a + 1));
  let value = 1 / d;
  d = value;
  for (let m = 1; m < mostTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let factor = 1;
    for (const numerator of [even, odd]) {
      d = 1 / away(1 + numerator * d);
      c = away(1 + numerator / c);
      factor *= d * c;
    }
    value *= factor;
    if (Math.abs(factor - 1) < precision) break;
  }
  return value;
}

function away(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
