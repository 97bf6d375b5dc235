import { messageOf } from '../../common/errors.js';
import { evaluationSchema } from '../../documents/evaluation.js';
import { keys } from '../../documents/keys.js';
import { searchResultsSchema, type SearchResults } from '../../documents/search-results.js';
import { BUNDLE_FILES } from '../../models/bundle/bundle-files.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { mlflowRest } from '../mlflow/rest.js';
import type { StageContext } from '../stage.js';
import { readDocument } from '../store.js';
import { mlflowStore, type KeptRun, type MlflowStore } from './mlflow-store.js';
import { modelArtifacts } from './model-artifacts.js';
import { candidateRun, trialRuns, type TrackedRun } from './tracked-run.js';
import { trackingWish, type TrackingWish } from './tracking-wish.js';

/** A server that is this slow is given up: what a run learned lies in its own store already. */
const longestMs = 300_000;
/** So many trials are told at a time. */
const atATime = 4;

/**
 * Tells an MLflow server, where one is named, of a version that was registered: the trials of its searches, every
 * candidate with its figures, the files of the chosen one, and the registered model with its alias: `champion` for one
 * that is approved, `challenger` for any other. What fails is told and never fails the run. What it was told already is
 * not told again.
 */
export async function trackVersion(context: StageContext, model: ModelVersion, approved: boolean): Promise<void> {
  const { report, project, signal, inContainer } = context;
  // The variables that name a server are those of who began the job.
  if (inContainer === true) return;
  try {
    const wish = trackingWish(project.file, process.env);
    if (typeof wish === 'string') report.message('info', `MLflow: ${wish}; trials are kept here alone`);
    else if (wish !== undefined) report.message('info', `MLflow: ${await tell(context, wish, model, approved)}`);
  } catch (error) {
    signal.throwIfAborted();
    report.message('warning', `${messageOf(error)}; nothing is lost: trials and ${model.version} lie in the bucket`);
  }
}

/** @returns in words what the server has now */
async function tell(
  context: StageContext,
  { server, experiment }: TrackingWish,
  model: ModelVersion,
  approved: boolean,
): Promise<string> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(longestMs)]);
  const store = await mlflowStore(mlflowRest(server, signal), experiment);
  const known = { 'mlops.version': model.version, 'mlops.sha256': model.sha256, 'mlops.chosen': 'True' };
  if ((await store.ended(known)).length > 0) return `${server.base} knows ${model.version} already`;
  const { candidates, boards } = await learnedIn(context, model);
  let trials = 0;
  let said = '';
  for (const { run, board, chosen } of candidates) {
    const kept = await store.begin(run);
    try {
      if (board !== undefined) trials += await tellTrials(store, board, kept);
      if (chosen) said = await tellModel(context, { store, server: mlflowRest(server, signal), kept }, model, approved);
      await store.end(kept, run.status, run.endedAt);
    } catch (error) {
      await store.end(kept, 'FAILED', Date.now()).catch(() => undefined);
      throw error;
    }
  }
  const tried = boards === 0 ? '' : `, ${trials} new trials`;
  return `${server.base}, experiment ${experiment}: ${candidates.length} candidates${tried}; ${said}`;
}

async function learnedIn({ environment, project }: StageContext, model: ModelVersion) {
  const evaluation = (await readDocument(environment.objects, keys.evaluation(model.version), evaluationSchema))!;
  const candidates = await Promise.all(
    evaluation.models.map(async (judged) => {
      const candidate = project.file.model.candidates.find(({ name }) => name === judged.name);
      const board = candidate?.search === undefined ? undefined : await boardOf(environment.objects, judged.name);
      const chosen = judged.name === evaluation.chosen;
      return { board, chosen, run: candidateRun(judged, { model, chosen, candidate, board }) };
    }),
  );
  return { candidates, boards: candidates.filter(({ board }) => board !== undefined).length };
}

async function boardOf(objects: StageContext['environment']['objects'], name: string) {
  const board = await readDocument(objects, keys.searchResults(name), searchResultsSchema);
  return board?.status === 'finished' ? board : undefined;
}

/** @returns how many the server did not know yet */
async function tellTrials(store: MlflowStore, board: SearchResults, parent: KeptRun): Promise<number> {
  const known = await store.ended({ 'mlops.search': board.fingerprint ?? '' });
  const there = new Set(known.map((tags) => tags['mlops.trial']));
  const left = trialRuns(board).filter(({ tags }) => !there.has(tags['mlops.trial']));
  const count = left.length;
  const one = async (run: TrackedRun) => {
    const tags = { ...run.tags, 'mlflow.parentRunId': parent.id };
    await store.end(await store.begin({ ...run, tags }), run.status, run.endedAt);
  };
  const worker = async () => {
    for (let run = left.shift(); run !== undefined; run = left.shift()) await one(run);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return count;
}

interface Place {
  store: MlflowStore;
  server: ReturnType<typeof mlflowRest>;
  kept: KeptRun;
}

/** The files first: a version that stands in a registry has them. */
async function tellModel(
  { environment, project }: StageContext,
  { store, server, kept }: Place,
  model: ModelVersion,
  approved: boolean,
): Promise<string> {
  if (kept.artifacts === undefined)
    return `it keeps files in ${kept.uri.replace(/\/.*/, '')}, which it does not hand out, so ${model.version} is not registered there; start it with --serve-artifacts`;
  const files: Record<string, Uint8Array> = {};
  for (const name of BUNDLE_FILES) {
    const bytes = await environment.objects.read(`${model.artifacts}${name}`);
    if (bytes !== undefined) files[name] = bytes;
  }
  const artifacts = modelArtifacts(files, { runId: kept.id, createdAt: model.createdAt });
  for (const [name, body] of Object.entries(artifacts)) await server.giveArtifact(`${kept.artifacts}/${name}`, body);
  const name = project.file.name;
  const tags = { 'mlops.version': model.version, 'mlops.sha256': model.sha256 };
  const version = await store.register(name, kept, { description: model.description, tags });
  const alias = approved ? 'champion' : 'challenger';
  await store.point(name, alias, version);
  return `${model.version} is models:/${name}@${alias}, version ${version}`;
}
