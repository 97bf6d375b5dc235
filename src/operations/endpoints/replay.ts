import { outsidePlace } from '../../pipeline/evaluating/scored-of.js';
import { mustHaveVersion } from '../../pipeline/batches/judging-version.js';
import { replay, type ReplayWish } from '../../pipeline/endpoints/replay.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

export type ReplayAsked = Omit<ReplayWish, 'endpoint'> & { name: string };

/** What a version would have answered to the newest captured requests of an endpoint, and where that differs. */
export const replayEndpoint = reads('endpoints.replay', async (at, { name, version, ...wish }: ReplayAsked) => {
  const { environment, project, signal, progress } = at;
  const asked = { ...wish, endpoint: name, version: await mustHaveVersion(at, version) };
  if (environment.kind === 'aws') progress('replays on this machine: no endpoint is asked, and no machine is paid for');
  // Refused as the endpoint refuses it.
  const place = { ...outsidePlace({ folder: project.folder, log: progress, signal }), gaps: false };
  const found = await replay(environment, asked, { signal, progress, place });
  return answer('replay', { name, ...wish, version: asked.version, ...found });
});

export type ReplayDocument = Awaited<ReturnType<(typeof replayEndpoint)['run']>>;
