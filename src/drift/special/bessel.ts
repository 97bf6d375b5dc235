const step = 1 / 8;

/**
 * e^x K_ν(x), the modified Bessel function of the second kind without its exponential fall, for x > 0.
 * Source: ∫ exp(−x (cosh t − 1)) cosh(νt) dt over t ≥ 0, by the trapezoid rule, which is exact to rounding here.
 */
export function scaledBesselK(order: number, x: number): number {
  let sum = 0.5;
  for (let n = 1; ; n += 1) {
    const t = n * step;
    // cosh t − 1 without cancellation.
    const term = Math.exp(-2 * x * Math.sinh(t / 2) ** 2) * Math.cosh(order * t);
    sum += term;
    if (term < 1e-18 * sum) return sum * step;
  }
}
