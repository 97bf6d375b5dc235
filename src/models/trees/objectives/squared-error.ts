import type { Objective } from './objective';

/** Squared error: gradient f - y, hessian 1, times the row's weight (LightGBM's `regression`). */
export function squaredError(target: Float64Array, weight: Float32Array | null): Objective {
  // LightGBM keeps targets as 32-bit floats.
  const label = Float32Array.from(target);

  function initialScore(): number {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < label.length; row++) {
      const own = weight ? weight[row]! : 1;
      sum += label[row]! * own;
      total += own;
    }
    return sum / total;
  }

  function gradients([score]: Float64Array[], [gradient]: Float32Array[], [hessian]: Float32Array[]): void {
    for (let row = 0; row < label.length; row++) {
      const own = weight ? weight[row]! : 1;
      gradient![row] = Math.fround(score![row]! - label[row]!) * own;
      hessian![row] = own;
    }
  }

  return { text: 'regression', outputs: 1, metric: 'l2', initialScore, needsTraining: () => true, gradients };
}
