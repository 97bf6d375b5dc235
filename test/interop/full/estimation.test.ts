import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { binaryAgrees, classesAgree, lossesAgree } from '../../support/nannyml/agrees.js';
import { temporaryFolder } from '../../support/temporary.js';

/** NannyML's own examples, whole: 50,000 rows and more of each. */
describe('performance estimated without labels beside NannyML', function () {
  this.timeout(600_000);
  const place = temporaryFolder();
  after(place.remove);

  before('NannyML estimates', () => {
    const python = process.env.MLOPS_PYTHON_NANNYML;
    assert.ok(python, 'MLOPS_PYTHON_NANNYML is set by the suite');
    const script = join('test', 'interop', 'full', 'estimation_nannyml.py');
    const env = { ...process.env, NML_DISABLE_USAGE_LOGGING: '1' };
    const run = spawnSync(python, [script, place.path], { encoding: 'utf8', env });
    assert.equal(run.status, 0, run.stderr);
  });

  it('CBPE of a binary classifier', () => assert.ok(binaryAgrees(place.path, 'car-loan') >= 7 * 10));
  it('CBPE of a binary classifier in chunks by number', () =>
    assert.ok(binaryAgrees(place.path, 'work-from-home') >= 7 * 7));
  it('CBPE of a classifier of several classes', () => assert.ok(classesAgree(place.path, false) >= 7 * 10));
  it('DLE of a regression', async () => assert.ok((await lossesAgree(place.path)) >= 4 * 10));
});
