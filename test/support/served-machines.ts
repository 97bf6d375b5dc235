import { randomBytes, scryptSync } from 'node:crypto';
import type { ApiRoleName, ApiUsers } from '../../src/documents/api-users.js';
import { linearPredictor } from './served-api.js';

export const machineClasses = ['none', 'comp1', 'comp2'];
export const machine = { volt: 200, rotate: 1800, pressure: 120, vibration: 40, age: 5 };
/** More volts than 250 is comp1. */
export const machinePredictor = linearPredictor({
  task: 'multiclass',
  columns: { volt: 'number', rotate: 'number', pressure: 'number', vibration: 'number', age: 'number' },
  outputs: [{ '': 0 }, { '': -250, volt: 1 }, { '': -1000 }],
  classes: machineClasses,
});
export const password = 'correct horse battery';

/** A viewer, a predictor and an admin, all of one password; as passwords are kept, at a hundredth of what it costs to check one. */
export function machineUsers(): ApiUsers {
  const salt = randomBytes(16);
  const cost = { n: 2, r: 1, p: 1 };
  const key = scryptSync(password, salt, 32, { N: cost.n, r: cost.r, p: cost.p });
  const hash = { salt: salt.toString('base64'), hash: key.toString('base64'), cost };
  const user = (name: string, role: ApiRoleName) => ({ name, role, password: hash, since: '2026-01-01T00:00:00Z' });
  return {
    ...{ kind: 'api-users', schemaVersion: 1, key: randomBytes(32).toString('base64') },
    users: [user('vic', 'viewer'), user('pia', 'predictor'), user('ada', 'admin')],
  };
}
