import { partitionOf } from '../../../common/aws-partition.js';
import { endpointsOf } from '../../../project/endpoints.js';
import type { Project } from '../../../project/schema.js';
import type { Account } from '../account/place.js';
import type { AwsSettings } from '../account/settings.js';

/** A right that the project needs: IAM actions on resources, and whether for looking or for writing. */
export interface Need {
  for: 'read' | 'write';
  actions: string[];
  resources: string[];
  /** An IAM condition that keeps the right small. */
  condition?: object;
}

/** A harmless call, which fails when a right is missing. */
export type Probe = (account: Account, options: { abortSignal?: AbortSignal }) => Promise<unknown>;

/** The ARN of something that carries tags, by its name. @throws what AWS answers when there is none of that name */
export type Finder = (
  account: Account,
  name: string,
  options: { abortSignal?: AbortSignal },
) => Promise<string | undefined>;

type Input = Readonly<Record<string, unknown>>;

/**
 * What a call touches that can change something: things, by its input; or `nothing` that is there: figures are added,
 * parts wait, a query leaves a result of a name of its own. `bound`: to what was looked at (see `object-ownership`);
 * `content`: judged by what it carries (see `property`).
 */
export type Touch<Kind extends string> =
  ((input: Input) => { kind: Kind; name: string }[]) | 'nothing' | 'bound' | 'content';

/** What one service needs and what it changes, said beside its calls. */
export interface Rights<Kind extends string> {
  /** Each as narrow as IAM allows. Source: the services' pages in the Service Authorization Reference. */
  needs: (names: Names) => Need[];
  /** By the IAM action; what cannot be tried without changing something has none. */
  probes: Record<string, Probe>;
  /** The kinds of things that it makes and that carry tags. */
  finds: Record<Kind, Finder>;
  /** Every operation that is sent and can change something; one without a row is not sent. A dashboard carries words instead of tags. */
  touches: Readonly<Record<string, Touch<NoInfer<Kind> | 'dashboard'>>>;
}

/** A service's rights; what its calls touch is of a kind that it finds. */
export const rightsOf = <Kind extends string = never>(rights: Rights<Kind>): Rights<Kind> => rights;

/** Things of a kind, whose name or names stand in a field of the input. */
export function named<Kind extends string>(
  kind: Kind,
  field: string,
): (input: Input) => { kind: Kind; name: string }[] {
  return (input) => ([input[field] ?? []].flat() as string[]).map((name) => ({ kind, name }));
}

/** A name that nobody gives: asking for what does not exist needs only the right to look. */
export const nobody = 'mlops-doctor-probe';

export interface Place {
  settings: AwsSettings;
  project: Project;
  account: string;
}

/** Names of everything that IAM can tell apart, for one project in one account. */
export interface Names extends Place {
  /** Of the services that have a region and an account in their ARNs. */
  arn: (service: string, resource: string) => string;
  sagemaker: (...resources: string[]) => string[];
  /** Of those that have neither, such as S3. */
  global: (service: string, resource: string) => string;
  bucket: string;
  /** Of every endpoint that the project names. */
  endpoints: string[];
  /** The project's name, which its models and groups begin with. */
  name: string;
}

export function namesOf(place: Place): Names {
  const { settings, project, account } = place;
  const region = settings.region ?? '*';
  const partition = partitionOf(region);
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return {
    ...place,
    arn,
    sagemaker: (...resources) => resources.map((resource) => arn('sagemaker', resource)),
    global: (service, resource) => `arn:${partition}:${service}::${service === 's3' ? '' : account}:${resource}`,
    bucket: `arn:${partition}:s3:::${settings.bucket ?? '*'}`,
    endpoints: endpointsOf(project.file).map((one) => one.name),
    name: project.file.name,
  };
}

/** `read('sagemaker', ['ListModels'], '*')`. */
export const read = needFor('read');
export const write = needFor('write');

function needFor(purpose: Need['for']) {
  return (service: string, actions: readonly string[], ...resources: string[]): Need => ({
    ...{ for: purpose, actions: actions.map((action) => `${service}:${action}`), resources },
  });
}

/** The right to have SageMaker take on a role, and no other service. */
export function passing(role: string): Need {
  return {
    ...write('iam', ['PassRole'], role),
    condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  };
}
