import { DamagedFile, messageOf } from '../../common/errors.js';
import { keys } from '../../documents/keys.js';
import { activeOverrides, activeWaivers, type Override, type Waiver } from '../../documents/ledger.js';
import {
  stageNames,
  stageStateSchema,
  type Run,
  type RunFigures,
  type StageFailure,
  type StageName,
} from '../../documents/run.js';
import type { Decision, Verdict } from '../../documents/gates/verdict.js';
import type { AlarmState } from '../../platform/ports/alarms.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';
import { collect } from '../../platform/ports/pages.js';
import type { ProjectFile } from '../../project/schema.js';
import { canBeLeftOut, lookAtEach } from '../look-at-each.js';
import { findAlarms } from '../project-alarms.js';
import { newestResults } from '../stored-results.js';
import { readOverrides } from '../overrides.js';
import { readRun, runIds } from '../run-record.js';
import { readDocument } from '../store.js';

export interface StageStatus {
  name: StageName;
  finishedAt: string | null;
  summary: string | null;
  /** What it counted and measured. */
  figures: RunFigures;
  runId: string | null;
  /** How it failed since then. */
  failure: StageFailure | null;
  /** What it could not take in, a line each. */
  damage: string[];
}

/** Everything that answers "is everything well?", read fresh. Used by `mlops status` and by the sidebar. */
export interface Status {
  project: string;
  environment: string;
  /** Where that is in AWS; null on this machine, and where it is not known. */
  account: string | null;
  region: string | null;
  readOnly: boolean;
  stages: StageStatus[];
  lastRun: Run | null;
  running: Run | null;
  verdict: Verdict | null;
  /** Why there is none although there are results: the newest cannot be read. */
  verdictReason: string | null;
  decision: Decision | null;
  verdictAt: string | null;
  /** The run that came to it. Runs are ordered by their ids, never by a clock. */
  verdictRunId: string | null;
  /** What a person must know before trusting the verdict. */
  verdictNotes: string[];
  /** The version that was judged. */
  judgedVersion: string | null;
  endpoints: EndpointInfo[];
  alarms: AlarmState[];
  overrides: Override[];
  /** Gates whose failure counts as a warning for now. */
  waivers: Waiver[];
  /** Parts that could not be looked at, and why: a missing right blanks nothing else. */
  unknown: { part: string; reason: string }[];
}

export async function readStatus(file: ProjectFile, environment: Environment, now: Date): Promise<Status> {
  const unknown: Status['unknown'] = [];
  const failures: unknown[] = [];
  const part = async <Value>(name: string, look: () => Promise<Value>, otherwise: Value): Promise<Value> => {
    try {
      return await look();
    } catch (error) {
      if (!canBeLeftOut(error)) throw error;
      failures.push(error);
      unknown.push({ part: name, reason: messageOf(error) });
      return otherwise;
    }
  };
  const never = stageNames.map((name) => ({
    name,
    finishedAt: null,
    summary: null,
    figures: {},
    runId: null,
    damage: [],
    failure: null,
  }));
  const damaged = (error: DamagedFile) => unknown.push({ part: error.file, reason: `${error.found}; ${error.helps}` });
  const look = () => Promise.all(stageNames.map((name) => stageStatus(environment, name, damaged)));
  const stages = await part<StageStatus[]>('stages', look, never);
  const lastRun = await part('runs', () => newestRun(environment), null);
  const { results, reason } = await part('verdict', () => newestVerdict(environment), {
    ...{ results: undefined, reason: null },
  });
  const stored = await part('overrides and waivers', () => readOverrides(environment), undefined);
  const { found: endpoints, leftOut } = await part('endpoints', () => endpointsOf(environment), {
    found: [],
    leftOut: [],
  });
  for (const { name, error } of leftOut) unknown.push({ part: `endpoint ${name}`, reason: messageOf(error) });
  const alarms = await part('alarms', async () => (await findAlarms(file, environment)).ours, []);
  // Where nothing at all can be looked at, that is the answer.
  if (failures.length === 6) throw failures[0];
  const account = await part('account', async () => (await environment.account?.()) ?? null, null);
  return {
    project: file.name,
    environment: environment.name,
    account,
    region: environment.region ?? null,
    readOnly: environment.readOnly,
    stages,
    lastRun,
    running: lastRun?.status === 'running' ? lastRun : null,
    verdict: results?.verdict ?? null,
    verdictReason: reason,
    decision: results?.decision ?? null,
    verdictAt: results?.run_timestamp ?? null,
    verdictNotes: results?.notes ?? [],
    verdictRunId: results?.runId ?? null,
    judgedVersion: results?.modelVersion ?? null,
    endpoints,
    alarms,
    overrides: stored === undefined ? [] : activeOverrides(stored, now),
    waivers: stored === undefined ? [] : activeWaivers(stored.waivers, now),
    unknown,
  };
}

async function newestRun(environment: Environment): Promise<Run | null> {
  const newest = (await runIds(environment))[0];
  return newest === undefined ? null : ((await readRun(environment, newest)) ?? null);
}

/** A damaged file must not keep a person from seeing how the rest is. */
async function newestVerdict(environment: Environment) {
  try {
    return { results: (await newestResults(environment))?.results, reason: null };
  } catch (error) {
    if (error instanceof DamagedFile) return { results: undefined, reason: error.message };
    throw error;
  }
}

async function stageStatus(
  environment: Environment,
  name: StageName,
  damaged: (error: DamagedFile) => void,
): Promise<StageStatus> {
  const reading = readDocument(environment.objects, keys.stageState(name), stageStateSchema);
  const state = await reading.catch((error: unknown) => {
    // It counts as not run: the next run makes it anew.
    if (!(error instanceof DamagedFile)) throw error;
    damaged(error);
    return undefined;
  });
  const summary = state?.figures.summary;
  return {
    name,
    finishedAt: state?.finishedAt ?? null,
    summary: typeof summary === 'string' ? summary : null,
    figures: state?.figures ?? {},
    runId: state?.runId ?? null,
    failure: state?.failure ?? null,
    damage: state?.damage ?? [],
  };
}

async function endpointsOf(environment: Environment) {
  const names = await collect((page) => environment.endpoints.list(page));
  // In an account others have endpoints too, and hundreds of them.
  const own = names.filter(({ ours }) => ours).map(({ name }) => name);
  return lookAtEach<EndpointInfo>(own, (name) => environment.endpoints.describe(name));
}
