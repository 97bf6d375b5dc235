import assert from 'node:assert/strict';
import { dashboardMark, dashboardName, isDashboardOf } from '../../../src/project/names.js';

const owner = { project: 'churn', environment: 'prod', region: 'eu-west-1' };

describe('the dashboard of an environment', () => {
  it('has a name of its own beside those of other environments and regions of the account', () => {
    const names = [owner, { ...owner, environment: 'staging' }, { ...owner, region: 'us-east-1' }].map((one) =>
      dashboardName(one, 'churn'),
    );
    assert.equal(new Set(names).size, 3);
  });

  it('is known by its mark, at the end of a line of a text', () => {
    const body = (text: string) => JSON.stringify({ widgets: [{ properties: { markdown: text } }] });
    const mark = dashboardMark(owner);
    for (const text of [mark, `# churn\n${mark}`, `${mark}\nmore`]) assert.ok(isDashboardOf(owner, body(text)), text);
    for (const text of ['', `${mark}b`, mark.replace('churn', 'churn.2'), dashboardMark({ ...owner, region: 'eu' })])
      assert.ok(!isDashboardOf(owner, body(text)), text);
    assert.ok(!isDashboardOf({ ...owner, project: 'chur.' }, body(mark)));
  });
});
