import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('a column of more texts than can be compared', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  after(() => place.remove());

  it('is said beside the verdict to be not compared', async () => {
    const rows = Array.from({ length: 3000 }, (_, row) => {
      const at = new Date(Date.UTC(2026, 0, 1) + row * 3600_000).toISOString().slice(0, 19);
      const size = (row * 37) % 100;
      return `k${row},${at},${size},street ${(row * 7) % 1301},${Number(size > (row * 53) % 97)}`;
    });
    writeFileSync(join(place.path, 'many.csv'), ['customer,at,size,street,left', ...rows, ''].join('\n'));
    const words = ['--target', 'left', '--entity', 'customer', '--time', 'at'];
    const made = await mlops(['init', 'many', '--from', 'many.csv', ...words], { cwd: place.path });
    assert.equal(made.code, 0, made.stderr);
    const project = join(place.path, 'many');
    const ran = await mlops(['run', '--project', project]);
    const told = /street is not compared with the baseline, because it has more than 1,000 different values/;
    assert.match(ran.stdout, told, ran.stderr);
  });
});
