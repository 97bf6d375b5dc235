import { mainVariant } from '../../pipeline/endpoints/main-variant.js';
import { newestRelease } from '../../pipeline/releasing/stored.js';
import { releaseWay } from '../../project/endpoints.js';
import { releaseState } from '../../release/state.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/**
 * How the release of a project's endpoint stands, in words: under way, interrupted or ended, with what serves now by the
 * endpoint's own answer, and what to do next.
 */
export const showRelease = reads('releases.status', async ({ project, environment, signal }) => {
  const { name } = releaseWay(project.file).to;
  const release = await newestRelease(environment.objects, name, { signal });
  const [info, holder] = await Promise.all([
    environment.endpoints.describe(name, { signal }),
    environment.lease.holder({ signal }),
  ]);
  const serving = info?.serving ?? [];
  const facts = { endpoint: name, status: info?.status, reason: info?.reason ?? info?.drift, serving };
  const stands = releaseState(release, facts, holder);
  return answer('release-status', {
    ...{ endpoint: name, state: stands.state, text: stands.text, next: stands.next },
    ...{ serves: mainVariant(serving)?.modelVersion ?? null, serving, release: release ?? null },
  });
});
