import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Batch } from '../../src/documents/batch.js';
import type { GateTrend } from '../../src/documents/gates/gate-trend.js';
import type { LabelsAdded } from '../../src/documents/labels-added.js';
import type { MonitoringResults } from '../../src/documents/monitoring.js';
import type { Api } from '../../src/vscode/start.js';
import { rowsXml, writeWorkbook } from '../support/workbooks.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, run } from './support/extension.js';
import { answerModal, choose, dismissMessages, messages } from './support/window.js';

const disks = Array.from({ length: 40 }, (_, at) => ({ serial: `NEW${at}`, failure: at % 8 === 0 ? 1 : 0 }));

/** Rows that have the features already, as a feature group's export has them. */
const march = [
  'record_id,event_time,serial_number,date,pct_one_star,pct_two_star,smart_5_raw,smart_187_raw,smart_188_raw,smart_197_raw,smart_198_raw',
  ...disks.map(({ serial }, at) => `${serial}_2025-03-01,1740787200,${serial},2025-03-01,15.2,5.2,${at},0,0,0,0`),
];
const marchLabels = ['record_id,failure', ...disks.map(({ serial, failure }) => `${serial}_2025-03-01,${failure}`)];

/** Rows of another month, from the menu of their file. Late in the window: other tests begin with nothing run. */
describe('batches in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  let earlier: string[];
  const close = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const fileOf = (name: string, lines: string[]) => {
    writeFileSync(inFolder(name), `${lines.join('\n')}\n`);
    return vscode.Uri.file(inFolder(name));
  };

  const inBucket = (...parts: string[]) =>
    inFolder('.mlops', 'buckets', api.session.require().environment.bucket, ...parts);
  const judgements = () => readdirSync(inBucket('monitoring', 'runs'));

  before(async () => {
    api = await extensionApi();
    // A version that judges, whatever was tested here before.
    if ((await api.snapshots.refresh()).results === undefined) await run('mlops.run', { options: {} });
    earlier = judgements();
    await close();
    await dismissMessages();
  });
  after(async () => {
    await close();
    // Whoever is next finds the history as it was.
    for (const name of judgements())
      if (!earlier.includes(name)) rmSync(inBucket('monitoring', 'runs', name), { recursive: true });
    rmSync(inBucket('batches'), { recursive: true });
    await api.snapshots.refresh();
  });

  driver.itInBrowser('judges a file and opens its report; its labels come later; then it joins training', async () => {
    const judged = await run<MonitoringResults>('mlops.judgeFile', fileOf('march.csv', march));
    assert.equal(judged?.verdict, 'inconclusive');
    assert.match(await driver.webviewText('h1'), /^Inconclusive — /);
    assert.ok((await driver.webviewText('body')).includes('march.csv'));
    await close();

    const book = inFolder('march-labels.xlsx');
    const labels = rowsXml(marchLabels.map((line) => line.split(',')));
    writeWorkbook(book, { sheets: { Notes: rowsXml([['written by hand']]), Labels: labels } });
    const adding = run<LabelsAdded>('mlops.addLabels', vscode.Uri.file(book));
    await choose('Labels');
    const added = await adding;
    assert.deepEqual(
      added?.batches.map(({ name, labelled, rows }) => [name, labelled, rows]),
      [['march.csv', 40, 40]],
    );
    assert.notEqual(added.verdict, 'inconclusive');
    assert.match(await messages(), /march\.csv: 40 new, 40 of 40 rows have a label now/);
    assert.doesNotMatch(await driver.webviewText('h1'), /^Inconclusive/);
    await dismissMessages();

    const trend = await run<GateTrend>('mlops.showTrend');
    assert.deepEqual(
      trend?.points.filter(({ batch }) => batch !== null).map(({ batch, n }) => [batch!.name, n]),
      [['march.csv', 40]],
    );
    await close();

    const asked = answerModal('Join Training');
    const joining = run<Batch>('mlops.acceptBatch');
    await choose('march.csv');
    assert.match(await asked, /Let the rows of march\.csv join training\?\n40 rows, 40 labelled/);
    assert.ok((await joining).accepted);
    assert.match(await messages(), /its rows join the next training/);
    await dismissMessages();
  });
});
