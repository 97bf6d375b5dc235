import assert from 'node:assert/strict';
import { removeAlarmsOn } from '../../../src/pipeline/alarms-of.js';
import type { Environment, Writers } from '../../../src/platform/ports.js';

const alarm = (name: string, endpoint: string) => ({ definition: { name, dimensions: { EndpointName: endpoint } } });
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

  it('stay in an account where somebody else made them', async () => {
    const resources = { tagged: () => Promise.resolve([{ kind: 'alarm', name: 'ours', arn: 'arn' }]) };
    assert.deepEqual(await removed({ cloud: { resources } }), ['ours']);
  });
});
