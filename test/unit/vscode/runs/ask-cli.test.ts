import assert from 'node:assert/strict';
import { CancelledError, InputError, MissingRight, SignInExpired } from '../../../../src/common/errors.js';
import type { EditorServices } from '../../../../src/vscode/editor-services.js';
import { askCli } from '../../../../src/vscode/runs/ask-cli.js';
import type { Current } from '../../../../src/vscode/session/current.js';

describe('asking the command for a document', () => {
  const current = { project: { folder: '/p' }, environment: { name: 'prod' } } as unknown as Current;
  const asked = (runCli: EditorServices['runCli'], signal?: AbortSignal) =>
    askCli({ runCli }, current, ['rows'], { signal });
  const ended =
    (code: number | null, stdout: string, stderr = '') =>
    () =>
      Promise.resolve({ code, stdout, stderr });

  it('gives what it printed about the project in its environment', async () => {
    const words: string[] = [];
    const found = await asked((args) => (words.push(...args), ended(0, '{"n": 1}')()));
    assert.deepEqual(found, { n: 1 });
    assert.deepEqual(words, ['rows', '--project', '/p', '--env', 'prod', '--json', '--quiet']);
  });

  it('gives what a command found that ends with an exit code for its verdict', async () => {
    const verdict = { kind: 'monitoring-results', verdict: 'fail' };
    for (const code of [1, 3, 4]) assert.deepEqual(await asked(ended(code, JSON.stringify(verdict))), verdict);
  });

  it('fails with what it said last, or with how it ended', async () => {
    await assert.rejects(asked(ended(2, '', 'looking…\nno such column\n')), /^Error: no such column$/);
    await assert.rejects(asked(ended(null, '')), /^Error: mlops rows ended with null$/);
  });

  it('fails with the error that the command ended with, whatever its words', async () => {
    const errorOf = (error: object) =>
      JSON.stringify({
        kind: 'error',
        schemaVersion: 1,
        code: 'broke',
        exitCode: 4,
        message: 'in other words',
        ...error,
      });
    const failing = (about: object) => asked(ended(4, errorOf({ about }), 'in other words'));
    await assert.rejects(failing({ kind: 'missing-right', action: 's3:GetObject' }), (error) => {
      assert.ok(error instanceof MissingRight);
      assert.deepEqual([error.action, error.message, error.exitCode], ['s3:GetObject', 'in other words', 4]);
      return true;
    });
    await assert.rejects(failing({ kind: 'sign-in-expired', profile: 'my team' }), (error) => {
      assert.ok(error instanceof SignInExpired);
      assert.equal(error.profile, 'my team');
      return true;
    });
    await assert.rejects(asked(ended(2, errorOf({ code: 'wrong-input', exitCode: 2 }))), InputError);
  });

  it('says nothing of a process that was ended because its user left', async () => {
    const abort = new AbortController();
    abort.abort(new CancelledError());
    await assert.rejects(
      asked(() => Promise.reject(new Error('aborted')), abort.signal),
      CancelledError,
    );
    await assert.rejects(asked(ended(null, '', 'killed'), abort.signal), CancelledError);
  });
});
