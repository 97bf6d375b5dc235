import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { writeZip } from '../../support/zips.js';

const common = ['date', 'serial_number', 'model', 'capacity_bytes', 'failure'];
/** What came in later years, before the readings. */
const places = ['datacenter', 'cluster_id', 'vault_id', 'pod_id', 'pod_slot_num', 'is_legacy_format'];
const readings = (ids: number[]) => ids.flatMap((id) => [`smart_${id}_normalized`, `smart_${id}_raw`]);
const columns2019 = [...common, ...readings([1, 5, 9, 187, 188, 197, 198])];
const columns2025 = [...common, ...places, ...readings([1, 5, 9, 90, 187, 188, 197, 198])];
/** The last is of no manufacturer that anybody reviewed. */
const models = [
  'ST12000NM0007',
  'TOSHIBA MG07ACA14TA',
  'WDC WUH721414ALE6L4',
  'HGST HMS5C4040BLE640',
  'CT250MX500SSD1',
];

/** A day of 50 drives, ten a model; every tenth of them fails. Only Seagate's report 187 and 188. */
function day(columns: string[], date: string): Uint8Array {
  const rows = Array.from({ length: 50 }, (_, at) => {
    const known: Record<string, string> = {
      ...{ date, serial_number: `${date.slice(0, 4)}-${at}`, model: models[at % 5]!, capacity_bytes: '14000519643136' },
      ...{ failure: at % 10 === 0 ? '1' : '0', datacenter: 'sac0', cluster_id: '0', vault_id: '1091', pod_id: '3' },
      ...{ pod_slot_num: `${at}.0`, is_legacy_format: 'False' },
    };
    const reading = (name: string) => (/_18[78]_/.test(name) && at % 5 !== 0 ? '' : String(at));
    return columns.map((name) => known[name] ?? reading(name)).join(',');
  });
  return Buffer.from(`${columns.join(',')}\n${rows.join('\n')}\n`);
}

describe('drive days of 2019 and of 2025, whose columns differ', function () {
  this.timeout(60_000);
  let project: MadeProject;

  before(async () => (project = await madeProject('hdd-failure')));
  after(() => project.remove());

  it('are taken in together, each column where its year has it, and none of a Mac’s own files', async () => {
    const at = (name: string) => join(project.folder, name);
    writeZip(at('data_Q4_2019.zip'), { 'data_Q4_2019/2019-10-01.csv': day(columns2019, '2019-10-01') });
    writeZip(at('data_Q3_2025.zip'), {
      'data_Q3_2025/2025-07-01.csv': day(columns2025, '2025-07-01'),
      '__MACOSX/data_Q3_2025/._2025-07-01.csv': Buffer.from('no table'),
    });
    const shares = ['SEAGATE', 'TOSHIBA', 'WDC', 'HGST'].map((name) => `${name},20,6`);
    writeFileSync(at('shares.csv'), ['manufacturer,pct_one_star,pct_two_star', ...shares, ''].join('\n'));
    const sources = ['--source', `backblaze=${at('data_Q*.zip')}`, '--source', `reviews=${at('shares.csv')}`];
    const run = await mlopsJson<Run>(['run', 'ingest', 'features', '--project', project.folder, ...sources]);
    assert.equal(run.error, null);
    const [ingest, features] = run.stages;
    assert.deepEqual([ingest!.figures.backblaze_days, ingest!.figures.backblaze_rows], [2, 100]);
    assert.equal(features!.figures.entities, 80, 'eight in ten drives are of a manufacturer with reviews');
  });
});
