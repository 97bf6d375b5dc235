import { parseS3Address } from '../../common/s3-address.js';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { InputError, messageOf } from '../../common/errors.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import { adoptedConstraints } from '../../pipeline/judging/adopted-baseline.js';
import { parseDotenv } from '../../project/adopt/dotenv.js';
import { systemOfVariables, type AdoptedSystem } from '../../project/adopt/facts.js';
import { adoptedTexts } from '../../project/adopt/write.js';
import { loadProject, parseProject } from '../../project/load.js';
import { emptyFolder } from '../../project/templates.js';
import { makesFiles } from '../operation.js';
import type { OpenEnvironment } from './open-environment.js';

/** A project that was made of a system which runs already. */
export interface Adopted {
  folder: string;
  files: string[];
  system: AdoptedSystem;
  /** What could not be learned, and why. */
  notes: string[];
}

interface FromVariables {
  /** A file of NAME=VALUE lines. */
  path: string;
  dir?: string;
  open: OpenEnvironment;
}

/**
 * A project for the system that a deployed pipeline's variables describe. What they leave open is looked up in the
 * account, which is only read; where it cannot be reached, the project says less.
 */
export const projectFromVariables = makesFiles(
  'projects.from-variables',
  async (_at, { path, dir, open }: FromVariables): Promise<Adopted> => {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new InputError(`${path}: cannot be read, expected a file of NAME=VALUE lines`, { cause });
    });
    const variables = parseDotenv(text, path);
    const offline = systemOfVariables(variables, path);
    const folder = await newFolder(dir ?? offline.name);
    const files = await write(folder, offline);
    try {
      const environment = await open(await loadProject(folder), 'aws');
      const { system, constraints } = await lookedUp(environment, offline, variables);
      await write(folder, system);
      if (constraints === undefined) return { folder, files, system, notes: [] };
      await mkdir(join(folder, dirname(adoptedConstraints)), { recursive: true });
      await writeFile(join(folder, adoptedConstraints), constraints);
      return { folder, files: [...files, adoptedConstraints], system, notes: [] };
    } catch (error) {
      const note = `columns are not known, for the account was not looked into: ${messageOf(error)}`;
      return { folder, files, system: offline, notes: [note, 'complete features and model in mlops.json yourself'] };
    }
  },
);

/** Writes the project's files; answers their names. */
export async function write(folder: string, system: AdoptedSystem): Promise<string[]> {
  const { mlops, sql } = adoptedTexts(system);
  parseProject(mlops);
  await writeFile(join(folder, 'mlops.json'), mlops);
  await writeFile(join(folder, 'features.sql'), sql);
  return ['features.sql', 'mlops.json'];
}

/** Makes a folder, or takes an empty one: nothing is ever overwritten. */
export async function newFolder(dir: string): Promise<string> {
  const folder = resolve(dir);
  await emptyFolder(folder);
  return folder;
}

/** What other programs wrote of a version's limits, as far as it is needed here. */
const constraintsSchema = z.looseObject({
  feature_cols: z.array(z.string()).min(1),
  target_recall: z.number().gt(0).max(1).nullish(),
});

async function lookedUp(
  environment: Environment,
  system: AdoptedSystem,
  variables: Record<string, string>,
): Promise<{ system: AdoptedSystem; constraints: Buffer | undefined }> {
  const { document: constraints, bytes } = await constraintsAt(environment, variables.MONITORING_CONSTRAINTS_S3);
  const group =
    (await environment.features.describe(`${system.name}-production`)) ??
    (await environment.features.describe(`${system.name}-train`));
  const endpoint = await environment.endpoints.describe(system.endpoint);
  const found = {
    ...system,
    ...(group && {
      ...rolesIn(group, constraints?.feature_cols),
      group: { recordId: group.recordId, eventTime: group.eventTime },
    }),
    ...(constraints && { columns: constraints.feature_cols }),
    targetRecall: system.targetRecall ?? constraints?.target_recall ?? undefined,
    capture: endpoint?.config.capture,
    instance: endpoint?.instance,
  };
  return { system: found, constraints: bytes };
}

async function constraintsAt({ objects }: Environment, uri: string | undefined) {
  const at = parseS3Address(uri);
  const read = at && at.key !== '' && (await objects.read(at.key, { bucket: at.bucket }));
  if (!read) return {};
  const bytes = Buffer.from(read);
  return { bytes, document: constraintsSchema.safeParse(JSON.parse(bytes.toString('utf8'))).data };
}

const timeName = /^(date|day|time|timestamp|datetime)$/i;

/**
 * What the columns of a feature group are for. Beside the model's own columns one number is left, which is what it
 * predicts, and a text that names the thing a row is about.
 */
function rolesIn({ recordId, eventTime, features }: FeatureGroup, learned: readonly string[] = []) {
  const left = features.filter(({ name }) => ![recordId, eventTime, ...learned].includes(name));
  const numbers = left.filter(({ type }) => type !== 'String');
  const target = numbers.findLast(({ type }) => type === 'Integral') ?? numbers.at(-1);
  const entity = left.find(({ name, type }) => type === 'String' && !timeName.test(name));
  const columns = learned.length > 0 ? [...learned] : numbers.filter((one) => one !== target).map(({ name }) => name);
  return {
    target: target?.name ?? 'target',
    entity: entity?.name ?? recordId,
    time: left.find(({ name }) => timeName.test(name))?.name,
    columns: columns.length > 0 ? columns : ['*'],
  };
}
