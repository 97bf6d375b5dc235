import assert from 'node:assert/strict';
import { removeAlarmsOn } from '../../../src/pipeline/project-alarms.js';
import type { Environment, Writers } from '../../../src/platform/ports/environment.js';

const alarm = (name: string, endpoint: string) => ({ name, definition: { dimensions: { EndpointName: endpoint } } });
const made = (name: string, endpoints: string[], alarms: string[]) => ({ name, rule: { endpoints, alarms } });
const alarms = {
  list: () => Promise.resolve({ items: [alarm('ours', 'e'), alarm('theirs', 'e'), alarm('far', 'f')] }),
};

async function removed(environment: object): Promise<string[]> {
  let gone: string[] = [];
  const writers = { alarms: { remove: (names: string[]) => Promise.resolve(void (gone = names)) } };
  const told = await removeAlarmsOn(
    'e',
    { alarms, ...environment } as unknown as Environment,
    writers as unknown as Writers,
  );
  assert.deepEqual(told, gone);
  return gone;
}

describe('alarms on an endpoint that goes', () => {
  it('go with it on this machine', async () => {
    assert.deepEqual(await removed({}), ['ours', 'theirs']);
  });

  it('take with them what is made of them', async () => {
    const items = [
      made('outer', [], ['inner']),
      made('inner', [], ['ours', 'far']),
      ...[alarm('ours', 'e'), alarm('far', 'f'), made('rate', ['e'], []), made('other', ['f'], ['far'])],
    ];
    const found = await removed({ alarms: { list: () => Promise.resolve({ items }) } });
    assert.deepEqual(found.sort(), ['inner', 'ours', 'outer', 'rate']);
  });

  it('stay in an account where somebody else made them', async () => {
    const resources = { tagged: () => Promise.resolve([{ kind: 'alarm', name: 'ours', arn: 'arn' }]) };
    assert.deepEqual(await removed({ cloud: { resources } }), ['ours']);
  });
});
