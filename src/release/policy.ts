/** What becomes of a retrained version: it is better, it is as good as the newest data allow, or it is worse. */
export type PolicyAnswer = 'DEPLOY' | 'DEPLOY_REFRESH' | 'SKIP';

/**
 * DEPLOY where the deciding figure is no worse than that of the version that serves; DEPLOY_REFRESH where it is worse by
 * `refresh` at most, for the newer data; else SKIP. A figure that is missing is SKIP.
 */
export function releasePolicy(
  lowerIsBetter: boolean,
  before: number | null,
  after: number | null,
  refresh = 0,
): { answer: PolicyAnswer; words: string } {
  if (before === null || after === null) return { answer: 'SKIP', words: 'not comparable' };
  const gain = lowerIsBetter ? before - after : after - before;
  if (gain >= 0) return { answer: 'DEPLOY', words: 'no worse' };
  // Both come of the same arithmetic: a difference in the last digit is none.
  if (gain >= -refresh - 1e-12 && refresh > 0)
    return { answer: 'DEPLOY_REFRESH', words: `fresher, worse by no more than ${refresh}` };
  return { answer: 'SKIP', words: 'worse' };
}
