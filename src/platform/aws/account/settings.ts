import { ProjectFileError } from '../../../common/errors.js';
import { projectFileName } from '../../../project/file-name.js';
import type { AwsEnvironment } from '../../../project/schema.js';

/** Where an AWS environment lies, as far as it is said before asking the SDK. */
export interface AwsSettings {
  /** The environment's name in `mlops.json`. */
  name: string;
  profile?: string;
  region?: string;
  endpointUrl?: string;
  /** The project's own bucket. */
  bucket?: string;
  /** Who reads its buckets pays, where they want that. */
  requesterPays: boolean;
  /** ARN of the role that SageMaker takes on. */
  role?: string;
  /** Feature groups that have names of their own, by part. */
  featureGroups: Partial<Record<string, string>>;
  /** The container image that serves models. */
  image?: string;
  /** The project forbids writing. */
  writeForbidden: boolean;
}

/** What `mlops.json` says; the standard `AWS_*` variables fill what is absent. Empty variables count as absent. */
export function settingsOf(
  name: string,
  entry: AwsEnvironment,
  variables: Record<string, string | undefined>,
): AwsSettings {
  const variable = (...names: string[]) => names.map((key) => variables[key]).find((value) => value);
  return {
    name,
    profile: entry.profile ?? variable('AWS_PROFILE'),
    region: entry.region ?? variable('AWS_REGION', 'AWS_DEFAULT_REGION'),
    endpointUrl: entry.endpointUrl ?? variable('AWS_ENDPOINT_URL'),
    bucket: entry.bucket,
    requesterPays: entry.requesterPays ?? false,
    role: entry.role ?? variable('SAGEMAKER_ROLE'),
    image: entry.image,
    featureGroups: entry.featureGroups ?? {},
    writeForbidden: entry.write === false,
  };
}

/** `eu-west-1, profile prod, account 123456789012`, as far as it is known. */
export function whereOf({ region, profile }: AwsSettings, account?: string): string {
  const known = [region, profile && `profile ${profile}`, account && `account ${account}`];
  return known.filter((part) => part).join(', ');
}

/** `environment prod (eu-west-1, profile prod)`: how messages name it. */
export function placeName(settings: AwsSettings): string {
  const where = whereOf(settings);
  return `environment ${settings.name}${where ? ` (${where})` : ''}`;
}

/** @throws InputError when nobody said which role SageMaker is to take on */
export function roleOf({ name, role }: AwsSettings): string {
  if (role !== undefined) return role;
  throw new ProjectFileError(
    `found no role for SageMaker; set environments.${name}.role in mlops.json, or SAGEMAKER_ROLE`,
    projectFileName,
    { place: `environment ${name}` },
  );
}
