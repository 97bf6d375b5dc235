import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../../src/documents/batch.js';
import type { Run } from '../../src/documents/run.js';
import { bucket, type AccountOfDrives } from './account-of-drives.js';
import { changeProject } from './aws-project.js';

/** What arrives below a prefix of the bucket is judged once; its labels come later, and it joins training. */
export async function judgeWhatArrives(at: AccountOfDrives): Promise<void> {
  const { project, run, json } = at;
  const arriving = { files: `s3://${bucket}/incoming`, train: 'when-labelled' };
  changeProject(project, ['monitor', 'batches'], arriving);
  const disks = Array.from({ length: 40 }, (_, at) => ({ id: `NEW${at}_2025-03-01`, failure: at % 8 === 0 ? 1 : 0 }));
  const march = disks.map(({ id }, at) => `${id},1740787200,NEW${at},2025-03-01,15.2,5.2,${at},0,0,0,0`);
  const smart = [5, 187, 188, 197, 198].map((number) => `smart_${number}_raw`).join(',');
  const head = `record_id,event_time,serial_number,date,pct_one_star,pct_two_star,${smart}`;
  const put = (Key: string, Body: string) => at.fill.clients.s3.putObject({ Bucket: bucket, Key, Body });
  await put('incoming/march.csv', [head, ...march].join('\n'));
  await put('incoming/readme.txt', 'not a table');
  await put('incoming-before/old.csv', 'neither is this\n');
  const first = await json<Run>(['monitor']);
  assert.equal(first.document.stages[0]!.outputs.length, 2, first.stderr);
  const { batches } = (await json<{ batches: Batch[] }>(['batches', 'list'])).document;
  assert.deepEqual(
    batches.map(({ name, files, rows, labelled }) => [name, files[0]!.uri, rows, labelled]),
    [['march.csv', `s3://${bucket}/incoming/march.csv`, 40, 0]],
  );
  const again = await json<Run>(['monitor']);
  assert.equal(again.document.stages[0]!.outputs.length, 1, 'what was judged is known');

  const labels = join(project, 'march-labels.csv');
  writeFileSync(labels, ['record_id,failure', ...disks.map(({ id, failure }) => `${id},${failure}`)].join('\n'));
  const added = await run(['labels', 'add', labels]);
  assert.match(added.stderr, /march\.csv has all its labels: its rows join the next training/, added.stdout);
  changeProject(project, ['monitor', 'batches'], undefined);
}
