import { alarmRights } from './alarms/rights.js';
import { endpointRights } from './endpoints/rights.js';
import { featureRights } from './features/rights.js';
import { jobRights } from './jobs/rights.js';
import { modelRights } from './models/rights.js';
import { ownershipRights } from './ownership/rights.js';
import { storageRights } from './storage/rights.js';
import { type Finder, namesOf, type Need, type Place, type Probe, type Rights, type Touch } from './rights/rights.js';

/** Every service that the adapter calls. */
export const services = [
  storageRights,
  endpointRights,
  featureRights,
  modelRights,
  alarmRights,
  jobRights,
  ownershipRights,
] as const;

type KindOf<Of> = Of extends Rights<infer Kind> ? Kind : never;
/** A kind of things that carry tags. */
export type TaggedKind = KindOf<(typeof services)[number]>;

/** Everything that the adapter's calls need. */
export function needsOf(place: Place): Need[] {
  const names = namesOf(place);
  return services.flatMap(({ needs }) => needs(names));
}

/** What all services say of one thing. */
const merged = <Of extends 'probes' | 'finds' | 'touches'>(of: Of) =>
  Object.assign({}, ...services.map((rights) => rights[of])) as unknown;

/** Calls that read what is there, by the right that each needs. */
export const probes = merged('probes') as Readonly<Record<string, Probe>>;

/** How things that carry tags are found, by their kind. */
export const finders = merged('finds') as Readonly<Record<TaggedKind, Finder>>;

/** What every operation touches that the adapter may send. */
export const touches = merged('touches') as Readonly<Record<string, Touch<TaggedKind | 'dashboard'>>>;

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
