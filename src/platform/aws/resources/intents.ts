import { messageOf, WorkbenchError } from '../../../common/errors.js';
import type { Intent, IntentReader, Obstacle } from '../../ports/intents.js';
import { changedAlarms } from '../alarms/alarm-writer.js';
import { noImage } from '../endpoints/endpoint-models.js';
import { causeOf, isMissing } from '../account/explain.js';
import { groupHere } from '../features/features.js';
import { bucketOf } from '../storage/objects.js';
import { whoseObject } from '../ownership/object-ownership.js';
import { whoseIs, whyNot } from '../ownership/ownership.js';
import { packageOf } from '../models/registry.js';
import { roleOf } from '../account/settings.js';
import type { Account } from '../account/place.js';
import type { Thing } from '../ownership/whose.js';

/**
 * What would stop a write half-way, all at once: property of others, and what nobody has set. Rights are not among it:
 * what may be written is known only by writing (`doctor` asks the simulator).
 */
export function intentReader(account: Account): IntentReader {
  return {
    async obstacles(intent, { signal } = {}) {
      const things = [...thingsOf(account, intent), ...(await alarmsOf(account, intent, signal))];
      const whose = await Promise.all(things.map((thing) => whoseIs(account, thing, signal)));
      const others = things.map((thing, at) => whyNot(account, thing, whose[at])?.message);
      const isAbsent = (kind: Thing['kind']) => things.some((one, at) => one.kind === kind && whose[at] === undefined);
      const missing = [
        await bucketProblem(account, signal),
        ...things.map(nameProblem),
        intent.endpoint !== undefined || isAbsent('feature-group') ? said(() => roleOf(account.settings)) : undefined,
        await imageProblem(account, intent, signal),
        intent.endpoint === undefined ? undefined : await machineProblem(account),
      ];
      return [
        ...obstaclesOf('others', [...others, ...(await expiryProblems(account, intent, signal))]),
        ...obstaclesOf('missing', missing),
      ];
    },
  };
}

function obstaclesOf(kind: Obstacle['kind'], texts: readonly (string | undefined)[]): Obstacle[] {
  return texts.flatMap((text) => (text === undefined ? [] : [{ kind, text }]));
}

function thingsOf(account: Account, intent: Intent): Thing[] {
  const { featureGroups = [], modelGroup, dashboards = [], pipeline, endpoint, expires } = intent;
  const watched = expires?.capturedBy;
  return [
    ...featureGroups.map((name): Thing => ({ kind: 'feature-group', name: groupHere(account, name) })),
    ...(modelGroup === undefined ? [] : [{ kind: 'model-group', name: modelGroup } as const]),
    ...(endpoint === undefined ? [] : [{ kind: 'endpoint', name: endpoint.name } as const]),
    ...(watched === undefined ? [] : [{ kind: 'endpoint', name: watched } as const]),
    ...(pipeline === undefined ? [] : [{ kind: 'pipeline', name: pipeline } as const]),
    ...dashboards.map((name): Thing => ({ kind: 'dashboard', name })),
  ];
}

async function alarmsOf(account: Account, { alarms = [] }: Intent, signal?: AbortSignal): Promise<Thing[]> {
  const names = alarms.length === 0 ? [] : await changedAlarms(account, alarms, signal);
  return names.map((name) => ({ kind: 'alarm', name }));
}

/** So many objects of a folder tell whose it is: looking at each of many thousands takes too long. */
const looked = 100;

/** A rule deletes whatever lies below its prefix, also what others wrote. */
function expiryProblems(account: Account, { expires }: Intent, signal?: AbortSignal): Promise<(string | undefined)[]> {
  const bucket = bucketOf(account);
  const problemOf = async (Prefix: string) => {
    const s3 = await account.clients.s3();
    const request = { Bucket: bucket, Prefix, MaxKeys: looked };
    const { Contents = [] } = await s3.listObjectsV2(request, { abortSignal: signal });
    const keys = Contents.map(({ Key = '' }) => Key);
    const whose = await Promise.all(keys.map((key) => whoseObject(account, { bucket, key }, signal)));
    const theirs = keys.find((_, at) => whose[at] !== undefined && whose[at].whose.is !== 'ours');
    if (theirs === undefined) return undefined;
    return `lifecycle: ${theirs} was not written by this project in this environment, and the rule on ${Prefix} would delete it; give the environment a bucket of its own`;
  };
  return Promise.all((expires?.prefixes ?? []).map(problemOf));
}

/** The longest names that the services take. Source: the patterns in the API's reference. */
const longest: Partial<Record<Thing['kind'], number>> = {
  'feature-group': 64,
  'model-group': 63,
  endpoint: 63,
  pipeline: 256,
  dashboard: 255,
};

function nameProblem({ kind, name }: Thing): string | undefined {
  const most = longest[kind];
  if (most === undefined) return undefined;
  const dashed = kind === 'dashboard' ? /^[\w-]+$/ : /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;
  const letters = kind === 'feature-group' ? /^[a-zA-Z0-9]([_-]*[a-zA-Z0-9])*$/ : dashed;
  if (name.length <= most && letters.test(name)) return undefined;
  return `${kind} ${name}: found a name of ${name.length} characters, expected at most ${most} letters, digits and dashes`;
}

async function bucketProblem(account: Account, abortSignal?: AbortSignal): Promise<string | undefined> {
  const none = said(() => bucketOf(account));
  if (none !== undefined) return none;
  const Bucket = bucketOf(account);
  const s3 = await account.clients.s3();
  try {
    await s3.headBucket({ Bucket }, { abortSignal });
    return undefined;
  } catch (error) {
    // Who may not ask may write all the same.
    if (!isMissing(error) && causeOf(error).name !== 'NoSuchBucket') return undefined;
    return `environment ${account.settings.name}: there is no bucket ${Bucket}; make it, or name another one in mlops.json`;
  }
}

/** A version that is registered on the way is served by the environment's image, one that is there by its own first. */
async function imageProblem(account: Account, { endpoint }: Intent, signal?: AbortSignal): Promise<string | undefined> {
  if (endpoint === undefined || account.settings.image !== undefined) return undefined;
  const { group, version } = endpoint;
  const found = version === undefined ? undefined : await packageOf(account, group, version, signal);
  if (found?.InferenceSpecification?.Containers?.[0]?.Image !== undefined) return undefined;
  return noImage(account, version ?? 'the next version').message;
}

/** A size that some machine has, of a family that may be newer than our list of them: AWS says what it has. */
const machine = /^ml\.[a-z][a-z0-9-]*\.(medium|large|xlarge|\d+xlarge)$/;

async function machineProblem({ project }: Account): Promise<string | undefined> {
  const { instance } = project.file.endpoint;
  const { ProductionVariantInstanceType } = await (await import('../account/sdk.js')).sagemaker();
  if (machine.test(instance) || Object.values<string>(ProductionVariantInstanceType).includes(instance))
    return undefined;
  return `mlops.json: endpoint.instance: found ${instance}, expected a machine that SageMaker serves on, such as ml.m5.large`;
}

/** What a demand has to say when it is not met. */
function said(demand: () => unknown): string | undefined {
  try {
    demand();
    return undefined;
  } catch (error) {
    if (error instanceof WorkbenchError) return messageOf(error);
    throw error;
  }
}
