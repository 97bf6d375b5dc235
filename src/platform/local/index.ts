import { resolve } from 'node:path';
import { guard } from '../permissions/guard.js';
import type { Environment } from '../ports/environment.js';
import { alarmReader, alarmWriter } from './alarms.js';
import type { Engine } from './endpoints/process.js';
import { endpointReader } from './endpoints/reader.js';
import { endpointWriter } from './endpoints/writer.js';
import { featureReader, featureWriter } from './features.js';
import { checkName } from '../shared/keys.js';
import { leaseReader, leaseWriter } from './lease.js';
import { ledgerReader, ledgerWriter } from '../shared/ledger.js';
import { metricReader, metricWriter } from './metrics.js';
import { objectReader, objectWriter } from './objects.js';
import { ignoreInGit, placeOf, whyNotWritable } from './place.js';
import { isOurs, steeringFiles, takeAsOurs } from './owner.js';
import { registryReader, registryWriter } from './registry.js';

export interface LocalOptions {
  projectFolder: string;
  /** The project's name. */
  project: string;
  /** Default: the project's name. */
  bucket?: string;
  /** How endpoint processes are started; without it those that run can be asked and stopped, but none started. */
  engine?: Engine;
}

/** The environment on this machine: everything lies below `<project>/.mlops/`. Opening it touches nothing. */
export function openLocal({ projectFolder, project, bucket = project, engine }: LocalOptions): Environment {
  checkName('bucket', bucket);
  const place = placeOf(resolve(projectFolder), bucket);
  const objects = objectReader(place);
  const metrics = metricReader(place);
  return {
    name: 'local',
    kind: 'local',
    bucket,
    get readOnly() {
      return whyNotWritable(place) !== undefined;
    },
    get strange() {
      return !isOurs(place.root) && steeringFiles(place.root).length > 0
        ? `${place.root} was not made here by you: its data are read, the endpoints, leases and secrets that it names are not used`
        : undefined;
    },
    objects,
    features: featureReader(place, objects),
    registry: registryReader(place),
    endpoints: endpointReader(place),
    metrics,
    alarms: alarmReader(place),
    ledger: ledgerReader(objects),
    lease: leaseReader(place),
    writers(purpose) {
      guard({ name: 'local', kind: 'local', readOnlyBecause: whyNotWritable(place) }, purpose);
      ignoreInGit(place);
      takeAsOurs(place.root);
      const put = objectWriter(place);
      return {
        objects: put,
        features: featureWriter(place, put),
        registry: registryWriter(place),
        endpoints: endpointWriter(place, project, engine),
        metrics: metricWriter(place),
        alarms: alarmWriter(place),
        ledger: ledgerWriter(put, objectReader(place)),
        lease: leaseWriter(place),
      };
    },
  };
}
