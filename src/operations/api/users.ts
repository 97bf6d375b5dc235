import { setImmediate } from 'node:timers/promises';
import { InputError, NoSuchObject } from '../../common/errors.js';
import { hashPassword } from '../../common/password.js';
import type { ApiRoleName } from '../../documents/api-users.js';
import { apiUsersFile, changeApiUsers, readApiUsers } from '../../platform/permissions/api-users.js';
import { answer } from '../answer.js';
import { makesFiles, readsFiles } from '../operation.js';

/** Whose api it is: a project, by its folder. */
export interface OfProject {
  folder: string;
}

export interface NewUser extends OfProject {
  name: string;
  role: ApiRoleName;
  password: string;
}

const fewest = 8;
const most = 1024;

/** Adds somebody who may call the served api. @throws InputError for a name that is taken, or a password that is none */
export const addApiUser = makesFiles('api.add-user', async (_, { folder, name, role, password }: NewUser) => {
  if (!/^[\w.@+-]{1,64}$/.test(name))
    throw new InputError(`api user: found the name "${name}", expected 1 to 64 letters, digits, or . _ @ + -`);
  if (password.length < fewest || password.length > most)
    throw new InputError(`api user: found ${password.length} characters, expected a password of ${fewest} to ${most}`);
  const file = apiUsersFile(folder);
  const user = { name, role, password: await hashPassword(password), since: new Date().toISOString() };
  await changeApiUsers(file, (users) => {
    if (users.some((other) => other.name === name))
      throw new InputError(`api user: ${name} is there already; to change them run: mlops api user remove ${name}`);
    return [...users, user];
  });
  return answer('api-user', { name, role, since: user.since, file });
});

/** Who may call the served api. */
export const listApiUsers = readsFiles('api.list-users', async (_, { folder }: OfProject) => {
  // Whoever asked can take it back before anything is read.
  await setImmediate();
  const file = apiUsersFile(folder);
  const users = (readApiUsers(file)?.users ?? []).map(({ name, role, since }) => ({ name, role, since }));
  return answer('api-users', { file, users });
});

/** Takes somebody off the list: their tokens are refused from then on. @throws NoSuchObject */
export const removeApiUser = makesFiles(
  'api.remove-user',
  async (_, { folder, name }: OfProject & { name: string }) => {
    const file = apiUsersFile(folder);
    await changeApiUsers(file, (users) => {
      if (!users.some((user) => user.name === name))
        throw new NoSuchObject(`api user: found no ${name}; see: mlops api user list`, name);
      return users.filter((user) => user.name !== name);
    });
    return answer('api-user', { name, role: null, since: null, file });
  },
);
