import assert from 'node:assert/strict';
import { MissingRight, SignInExpired } from '../../../../src/common/errors.js';
import type { Current } from '../../../../src/vscode/session/session.js';
import { makeEndpointLevels } from '../../../../src/vscode/trees/endpoints/endpoint-levels.js';
import { makeFeatureGroupLevels } from '../../../../src/vscode/trees/feature-group-levels.js';
import { loadAlarms, loadModels } from '../../../../src/vscode/trees/load.js';
import { lines } from '../support.js';

const page = (items: object[]) => () => Promise.resolve({ items });
const createdAt = '2026-11-01T00:00:00Z';

/** An account in which one thing of each kind cannot be looked at. */
function accountWhere(failure: Error): Current {
  const failing =
    (name: string) =>
    <Found>(found: Found) =>
      name === 'two' ? Promise.reject(failure) : Promise.resolve(found);
  const config = { name: 'one', group: 'one', variants: [], capture: 0 };
  const environment = {
    ...{ name: 'prod', kind: 'aws' },
    endpoints: {
      list: page(['one', 'two'].map((name) => ({ name, status: 'InService', ours: true }))),
      describe: (name: string) =>
        failing(name)({ name, status: 'InService', createdAt, ours: true, serving: [], config }),
    },
    features: {
      list: page(['one', 'two'].map((name) => ({ name: `churn-${name}`, status: 'Created', createdAt }))),
      describe: (name: string) =>
        failing(name.slice('churn-'.length))({
          name,
          status: 'Created',
          createdAt,
          recordId: 'i',
          eventTime: 't',
          features: [],
        }),
    },
    metrics: { query: () => Promise.resolve([]) },
    objects: { list: page([]) },
    registry: {
      groups: page([]),
      list: (group: string) =>
        failing(group)({ items: [{ version: 'v1', group, status: 'Approved', createdAt, metrics: {}, name: 'm' }] }),
    },
    alarms: {
      list: page([
        {
          name: 'one-errors',
          state: 'ALARM',
          since: createdAt,
          reason: 'r',
          rule: { kind: 'band', text: 't', endpoints: ['one'], alarms: [] },
        },
      ]),
    },
  };
  environment.registry.groups = (() => Promise.resolve({ items: ['one', 'two'] })) as never;
  return {
    project: { file: { name: 'churn', endpoint: { name: 'one' }, alarms: [], environments: {} } },
    environment,
  } as unknown as Current;
}

const trees = {
  endpoints: (current: Current) => makeEndpointLevels().roots(current),
  'feature groups': (current: Current) => makeFeatureGroupLevels().roots(current),
  models: loadModels,
};

describe('a tree of which one thing cannot be looked at', () => {
  for (const [name, load] of Object.entries(trees)) {
    it(`of ${name} shows the others, and the right that is missing`, async () => {
      const shown = lines(await load(accountWhere(new MissingRight('not allowed', 'sagemaker:Describe'))));
      assert.ok(
        shown.some((line) => /^warn (churn-)?two is not known \| Not allowed: needs sagemaker:Describe/.test(line)),
        shown.join('\n'),
      );
      assert.ok(
        shown.some((line) => !line.startsWith('warn') && /one|v1/.test(line)),
        shown.join('\n'),
      );
    });

    it(`of ${name} says that the sign-in has expired, where it has`, async () => {
      await assert.rejects(load(accountWhere(new SignInExpired('expired', 'work'))), SignInExpired);
    });
  }

  it('of alarms is whole where the endpoints may not be listed', async () => {
    const current = accountWhere(new MissingRight('not allowed', 'sagemaker:ListEndpoints'));
    const denied = () => Promise.reject(new MissingRight('not allowed', 'sagemaker:ListEndpoints'));
    Object.assign(current.environment.endpoints, { list: denied });
    assert.equal((await loadAlarms(current)).length, 1);
  });
});
