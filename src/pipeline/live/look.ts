import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { insideState, stateFolder } from '../../common/inside.js';
import type { Environment } from '../../platform/ports/environment.js';
import { secondsOf } from '../../project/duration.js';
import { loadProject } from '../../project/load.js';
import type { Live } from '../../project/live/live-schema.js';
import type { Project } from '../../project/schema.js';
import { holdingLease } from '../holding-lease.js';
import { ingest } from '../stages/ingest.js';
import type { StageContext } from '../stage.js';
import { askRows } from './ask-rows.js';
import { backfill, outcomesSince, pendingMoments } from './backfill.js';
import { drawMap } from './draw-map.js';
import { figuresOf } from './figures.js';
import { inferenceKey, stampOfMoment, writeLines, type Prediction } from './kept.js';
import { newestRows } from './newest-rows.js';
import { publish } from './publish.js';

/** Where no version says from which risk on something is called. */
const usualThreshold = 0.5;

interface Looking {
  project: Project;
  environment: Environment;
  live: Live;
}

/**
 * Takes in what is new, asks the endpoint about the newest rows, joins earlier predictions with their labels, and puts
 * metrics and the map. What was asked about once is not asked again.
 * @returns what came of it in one line; undefined where nothing is new
 */
export async function lookLive(at: Looking, now: Date, signal: AbortSignal): Promise<string | undefined> {
  const { environment, live } = at;
  const project = await loadProject(at.project.folder);
  const { name } = project.file.endpoint;
  const endpoint = await environment.endpoints.describe(name, { signal });
  if (endpoint?.status !== 'InService')
    return `waits for endpoint ${name}: ${endpoint?.status ?? 'none yet, run: mlops run'}`;
  const writers = environment.writers('live predictions');
  const scratch = insideState(join(project.folder, stateFolder, 'scratch', `live-${environment.name}`));
  await mkdir(scratch, { recursive: true });
  const context: StageContext = {
    ...{ project, environment, writers, signal, scratch, now, runId: `live-${stampOfMoment(now)}` },
    report: { progress: () => undefined, message: () => undefined },
    options: {
      ...{ sources: {}, force: false, acceptPartial: true, forceRetrain: false, forceSkipRetrain: false, reason: null },
    },
  };
  try {
    await holdingLease(writers, 'take in the newest rows', { signal }, async () => {
      const inputs = await ingest.inputs(context);
      await ingest.run(context, { inputs, fingerprint: '', last: undefined });
    });
    return await ask(context, live);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function ask(context: StageContext, live: Live): Promise<string | undefined> {
  const { project, environment, writers, signal, now } = context;
  const windowMs = secondsOf(live.window) * 1000;
  // What waits longer than the window never had its label.
  const pending = await pendingMoments(context, new Date(0));
  const last = pending.at(-1);
  const recent = pending.filter((one) => one.getTime() > last!.getTime() - windowMs);
  const found = await newestRows(
    context,
    recent.map((one) => String(one.getTime())),
  );
  if (found === undefined) return undefined;
  const matured = new Date(found.at.getTime() - secondsOf(live.matures) * 1000);
  const judged = await backfill(context, recent, { labels: found.labels, matured });
  const isNew = last === undefined || found.at > last;
  const { asked, threshold } = isNew
    ? await askRows(environment.endpoints, project.file.endpoint.name, found.rows, signal)
    : { asked: [], threshold: null };
  const answered = asked.filter(({ risk }) => risk !== null).length;
  const time = found.at.toISOString();
  const lines = asked.map(({ id, risk, features }): Prediction & object => ({
    inference_id: id,
    time,
    risk,
    threshold,
    ...features,
  }));
  if (answered > 0) await writeLines({ objects: writers.objects, signal }, inferenceKey(found.at), lines);
  const outcomes = await outcomesSince(context, new Date(found.at.getTime() - windowMs));
  const called = threshold ?? outcomes.at(-1)?.threshold ?? usualThreshold;
  const figures = figuresOf(outcomes, called);
  await publish(context, live, { figures, predicted: answered > 0, at: now });
  if (live.map !== undefined && answered > 0)
    await drawMap(context, { ...live, map: live.map }, { asked, at: found.at, threshold, figures });
  if (!isNew && judged === 0) return undefined;
  const said = [
    ...(isNew ? [`${answered} of ${asked.length} rows of ${time} answered by ${project.file.endpoint.name}`] : []),
    ...(judged === 0
      ? []
      : [`${judged} earlier ${judged === 1 ? 'moment has its labels' : 'moments have their labels'}`]),
    ...figures.map(({ name, value }) => `${name} ${Number(value.toPrecision(4))}`),
  ];
  return said.join(', ');
}
