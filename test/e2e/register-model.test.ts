import assert from 'node:assert/strict';
import type { Api } from '../../src/vscode/start.js';
import { extensionApi, run } from './support/extension.js';
import { answerModals } from './support/window.js';

describe('a model behind a command, registered in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  before(async () => {
    api = await extensionApi();
  });

  it('asks for the very text of the command, and starts nothing that was not allowed', async () => {
    const { folder } = api.session.require().project;
    const questions: string[] = [];
    const answering = answerModals(undefined, (text) => questions.push(text));
    try {
      const made = await run('mlops.registerModel', {
        command: 'node "my serve.mjs" --fast',
        data: '',
        columns: 'smart_5_raw',
      });
      assert.equal(made, undefined);
    } finally {
      answering.stop();
    }
    assert.equal(questions.length, 1);
    const [title, text] = questions[0]!.split('\n');
    assert.deepEqual([title, text], ['Let this command run?', "serve: node 'my serve.mjs' --fast"]);
    assert.ok(questions[0]!.includes(`In ${folder}, as you and with your rights.`));
  });
});
