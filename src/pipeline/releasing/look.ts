import type { ReleaseDocument, Watched } from '../../documents/releases/release.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import { looksLikeRule, readLiveRule } from '../../project/rules/live-rule.js';
import { watchRule, type VariantSeen } from '../../release/watch.js';
import { watchAlarm } from './alarms.js';
import { scoresOf, type Scores } from './scores.js';

/** Where the version before has no traffic any more, what it did in the hour before the release stands for it. */
const beforeMs = 3600_000;
const percentiles = ['p50', 'p90', 'p95', 'p99'] as const;

/** What the step that is watched has shown so far: requests of the new version, and what each rule and alarm says. */
export async function lookAtStep(
  environment: Environment,
  release: ReleaseDocument,
  now: Date,
  options: CallOptions,
): Promise<{ requests: number; watched: Watched[] }> {
  const begin = new Date(release.since);
  const shares = release.steps[release.step]! < 1;
  const beginBefore = shares ? begin : new Date(Date.parse(release.startedAt) - beforeMs);
  const [candidate, baseline] = await Promise.all([
    variantSeen(environment, release, release.candidate, { from: begin, to: now }, options),
    variantSeen(environment, release, release.baseline, { from: beginBefore, to: now }, options),
  ]);
  const compared = comparable(candidate.scores, baseline.scores);
  const both = {
    candidate: { ...candidate, scores: compared[0] },
    baseline: { ...baseline, scores: compared[1] },
  };
  const watched: Watched[] = [];
  for (const word of release.rollbackOn) {
    const read = looksLikeRule(word) ? readLiveRule(word) : undefined;
    if (read === undefined) watched.push(await watchAlarm(environment, release, word, now, options));
    else if ('rule' in read) watched.push(watchRule(read.rule, both, release.requests));
  }
  return { requests: candidate.requests, watched };
}

interface Span {
  from: Date;
  to: Date;
}

async function variantSeen(
  environment: Environment,
  { endpoint, rollbackOn }: ReleaseDocument,
  variant: string,
  span: Span,
  options: CallOptions,
): Promise<Omit<VariantSeen, 'scores'> & { scores: Scores }> {
  const period =
    [60, 300, 3600, 86_400].find((seconds) => seconds * 1000 >= span.to.getTime() - span.from.getTime()) ?? 86_400;
  const query = (metric: string, statistic: string, seconds: number) =>
    environment.metrics.query(
      {
        ...{ namespace: 'AWS/SageMaker', metric, statistic, period: seconds },
        ...{ dimensions: { EndpointName: endpoint, VariantName: variant }, ...widened(span) },
      },
      options,
    );
  const sum = async (metric: string) => (await query(metric, 'Sum', 60)).reduce((total, { value }) => total + value, 0);
  const asked = percentiles.filter((name) => rollbackOn.some((word) => word.startsWith(`latency_${name}`)));
  const latency: Record<string, number | undefined> = {};
  for (const name of asked) {
    const points = await query('ModelLatency', name, period);
    // Microseconds; a span over the border of two periods has a point of each.
    latency[`latency_${name}`] = points.length === 0 ? undefined : Math.max(...points.map(({ value }) => value)) / 1000;
  }
  const [requests, refused, failed] = await Promise.all(
    ['Invocations', 'Invocation4XXErrors', 'Invocation5XXErrors'].map(sum),
  );
  const scores = rollbackOn.some((word) => word.startsWith('score_'))
    ? await scoresOf(environment.objects, { endpoint, variant, ...span }, options)
    : [];
  return { requests: requests!, refused: refused!, failed: failed!, latency, scores };
}

/** Metrics are kept by the minute: the one that has begun counts as a whole. */
function widened({ from, to }: Span): Span {
  return { from: new Date(Math.floor(from.getTime() / 60_000) * 60_000), to: new Date(to.getTime() + 1) };
}

/** Scores as numbers that can be compared: of classes the place of the predicted one, and within it how sure it is. */
function comparable(left: Scores, right: Scores): [number[], number[]] {
  const named = (scores: Scores) =>
    scores.flatMap(({ predicted, by }) => (by === 'label' && predicted !== null ? [predicted] : []));
  const names = [...new Set([...named(left), ...named(right)])].sort();
  const value = ({ score, predicted, by }: Scores[number]) => {
    if (by !== 'label' || predicted === null) return score;
    const sure = Number.isFinite(score) ? Math.min(Math.max(score, 0), 0.999) : 0.5;
    return names.indexOf(predicted) + sure;
  };
  return [left.map(value), right.map(value)];
}
