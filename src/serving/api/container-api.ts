import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, fileError, readIfThere } from '../../common/files.js';
import { secretCheck } from '../../common/hash.js';
import { checkedJson } from '../../common/json-files.js';
import { apiUsersSchema, type ApiUsers } from '../../documents/api-users.js';
import type { Api } from '../../project/parts/api-schema.js';
import { parseProject } from '../../project/load.js';

/** What a container may be given beside its model, below its root: the project file, and who may call. */
const projectPath = 'api/mlops.json';
const usersPath = 'api/users.json';
/** A secret that whoever collects figures shows, where people sign in: it cannot. */
const scrapePath = 'api/metrics-token';

/** The api that a container serves; undefined where it was given none. @throws InputError for a file that is wrong */
export async function containerApi(root: string): Promise<{ api: Api; project: string } | undefined> {
  const path = join(root, projectPath);
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  const { api, name } = parseProject(bytes.toString('utf8'), path);
  return api && { api, project: name };
}

/** Reads who may call whenever the file has changed: its platform brings a new one while the container runs. */
export function containerUsers(root: string): () => ApiUsers | undefined {
  const path = join(root, usersPath);
  let read: { stamp: number; users: ApiUsers } | undefined;
  return () => {
    try {
      const { mtimeMs: stamp } = statSync(path);
      if (read?.stamp !== stamp)
        read = {
          stamp,
          users: checkedJson(readFileSync(path), apiUsersSchema, path, 'mount the file of: mlops api user list'),
        };
      return read.users;
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
      throw fileError('read', path, error);
    }
  };
}

/** Whether a request shows the secret for `/metrics`; undefined where the container was given none. */
export async function containerScraper(root: string): Promise<((authorization: string) => boolean) | undefined> {
  const secret = (await readIfThere(join(root, scrapePath)))?.toString('utf8').trim();
  return secret === undefined || secret === '' ? undefined : secretCheck(`Bearer ${secret}`);
}
