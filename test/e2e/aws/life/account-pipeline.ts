import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Item } from '../../../../src/vscode/tree-item.js';
import * as driver from '../../support/driver.js';
import { run } from '../../support/extension.js';
import * as account from '../support/account.js';
import type { Life } from '../support/life.js';
import { answerModal, choose, dismissMessages, messages } from '../../support/window.js';

const { itInBrowser } = driver;

/** The project's pipeline in the account: registered, started, looked into. */
export function asAPipeline(window: Life): void {
  const { stage, api } = window;

  describe('as a SageMaker Pipeline', () => {
    const root = () => stage('SageMaker Pipeline');
    const children = (item: Item) => api().views.of['mlops.pipeline'].children(item);

    itInBrowser('shows what registering changes, and registers when that is confirmed', async () => {
      await run('mlops.refreshPipeline');
      assert.equal(root()?.description, 'not registered');
      const asked = answerModal('Register');
      const registering = run('mlops.registerPipeline');
      assert.match(await asked, /us-east-1, profile prod, account 123456789012.*add step EvaluateProductionData/s);
      await registering;
      assert.equal(root()?.description, 'no executions yet');
      await run('mlops.registerPipeline');
      assert.match(await messages(), /nothing to do/);
      await dismissMessages();
    });

    itInBrowser('starts an execution, and shows its steps and what was decided', async () => {
      const starting = run<string>('mlops.startPipeline');
      assert.match(await choose('Only judge'), /never retrains/);
      const id = await starting;
      assert.match(root()?.description ?? '', /running · just now/);
      await account.settled();
      await run('mlops.refreshPipeline');
      const [execution] = await children(root()!);
      assert.match(execution!.id, new RegExp(`${id}$`));
      assert.deepEqual(
        (await children(execution!)).map(({ label, description }) => `${label} ${description?.split(' · ')[0]}`),
        ['EvaluateProductionData succeeded', 'CheckRetraining no', 'SaveHealthyReport succeeded'],
      );
    });

    itInBrowser('says why a step failed, with the end of its log', async () => {
      await run('mlops.startPipeline', { parameters: { FeatureGroupProd: 'another-group' } });
      await account.settled();
      await run('mlops.refreshPipeline');
      assert.match(root()?.description ?? '', /failed/);
      const [execution] = await children(root()!);
      const [step] = await children(execution!);
      assert.match(step!.description!, /failed · .*found another-group, expected hdd-failure-production/);
      await run('mlops.showExecution', step);
      assert.match(vscode.window.activeTextEditor!.document.getText(), /the end of its log:\n.*found another-group/s);
      for (const theme of ['light', 'dark'] as const) {
        await driver.setTheme(theme);
        await driver.screenshot(`aws-pipeline-${theme}`);
      }
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
}
