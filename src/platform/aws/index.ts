import { join } from 'node:path';
import type { AwsEnvironment, Project } from '../../project/schema.js';
import { refuse } from '../guard.js';
import { ledgerReader } from '../ledger.js';
import type { CallOptions, Environment } from '../ports.js';
import { alarmReader } from './alarms.js';
import { makeClients, type Clients } from './clients.js';
import { endpointReader } from './endpoints.js';
import { noRegion } from './explain.js';
import { featureReader } from './features.js';
import { leaseReader } from './lease.js';
import { limiter } from './limit.js';
import { metricReader } from './metrics.js';
import { objectReader } from './objects.js';
import type { Account } from './place.js';
import { registryReader } from './registry.js';
import { settingsOf, whereOf, type AwsSettings } from './settings.js';

const downloadsAtATime = 8;

/**
 * An environment in an AWS account, to look at: every port has its reader, and no writer is ever handed out.
 * Opening calls no service; only a region that neither `mlops.json` nor a variable names is looked up in the profile's file.
 * @throws InputError when there is no region
 */
export async function openAws(project: Project, name: string, entry: AwsEnvironment): Promise<Environment> {
  const settings = await withRegion(settingsOf(name, entry, process.env));
  const clients = makeClients(settings);
  const identity = identityOf(clients);
  const account: Account = {
    settings,
    project,
    clients,
    downloads: limiter(downloadsAtATime),
    cache: {
      root: join(project.folder, '.mlops', 'cache'),
      owner: () => identity.ask().catch(() => settings.profile ?? 'default'),
    },
  };
  const objects = objectReader(account);
  return {
    name,
    kind: 'aws',
    bucket: settings.bucket ?? '',
    region: settings.region,
    profile: settings.profile,
    account: identity.ask,
    readOnly: true,
    objects,
    features: featureReader(account, objects),
    registry: registryReader(account),
    endpoints: endpointReader(account),
    metrics: metricReader(account),
    alarms: alarmReader(account),
    ledger: ledgerReader(objects),
    lease: leaseReader(objects),
    writers: (purpose) => refuseToWrite(settings, identity.known(), purpose),
  };
}

/** The profile's own region, when nothing else says one. */
async function withRegion(settings: AwsSettings): Promise<AwsSettings> {
  if (settings.region !== undefined) return settings;
  const sts = await makeClients(settings).sts();
  try {
    return { ...settings, region: await sts.config.region() };
  } catch (error) {
    throw noRegion(settings, error);
  }
}

/** Asks AWS whose credentials these are; the answer is kept once there is one. */
function identityOf(clients: Clients) {
  let id: string | undefined;
  const ask = async ({ signal }: CallOptions = {}): Promise<string> => {
    if (id !== undefined) return id;
    const sts = await clients.sts();
    const { Account: found = '' } = await sts.getCallerIdentity({}, { abortSignal: signal });
    return (id = found);
  };
  return { ask, known: () => id };
}

/** @throws RefusedError always */
function refuseToWrite(settings: AwsSettings, account: string | undefined, purpose: string): never {
  const { name, writeForbidden } = settings;
  const readOnlyBecause = writeForbidden
    ? `mlops.json forbids writing to it (environments.${name}.write is false).`
    : `This version only reads from AWS. Writing comes with a later one, off until its user says: mlops env write ${name}`;
  refuse({ name, kind: 'aws', where: whereOf(settings, account), readOnlyBecause }, purpose);
}
