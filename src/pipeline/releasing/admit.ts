import type { Admission, AdmissionCheckResult } from '../../documents/releases/admission.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import { releaseWay } from '../../project/endpoints.js';
import { secondsOf } from '../../project/duration.js';
import type { FigureCheck, MetricCheck } from '../../project/parts/release-schema.js';
import { parseRule } from '../../project/rules/rule.js';
import {
  judgeFigure,
  judgeMetric,
  statisticOf,
  windowOf,
  withWaiver,
  type FigureSeen,
} from '../../release/admission.js';
import { mainVariant } from '../endpoints/main-variant.js';
import { readOverrides } from '../overrides.js';
import { newestResults } from '../stored-results.js';
import type { ReleaseAt } from './releasing.js';

/**
 * Whether what serves where a version proves itself may go on to where a release leads, check by check. Nothing is changed,
 * and nothing that is missing counts as healthy.
 */
export async function admit(at: ReleaseAt, now: Date, options: CallOptions): Promise<Admission> {
  const { project, environment } = at;
  const { from, to } = releaseWay(project.file);
  const endpoint = (from ?? to).name;
  const info = await environment.endpoints.describe(endpoint, options);
  const version = mainVariant(info?.serving ?? [])?.modelVersion ?? null;
  const { waivers } = await readOverrides(environment);
  const checks: AdmissionCheckResult[] = [];
  for (const check of project.file.release?.admit ?? []) {
    const result =
      'metric' in check
        ? judgeMetric(check, await pointsOf(at, endpoint, check, now, options), now)
        : judgeFigure(check, await figureSeen(at, version, check, now), now);
    checks.push(withWaiver(result, check, waivers, now));
  }
  const failed = checks.filter(({ status }) => status === 'fail');
  // Where a version proves itself on an endpoint of its own, it must be there to be admitted.
  const nobody =
    from !== undefined && version === null ? `${endpoint} does not answer, so nothing proves itself there` : undefined;
  const admitted = failed.length === 0 && nobody === undefined;
  const why = nobody ?? (admitted ? whyAdmitted(checks) : failed.map(({ id, why: one }) => `${id}: ${one}`).join('; '));
  return {
    ...{ kind: 'admission', schemaVersion: 1, at: now.toISOString(), environment: environment.name },
    ...{ endpoint, version, admitted, why, checks },
  };
}

function whyAdmitted(checks: readonly AdmissionCheckResult[]): string {
  if (checks.length === 0) return 'the project asks for no check';
  const waived = checks.filter(({ status }) => status === 'waived').length;
  return `${checks.length - waived} of ${checks.length} checks passed${waived === 0 ? '' : `, ${waived} waived`}`;
}

function pointsOf({ environment }: ReleaseAt, endpoint: string, check: MetricCheck, now: Date, options: CallOptions) {
  const own: Record<string, string> = { EndpointName: endpoint };
  if (check.namespace === 'AWS/SageMaker') own.VariantName = 'AllTraffic';
  const { from, to } = windowOf(check, now);
  return environment.metrics.query(
    {
      ...{ namespace: check.namespace, metric: check.metric, statistic: statisticOf(check) },
      ...{ dimensions: check.dimensions ?? own, period: secondsOf(check.period) },
      ...{ from: new Date(from), to: new Date(to) },
    },
    options,
  );
}

async function figureSeen(
  { environment }: ReleaseAt,
  version: string | null,
  check: FigureCheck,
  now: Date,
): Promise<FigureSeen> {
  const found = (await newestResults(environment, ({ batch }) => batch === undefined))?.results;
  const { from } = windowOf(check, now);
  if (found === undefined) return { missing: 'no verdict yet; run: mlops monitor' };
  const { modelVersion, run_timestamp: at, metrics, n } = found;
  if (modelVersion !== version)
    return { missing: `the newest verdict is on ${modelVersion}, not on ${version ?? 'nothing'}` };
  if (Date.parse(at) < Date.parse(from))
    return { missing: `the newest verdict is of ${at}, older than ${check.window}` };
  return { value: figureIn(metrics, check), n, at };
}

const figureIn = (metrics: Readonly<Record<string, number | null>>, { rule }: FigureCheck): number | null =>
  metrics[parseRule(rule).figure] ?? null;
