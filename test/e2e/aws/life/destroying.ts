import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as driver from '../../support/driver.js';
import { lines, run } from '../../support/extension.js';
import * as account from '../support/account.js';
import type { Life } from '../support/life.js';
import { places } from '../support/places.js';
import { leaveQuestion, messageCount, typeName } from '../../support/window.js';

const { itInBrowser } = driver;

/** What is asked for by its name before it is gone. */
export function destroying(window: Life): void {
  const { items, all, api } = window;

  describe('what is destroyed', () => {
    itInBrowser(
      'is asked for by its name, with account and region in sight; leaving the box changes nothing',
      async () => {
        await account.forget();
        const stopping = run('mlops.stopEndpoint', { name: 'hdd-failure' });
        const asked = await typeName(undefined);
        assert.match(asked, /Stop endpoint hdd-failure \(start brings it back\): environment prod/);
        assert.match(asked, /In account 123456789012, us-east-1\. Type hdd-failure to go on/);
        await driver.screenshot('aws-confirm');
        await leaveQuestion();
        await stopping;
        assert.deepEqual(await account.mutating(), []);
        assert.equal(await messageCount(), 0);
      },
    );

    itInBrowser('apply shows what changes, and makes the account what mlops.json asks for', async () => {
      const applying = run('mlops.apply');
      await typeName('hdd-failure');
      await applying;
      assert.match(
        shownText('apply.txt'),
        /account 123456789012.*\+ add hdd-failure-prod-us-east-1-endpoint-hdd-failure/s,
      );
      const { DashboardEntries = [] } = await account.clients.cloudwatch.listDashboards({});
      assert.equal(DashboardEntries.length, 1);
    });

    itInBrowser('cleaning up lists first, and deletes what carries the tag and nothing else', async () => {
      await account.makeAlarm(places.region, 'somebody-elses');
      const cleaning = run('mlops.cleanup');
      await typeName('hdd-failure');
      await cleaning;
      assert.match(shownText('clean-up.txt'), /^endpoint +hdd-failure$/m);
      await run('mlops.refresh');
      assert.deepEqual(items('mlops.endpoints'), []);
      assert.match(all('mlops.alarms'), /^1 alarm of others.*\nsomebody-elses/);
      assert.equal(items('mlops.alarms').length, 1);
      const [bucket] = items('mlops.buckets');
      const left = lines(await api().views.of['mlops.buckets'].children(bucket!));
      assert.ok(left.includes('artifacts/'), 'the data stays');
    });
  });
}

function shownText(name: string): string {
  const found = vscode.workspace.textDocuments.find(({ uri }) => uri.path === `/${name}`);
  assert.ok(found, `${name} is not shown`);
  return found.getText();
}
