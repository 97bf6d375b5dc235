import type { LogisticProblem } from './logistic-problem.js';
import type { Optimum } from './newton.js';

/**
 * Minimises a smooth loss plus `penalty[j] * |point[j]|` by Newton steps, each on a quadratic model that is solved one
 * coordinate at a time (glmnet's method), so that coefficients become exactly 0.
 */
export async function lassoNewton(
  problem: LogisticProblem,
  penalty: Float64Array,
  tolerance: number,
  maxIterations: number,
  pause: (iteration: number, gradient: number) => Promise<void>,
): Promise<Optimum> {
  let point: Float64Array = new Float64Array(problem.size);
  const total = (at: Float64Array) =>
    problem.loss(at) + at.reduce((sum, value, j) => sum + penalty[j]! * Math.abs(value), 0);
  let loss = total(point);
  for (let iteration = 0; ; iteration++) {
    const slope = problem.gradient(point);
    const gradient = largestSubgradient(slope, point, penalty);
    await pause(iteration, gradient);
    if (gradient <= tolerance) return { point, converged: true, iterations: iteration, gradient };
    if (iteration === maxIterations) return { point, converged: false, iterations: iteration, gradient };
    const move = solveModel(slope, problem.hessian(), point, penalty, tolerance);
    const next = shorten(total, point, move, loss);
    if (!next) return { point, converged: gradient <= 100 * tolerance, iterations: iteration, gradient };
    ({ point, loss } = next);
  }
}

/** How far the point is from the optimum's condition, in its worst coordinate. */
function largestSubgradient(slope: Float64Array, point: Float64Array, penalty: Float64Array): number {
  return slope.reduce((most, value, j) => {
    const own =
      point[j] === 0
        ? Math.max(0, Math.abs(value) - penalty[j]!)
        : Math.abs(value + Math.sign(point[j]!) * penalty[j]!);
    return Math.max(most, own);
  }, 0);
}

/** The step that minimises slope · step + step · H · step / 2 + penalty, by coordinate descent. */
function solveModel(
  slope: Float64Array,
  hessian: Float64Array[],
  point: Float64Array,
  penalty: Float64Array,
  tolerance: number,
): Float64Array {
  const step = new Float64Array(point.length);
  const rest = slope.slice();
  for (let sweep = 0; sweep < 10000; sweep++) {
    let most = 0;
    for (let j = 0; j < step.length; j++) {
      const curvature = hessian[j]![j]!;
      if (!(curvature > 0)) continue;
      const now = point[j]! + step[j]!;
      const target = now - rest[j]! / curvature;
      const bound = penalty[j]! / curvature;
      const change = Math.sign(target) * Math.max(0, Math.abs(target) - bound) - now;
      if (change === 0) continue;
      step[j]! += change;
      for (let k = 0; k < rest.length; k++) rest[k]! += change * hessian[j]![k]!;
      most = Math.max(most, Math.abs(change) * curvature);
    }
    if (most <= tolerance / 10) break;
  }
  return step;
}

function shorten(total: (at: Float64Array) => number, point: Float64Array, move: Float64Array, loss: number) {
  for (let share = 1; share > 1e-12; share /= 2) {
    const next = point.map((value, j) => value + share * move[j]!);
    const nextLoss = total(next);
    if (nextLoss <= loss * (1 + 1e-15)) return { point: next, loss: nextLoss };
  }
  return null;
}
