import { dirname, join } from 'node:path';
import * as z from 'zod';
import { apiSchema } from '../../../project/parts/api-schema.js';
import type { EndpointConfig } from '../../ports/endpoints.js';
import { livesHere, type ClaimFile } from '../../../common/claim.js';
import { DamagedFile } from '../../../common/errors.js';
import { readJson } from '../../../common/json-files.js';
import { checkName } from '../../shared/keys.js';
import { isOurs } from '../owner.js';

/** The files of one endpoint: `.mlops/endpoints/<name>/`. */
export interface EndpointFolder {
  name: string;
  path: string;
  /** What it serves and served before; written by the endpoint's own process alone. */
  config: string;
  /** What it shall serve; written by a deployment. */
  wanted: string;
  /** Which process serves where, or why it ended. */
  state: string;
  /** Claimed by the process that serves, from before it loads anything until it ended. */
  claim: ClaimFile;
  /** Secrets, 0600. */
  token: string;
  credentials: string;
  log: string;
  temporary: string;
  /** Whether what it says of processes was written here by this user. */
  isOurs(): boolean;
}

/** `endpoints` is the folder of all endpoints, `temporary` a folder on the same file system. */
export function endpointFolder(endpoints: string, temporary: string, name: string): EndpointFolder {
  checkName('endpoint', name);
  const path = join(endpoints, name);
  return {
    name,
    path,
    config: join(path, 'config.json'),
    wanted: join(path, 'wanted.json'),
    state: join(path, 'state.json'),
    claim: { path: join(path, 'claim.json'), temporary, lives: livesHere },
    token: join(path, 'token'),
    credentials: join(path, 'credentials'),
    log: join(path, 'log'),
    temporary,
    isOurs: () => isOurs(dirname(endpoints)),
  };
}

const configSchema: z.ZodType<EndpointConfig> = z.looseObject({
  name: z.string(),
  group: z.string(),
  variants: z.array(z.looseObject({ name: z.string(), modelVersion: z.string(), weight: z.number().min(0) })).min(1),
  capture: z.number().min(0).max(1),
  notProven: z.boolean().optional(),
  api: apiSchema.optional(),
});

const wantedSchema = z.looseObject({ project: z.string(), bucket: z.string(), config: configSchema });
export type WantedFile = z.infer<typeof wantedSchema>;

const acceptedSchema = wantedSchema.extend({ createdAt: z.string(), previous: configSchema.optional() });

const stateSchema = z.looseObject({
  phase: z.enum(['serving', 'ended']),
  pid: z.int().positive(),
  processStart: z.string(),
  nonce: z.string().optional(),
  /** Requests carry a token: none goes to another machine. */
  url: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/)
    .optional(),
  at: z.string(),
  /** Ended because nothing could be served. */
  failed: z.boolean().optional(),
  reason: z.string().optional(),
  /** Why the last wanted configuration is not served. */
  refused: z.string().optional(),
});
export type StateFile = z.infer<typeof stateSchema>;

const deployAgain = 'to make it anew run: mlops deploy';
export const readWanted = async (folder: EndpointFolder) =>
  folder.isOurs() ? readJson(folder.wanted, wantedSchema, deployAgain) : undefined;
export const readAccepted = (folder: EndpointFolder) => readJson(folder.config, acceptedSchema, deployAgain);
/** One that cannot be read names no process: its endpoint failed, and starting it writes another. */
export async function readState(folder: EndpointFolder): Promise<StateFile | undefined> {
  if (!folder.isOurs()) return undefined;
  const helps = `run: mlops endpoint start ${folder.name}`;
  return readJson(folder.state, stateSchema, helps).catch((error: unknown) => {
    if (!(error instanceof DamagedFile)) throw error;
    return {
      phase: 'ended',
      failed: true,
      reason: error.message,
      pid: 0,
      processStart: '',
      at: new Date(0).toISOString(),
    };
  });
}
