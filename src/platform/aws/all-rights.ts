import { alarmRights } from './alarms/rights.js';
import { endpointRights } from './endpoints/rights.js';
import { featureRights } from './features/rights.js';
import { jobRights } from './jobs/rights.js';
import { modelRights } from './models/rights.js';
import { ownershipRights } from './ownership/rights.js';
import { storageRights } from './storage/rights.js';
import { namesOf, type Need, type Place, type Probe, type Rights } from './rights/rights.js';

/** Every service that the adapter calls. */
const all: readonly Rights[] = [
  storageRights,
  endpointRights,
  featureRights,
  modelRights,
  alarmRights,
  jobRights,
  ownershipRights,
];

/** Everything that the adapter's calls need. */
export function needsOf(place: Place): Need[] {
  const names = namesOf(place);
  return all.flatMap(({ needs }) => needs(names));
}

/** Calls that read what is there, by the right that each needs. */
export const probes: Record<string, Probe> = Object.assign({}, ...all.map((rights) => rights.probes)) as Record<
  string,
  Probe
>;

/** The smallest IAM policy for looking, or for everything. */
export function policyOf(needs: readonly Need[], kind: 'read' | 'full'): object {
  const wanted = needs.filter((need) => kind === 'full' || need.for === 'read');
  return {
    Version: '2012-10-17',
    Statement: wanted.map(({ for: purpose, actions, resources, condition }, index) => ({
      Sid: `Mlops${purpose === 'read' ? 'Read' : 'Write'}${index + 1}`,
      Effect: 'Allow',
      Action: actions,
      Resource: resources.length === 1 ? resources[0] : resources,
      ...(condition && { Condition: condition }),
    })),
  };
}
