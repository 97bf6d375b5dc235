const EPSILON = Number.EPSILON;

export interface ProbabilityLoss {
  log_loss: number | null;
  brier: number | null;
  reason: string | null;
}

/**
 * Log loss with probabilities clipped to [eps, 1 - eps], eps = 2.2e-16 (scikit-learn >= 1.5), and the Brier score
 * mean((p - y)²). Both are null, with the reason, where a score is no probability.
 */
export function probabilityLoss(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights?: ArrayLike<number>,
): ProbabilityLoss {
  let total = 0;
  let log = 0;
  let square = 0;
  for (let row = 0; row < labels.length; row++) {
    const p = scores[row]!;
    if (!(p >= 0 && p <= 1))
      return { log_loss: null, brier: null, reason: `score of row ${row + 1} is ${p}, not a probability` };
    const weight = weights ? weights[row]! : 1;
    const clipped = Math.min(Math.max(p, EPSILON), 1 - EPSILON);
    total += weight;
    log -= weight * Math.log(labels[row] === 1 ? clipped : 1 - clipped);
    square += weight * (p - labels[row]!) ** 2;
  }
  if (total <= 0) return { log_loss: null, brier: null, reason: 'no rows' };
  return { log_loss: log / total, brier: square / total, reason: null };
}
