import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandKinds } from '../../../../src/vscode/command-table.js';
import type { Target } from '../../../../src/vscode/tree-item.js';
import * as driver from '../../support/driver.js';
import { run, until } from '../../support/extension.js';
import * as account from '../support/account.js';
import { calls, everyCommand } from '../support/every-command.js';
import { resultObjects, type Life } from '../support/life.js';
import { places } from '../support/places.js';
import { answerModal, answerModals, dismissMessages, leaveQuestion, messages } from '../../support/window.js';

const { itInBrowser } = driver;

/** What a window may do in an account that its user closed: look, and nothing else. */
export function readOnlyAgain(window: Life): void {
  const { stage, environment, api } = window;

  describe('with writing turned off again', () => {
    let called: ReturnType<typeof calls>;

    before(async () => {
      await run('mlops.refresh');
      const root = stage('SageMaker Pipeline')!;
      const [execution] = await api().views.of['mlops.pipeline'].children(root);
      const [results] = await resultObjects();
      called = calls({
        bucket: places.bucket,
        results: { key: results!, size: 1 },
        execution: execution!.target as Extract<Target, { kind: 'execution' }>,
        alarm: 'hdd-failure-Invocation5xxErrors',
      });
    });

    itInBrowser('refuses at once, also what was open', async () => {
      assert.equal(api().session.require().readOnlyBecause(), undefined);
      const writers = environment().writers('look');
      await run('mlops.turnOffWriting');
      await account.forget();
      assert.equal(await run('mlops.approveModel', { version: 'v1', reason: 'because' }), undefined);
      assert.match(await messages(), /is read-only, so this is refused/);
      await assert.rejects(writers.objects.put('a.txt', 'x'), /read-only/);
      await assert.rejects(writers.registry.setStatus('hdd-failure', 'v1', 'Rejected', 'x'), /read-only/);
      assert.deepEqual(await account.mutating(), []);
      await dismissMessages();
    });

    itInBrowser('knows every command that VS Code knows', async () => {
      assert.deepEqual(await everyCommand(), Object.keys(called).sort());
    });

    itInBrowser('changes nothing in the account whatever command is called, counted at the server', async () => {
      await account.forget();
      for (const id of await everyCommand()) {
        const { with: argument, asks } = called[id];
        const modals: string[] = [];
        const answering = answerModals(undefined, (text) => modals.push(text));
        const answered = vscode.commands.executeCommand(id, argument);
        if (asks === 'in a box') await leaveQuestion();
        await answered;
        answering.stop();
        assert.equal(modals.length, asks === 'in a dialog' ? 1 : 0, id);
        assert.deepEqual(await account.mutating(), [], id);
        if (commandKinds[id] !== 'write') continue;
        assert.match(await messages(), /is read-only, so this is refused/, id);
        await dismissMessages();
      }
      assert.ok((await account.calls()).length > 50, 'the account was never asked');
      for (const part of ['closeAllEditors', 'closePanel'])
        await vscode.commands.executeCommand(`workbench.action.${part}`);
      vscode.window.terminals.forEach((terminal) => terminal.dispose());
      await dismissMessages();
    });

    itInBrowser('writes again when its user turns it on', async () => {
      const asked = answerModal('Turn Writing On');
      await run('mlops.turnOnWriting');
      assert.match(await asked, /123456789012/);
      await run('mlops.setOverride', { name: 'forceSkipRetrain', reason: 'roll-out', expiresAt: null });
      assert.ok((await account.mutating()).length > 0);
      await driver.windowTexts('.statusbar-item:has-text("override: skip retrain")');
      await run('mlops.refresh');
      await until('the override shows', api().snapshots.onChange, () =>
        stage('Retrain')?.description?.includes('held '),
      );
    });
  });
}
