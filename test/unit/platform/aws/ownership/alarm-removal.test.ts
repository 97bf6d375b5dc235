import assert from 'node:assert/strict';
import { alarmWriter } from '../../../../../src/platform/aws/alarms/alarm-writer.js';
import type { Account } from '../../../../../src/platform/aws/account/place.js';
import { listResources } from '../../../../../src/platform/aws/resources/resource-lists.js';
import { tagsOf } from '../../../../../src/platform/aws/ownership/tags.js';

/** As CloudWatch does, lists alarms by name, and refuses to delete one that another is made of. */
function accountWith(rules: Record<string, string>, plain: string[]) {
  const gone: string[] = [];
  const place = { project: { file: { name: 'p' } }, settings: { name: 'prod', region: 'eu-west-1' } };
  const cloudwatch = {
    describeAlarms: () =>
      Promise.resolve({
        CompositeAlarms: Object.entries(rules)
          .sort()
          .map(([AlarmName, AlarmRule]) => ({ AlarmName, AlarmRule, AlarmArn: AlarmName })),
        MetricAlarms: plain.map((AlarmName) => ({ AlarmName, AlarmArn: AlarmName })),
      }),
    listTagsForResource: () => Promise.resolve({ Tags: tagsOf(account) }),
    deleteAlarms({ AlarmNames }: { AlarmNames: string[] }) {
      for (const name of AlarmNames) {
        const by = Object.keys(rules).find((other) => rules[other]!.includes(`"${name}"`) && !gone.includes(other));
        assert.equal(by, undefined, `Cannot delete ${name} as ${by} depends on it`);
      }
      gone.push(...AlarmNames);
      return Promise.resolve({});
    },
  };
  const account = { ...place, clients: { cloudwatch: () => Promise.resolve(cloudwatch) } } as unknown as Account;
  return { account, gone };
}

const rules = { a: 'ALARM("z")', m: 'ALARM("plain")', z: 'ALARM("m") OR OK("plain")' };

describe('alarms made of alarms that are made of alarms', () => {
  it('are removed from the outermost on, whatever their names', async () => {
    const { account, gone } = accountWith(rules, ['plain']);
    await alarmWriter(account).remove(['m', 'z', 'plain', 'a']);
    assert.deepEqual(gone, ['a', 'z', 'm', 'plain']);
  });

  it('are listed for cleaning up in that order', async () => {
    const { account } = accountWith(rules, ['plain']);
    const found = await listResources(account, ['alarm']);
    assert.deepEqual(
      found.map(({ name }) => name),
      ['a', 'z', 'm', 'plain'],
    );
  });
});
