import type { ReleaseDocument } from '../documents/releases/release.js';
import { shareNow } from './next-phase.js';

/** `interrupted`: nobody drives it any more; `stranded`: besides, its endpoint does not answer. */
export type ReleaseStanding = 'none' | 'under way' | 'interrupted' | 'stranded' | 'promoted' | 'rolled back';

interface EndpointNow {
  endpoint: string;
  status: string | undefined;
  reason: string | undefined;
  serving: readonly { modelVersion: string; weight: number }[];
}

const doing: Record<ReleaseDocument['phase'], string> = {
  shifting: 'shifting traffic',
  smoking: 'running the smoke test',
  baking: 'watching',
  promoting: 'making it the only version',
  'rolling-back': 'rolling back',
  ended: 'ended',
};

/** How a release stands: its document, what the endpoint itself says, and whether somebody still drives it. */
export function releaseState(
  release: ReleaseDocument | undefined,
  now: EndpointNow,
  holder: { pid: number; host: string } | undefined,
): { state: ReleaseStanding; text: string; next: string | null } {
  const serves = servesText(now);
  if (release === undefined) return { state: 'none', text: `no release yet; ${serves}`, next: 'mlops release start' };
  const { from, to, endpoint, phase, takenBack } = release;
  const way = `${from ?? 'nothing'} -> ${to} on ${endpoint}`;
  if (phase === 'ended') {
    if (release.outcome === 'promoted') return { state: 'promoted', text: `${way}: promoted; ${serves}`, next: null };
    const why = takenBack === undefined ? '' : ` by ${takenBack.by}: ${takenBack.why}`;
    return { state: 'rolled back', text: `${way}: rolled back${why}; ${serves}`, next: null };
  }
  const share = `${Number((100 * shareNow(release)).toFixed(1))} %`;
  const step = `step ${release.step + 1} of ${release.steps.length}, ${share} of the traffic, ${doing[phase]}`;
  if (holder !== undefined && holder.pid === release.driver?.pid && holder.host === release.driver.host)
    return {
      ...{ state: 'under way', text: `${way}: ${step} (process ${holder.pid} on ${holder.host}); ${serves}` },
      next: 'mlops release stop',
    };
  const fallen = now.serving.length === 0;
  const stopped = `${way}: its process ended at ${step}, so nobody watches it; ${serves}`;
  return {
    state: fallen ? 'stranded' : 'interrupted',
    text: stopped,
    next: `mlops release start (goes on), or mlops release rollback (${from ?? 'nothing'} serves again)`,
  };
}

function servesText({ endpoint, status, reason, serving }: EndpointNow): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  if (status === undefined) return `there is no endpoint ${endpoint}`;
  if (serving.length === 0) return `${endpoint} is ${status}${why}`;
  const total = serving.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const shares = serving.map(
    ({ modelVersion, weight }) => `${modelVersion} ${Number(((100 * weight) / total).toFixed(1))} %`,
  );
  return `${endpoint} serves ${shares.join(', ')}${why}`;
}
