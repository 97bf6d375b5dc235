import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../../src/vscode/start.js';
import * as driver from './support/driver.js';
import { allLines, extensionApi, inFolder, inRepository, run } from './support/extension.js';
import { answerModals, choose, dismissMessages, messages, typePath, whileUntrusted } from './support/window.js';

describe('a model that was trained elsewhere, registered in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  before(async () => {
    api = await extensionApi();
    await dismissMessages();
  });

  /** Where a version and the run that registered it lie. */
  const places = () => {
    const bucket = inFolder('.mlops', 'buckets', api.session.require().environment.bucket);
    const inBucket = ['runs', 'artifacts/models', 'artifacts/eval'].map((name) => join(bucket, name));
    return [...inBucket, inFolder('.mlops', 'runs'), inFolder('.mlops', 'registry', 'hdd-failure')];
  };
  const entries = () =>
    places().flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []));

  driver.itInBrowser(
    'is a file that the dialogs ask for, evaluated on a table with labels, and then a version',
    async () => {
      const { columns, rows, cases } = JSON.parse(
        readFileSync(inRepository('test', 'fixtures', 'xgboost', '3.2.0', 'expected.json'), 'utf8'),
      ) as { columns: string[]; rows: (number | null)[][]; cases: { file: string; predictions: number[] }[] };
      const { predictions } = cases.find(({ file }) => file === 'logistic.json')!;
      const lines = rows.map((row, at) => [`r${at}`, ...row, Number(predictions[at]! > 0.5)].join());
      const table = inFolder('labelled.csv');
      writeFileSync(table, `${['serial_number', ...columns, 'failure'].join()}\n${lines.join('\n')}\n`);
      const earlier = entries();
      try {
        const made = run<{ version: string; family: string; metrics: Record<string, number> }>('mlops.registerModel');
        await choose('A model file');
        await typePath(inRepository('test', 'fixtures', 'xgboost', '3.2.0', 'logistic.json'), 'A table with labels');
        await choose('A table with labels');
        await typePath(table);
        const { version, family, metrics } = await made;
        assert.deepEqual([family, metrics.roc_auc], ['xgboost', 1]);
        const models = allLines(api.views.of['mlops.models'].items).join('\n');
        assert.ok(models.includes(version), models);
      } finally {
        // Whoever is next finds the versions as they were.
        for (const path of entries()) if (!earlier.includes(path)) rmSync(path, { recursive: true });
        rmSync(table);
        await api.views.of['mlops.models'].refresh();
        await api.snapshots.refresh();
      }
    },
  );

  it('is refused in a workspace that is not trusted, before anything is asked', async () => {
    const made = await whileUntrusted(() => run('mlops.registerModel', { file: 'model.onnx', data: '' }));
    assert.equal(made, undefined);
    assert.match(await messages(), /This workspace is not trusted, and what a project runs is code/);
    await dismissMessages();
  });

  it('behind a command: asks for the very text of it, and starts nothing that was not allowed', async () => {
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
