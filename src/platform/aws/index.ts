import { join } from 'node:path';
import { stateFolder } from '../../common/inside.js';
import type { AwsEnvironment, Project } from '../../project/schema.js';
import { ledgerReader, ledgerWriter } from '../shared/ledger.js';
import type { Environment, Writers } from '../ports/environment.js';
import { accessReader } from './rights/access.js';
import { adoptionWriter } from './ownership/adoption.js';
import { alarmReader } from './alarms/alarms.js';
import { alarmWriter } from './alarms/alarm-writer.js';
import { makeClients } from './account/clients.js';
import { credentialsOf, type AskMfa } from './account/credentials.js';
import { dashboardReader, dashboardWriter } from './alarms/dashboards.js';
import { queryWriter } from './features/athena.js';
import { mustBeTrusted } from './account/endpoint-trust.js';
import { endpointReader } from './endpoints/endpoints.js';
import { fleetWriter } from './endpoints/endpoint-scale.js';
import { endpointWriter } from './endpoints/endpoint-writer.js';
import { noRegion, type Call } from './account/explain.js';
import { featureReader } from './features/features.js';
import { featureWriter } from './features/feature-writer.js';
import { writeGate, type WriteSettings } from './write-guard.js';
import { identityOf, type Identity } from './account/identity.js';
import { intentReader } from './resources/intents.js';
import { jobReader, jobWriter } from './jobs/jobs.js';
import { leaseReader } from './storage/lease.js';
import { leaseWriter, type HeldLease } from './storage/lease-writer.js';
import { limiter } from './account/limit.js';
import { lifecycleReader, lifecycleWriter } from './storage/lifecycle.js';
import { metricReader } from './alarms/metrics.js';
import { metricWriter } from './alarms/metric-writer.js';
import { objectReader, type S3Reader } from './storage/objects.js';
import { objectWriter } from './storage/object-writer.js';
import { pipelineReader, pipelineWriter } from './jobs/pipelines.js';
import type { Account } from './account/place.js';
import { mayChange } from './resources/property.js';
import { registryReader } from './models/registry.js';
import { registryWriter } from './models/registry-writer.js';
import { resourceReader, resourceWriter } from './resources/resources.js';
import { scheduleReader } from './endpoints/schedules.js';
import { settingsOf, type AwsSettings } from './account/settings.js';

const downloadsAtATime = 8;

export interface AwsOptions {
  /** The user's own, where `mlops.json` leaves them open. */
  profile?: string;
  region?: string;
  /** What the user's editor allows to be written to; default: nothing. */
  allowed?: WriteSettings['allowed'];
  askMfa?: AskMfa;
  /** The container's own project: who started it had to confirm where its calls go. */
  inContainer?: boolean;
  /** Is told what must not be lost where it cannot be noted. Default: stderr. */
  tell?: WriteSettings['tell'];
}

/**
 * An environment in an AWS account: every port has its reader; writers are handed out while its user has writing on.
 * Opening calls no service; only a region that neither `mlops.json` nor a variable names is looked up in the profile's file.
 * @throws InputError when there is no region; RefusedError when its calls would go where its user did not say
 */
export async function openAws(
  project: Project,
  name: string,
  entry: AwsEnvironment,
  { profile, region, allowed = () => [], askMfa, inContainer = false, tell = onStderr }: AwsOptions = {},
): Promise<Environment> {
  if (!inContainer) mustBeTrusted(project, name, entry);
  const chosen = { ...entry, profile: entry.profile ?? profile, region: entry.region ?? region };
  const settings = await withRegion(settingsOf(name, chosen, process.env));
  const credentials = credentialsOf(settings, askMfa);
  const held: HeldLease = { check: () => undefined };
  const property = (call: Call) => mayChange(account, call);
  const gate = writeGate(settings, project, () => identity, { allowed, tell, property }, held);
  const clients = makeClients(settings, credentials, gate);
  const identity: Identity = identityOf(() => clients, credentials);
  const account: Account = {
    settings,
    project,
    clients,
    downloads: limiter(downloadsAtATime),
    verified: new Map(),
    cache: {
      root: join(project.folder, stateFolder, 'cache'),
      owner: () =>
        identity.ask().then(
          (caller) => caller.account,
          () => settings.profile ?? 'default',
        ),
    },
  };
  const objects = objectReader(account);
  const features = featureReader(account, objects);
  const endpoints = endpointReader(account, objects);
  return {
    name,
    kind: 'aws',
    bucket: settings.bucket ?? '',
    region: settings.region,
    profile: settings.profile,
    forProcess: () => credentials.forProcess(),
    account: async (options) => (await identity.ask(options)).account,
    get readOnly() {
      return gate.readOnlyBecause() !== undefined;
    },
    get readOnlyBecause() {
      return gate.readOnlyBecause();
    },
    objects,
    features,
    registry: registryReader(account),
    endpoints,
    metrics: metricReader(account),
    alarms: alarmReader(account),
    ledger: ledgerReader(objects),
    lease: leaseReader(objects),
    cloud: {
      intents: intentReader(account),
      jobs: jobReader(account),
      pipelines: pipelineReader(account),
      dashboards: dashboardReader(account),
      resources: resourceReader(account),
      schedules: scheduleReader(account),
      lifecycle: lifecycleReader(account),
    },
    access: accessReader(account, identity),
    writers(purpose) {
      gate.ask(purpose);
      return writersOf(account, objects, held);
    },
  };
}

function writersOf(account: Account, read: S3Reader, held: HeldLease): Writers {
  const objects = objectWriter(account, read);
  return {
    objects,
    features: featureWriter(account, objects),
    registry: registryWriter(account),
    endpoints: endpointWriter(account, read, objects),
    metrics: metricWriter(account),
    alarms: alarmWriter(account),
    ledger: ledgerWriter(objects, read),
    lease: leaseWriter(account, held),
    cloud: {
      jobs: jobWriter(account),
      pipelines: pipelineWriter(account),
      dashboards: dashboardWriter(account),
      resources: resourceWriter(account),
      fleet: fleetWriter(account),
      adoption: adoptionWriter(account),
      lifecycle: lifecycleWriter(account),
      queries: queryWriter(account),
    },
  };
}

const onStderr = (text: string) => void process.stderr.write(`${text}\n`);

/** The profile's own region, when nothing else says one. */
async function withRegion(settings: AwsSettings): Promise<AwsSettings> {
  if (settings.region !== undefined) return settings;
  const { loadSharedConfigFiles } = await (await import('./account/sdk.js')).sharedFiles();
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const profile = settings.profile ?? 'default';
  const region = configFile[profile]?.region ?? credentialsFile[profile]?.region;
  if (region === undefined) throw noRegion(settings);
  return { ...settings, region };
}
