import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Api } from '../../src/vscode/start.js';
import type { Item } from '../../src/vscode/tree-item.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, run } from './support/extension.js';
import {
  acceptPath,
  answerModal,
  answerModals,
  typePath,
  inputSays,
  leaveQuestion,
  dismissMessages,
  messages,
} from './support/window.js';

/** What goes into a bucket and out of it, through the dialogs of VS Code. */
describe('files and objects in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  let folder: Item;
  const view = () => api.views.of['mlops.buckets'];
  const inBucket = (key: string) => inFolder('.mlops', 'buckets', api.session.require().environment.bucket, key);
  const objects = async () => (await view().children(folder)).map(({ label }) => label);
  const object = async (label: string) => (await view().children(folder)).find((item) => item.label === label);
  const upload = async (name: string) => {
    const uploading = run('mlops.uploadFiles', folder);
    await typePath(inFolder(name));
    return uploading;
  };

  before(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // A bucket is there once something lies in it.
    await api.session.require().environment.writers('test').objects.put('notes/first.txt', 'first');
    await run('mlops.refreshBuckets');
    const [bucket] = view().items;
    folder = (await view().children(bucket!)).find(({ label }) => label === 'notes/')!;
    assert.deepEqual(await objects(), ['first.txt']);
    writeFileSync(inFolder('second.txt'), 'second');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  driver.itInBrowser('uploads the file that the dialog names into the folder, which then shows it', async () => {
    await upload('second.txt');
    assert.equal(readFileSync(inBucket('notes/second.txt'), 'utf8'), 'second');
    assert.deepEqual(await objects(), ['first.txt', 'second.txt']);
  });

  driver.itInBrowser('replaces an object only after a yes', async () => {
    writeFileSync(inFolder('second.txt'), 'changed');
    const questions: string[] = [];
    const refusing = answerModals(undefined, (text) => questions.push(text));
    await upload('second.txt');
    refusing.stop();
    assert.match(questions.join(), /Replace notes\/second\.txt\?/);
    assert.equal(readFileSync(inBucket('notes/second.txt'), 'utf8'), 'second');
    const asked = answerModal('Go On');
    await upload('second.txt');
    assert.match(await asked, /cannot be undone/);
    assert.equal(readFileSync(inBucket('notes/second.txt'), 'utf8'), 'changed');
  });

  driver.itInBrowser('downloads an object to the file that the dialog names, and nothing when it is left', async () => {
    const leaving = run('mlops.downloadObject', await object('first.txt'));
    await inputSays(inFolder('first.txt'));
    await leaveQuestion();
    await leaving;
    assert.ok(!existsSync(inFolder('first.txt')));
    const downloading = run('mlops.downloadObject', await object('first.txt'));
    await acceptPath(inFolder('first.txt'));
    await downloading;
    assert.equal(readFileSync(inFolder('first.txt'), 'utf8'), 'first');
  });

  driver.itInBrowser('deletes an object after a yes, and its line with it', async () => {
    const questions: string[] = [];
    const refusing = answerModals(undefined, (text) => questions.push(text));
    await run('mlops.deleteObject', await object('second.txt'));
    refusing.stop();
    assert.match(questions.join(), /Delete notes\/second\.txt\?/);
    assert.ok(existsSync(inBucket('notes/second.txt')), 'it was deleted without a yes');
    const asked = answerModal('Go On');
    await run('mlops.deleteObject', await object('second.txt'));
    await asked;
    assert.ok(!existsSync(inBucket('notes/second.txt')));
    assert.deepEqual(await objects(), ['first.txt']);
  });

  driver.itInBrowser(
    'changes nothing for a line of another bucket, though its own has an object of that key',
    async () => {
      const first = (await object('first.txt'))!;
      const elsewhere = {
        ...first,
        target: { ...(first.target as { kind: 'object'; key: string }), bucket: 'theirs' },
      };
      await run('mlops.deleteObject', elsewhere);
      assert.match(await messages(), /another bucket/);
      assert.ok(existsSync(inBucket('notes/first.txt')));
      await dismissMessages();
    },
  );
});
