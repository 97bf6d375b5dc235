import { solveSymmetric } from './cholesky.js';
import type { LogisticProblem } from './logistic-problem.js';

export interface Optimum {
  point: Float64Array;
  converged: boolean;
  iterations: number;
  /** Largest entry of the gradient at the point. */
  gradient: number;
}

/**
 * Newton's method with a damped Hessian: where a step does not lower the loss, more of the diagonal is added until it
 * does. Ends when no gradient entry exceeds the tolerance, or when rounding leaves nothing to gain.
 */
export async function newton(
  problem: LogisticProblem,
  tolerance: number,
  maxIterations: number,
  pause: (iteration: number, gradient: number) => Promise<void>,
): Promise<Optimum> {
  let point: Float64Array = new Float64Array(problem.size);
  let loss = problem.loss(point);
  let damping = 0;
  for (let iteration = 0; ; iteration++) {
    const slope = problem.gradient(point);
    const gradient = slope.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    await pause(iteration, gradient);
    if (gradient <= tolerance) return { point, converged: true, iterations: iteration, gradient };
    if (iteration === maxIterations) return { point, converged: false, iterations: iteration, gradient };
    const curvature = problem.hessian();
    const step = takeStep(problem, point, loss, slope, curvature, damping);
    // Nothing lower in sight: the point is as good as doubles allow, but short of the tolerance.
    if (!step) return { point, converged: gradient <= 100 * tolerance, iterations: iteration, gradient };
    ({ point, loss, damping } = step);
  }
}

function takeStep(
  problem: LogisticProblem,
  point: Float64Array,
  loss: number,
  slope: Float64Array,
  curvature: Float64Array[],
  startDamping: number,
) {
  for (let damping = startDamping, tries = 0; tries < 40; tries++) {
    const damped = curvature.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) + 1e-300 : value)));
    const move = solveSymmetric(damped, slope);
    const next = point.map((value, i) => value - move[i]!);
    const nextLoss = problem.loss(next);
    const drop = slope.reduce((sum, value, i) => sum + value * move[i]!, 0);
    // At the bottom losses differ by rounding only; a step that small is taken on the gradient's word.
    if (nextLoss <= loss || (damping === 0 && drop < 1e-12 * Math.abs(loss) && nextLoss <= loss * (1 + 1e-12)))
      return { point: next, loss: nextLoss, damping: damping < 1e-6 ? 0 : damping / 10 };
    damping = damping === 0 ? 1e-4 : damping * 4;
  }
  return null;
}
