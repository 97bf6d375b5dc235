import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

interface Status {
  on: boolean;
  lookedAt: string | null;
  decision: { action: string; why: string; evidence: string[] };
  retraining: object | null;
}

describe('mlops loop', function () {
  this.timeout(60_000);
  let project: MadeProject;

  before(async () => (project = await madeProject('house-prices', '--sample')));
  after(() => project.remove());

  it('says what would be decided now and of which results, and does none of it', async () => {
    const cwd = project.folder;
    const fresh = await mlopsJson<Status>(['loop'], { cwd });
    assert.match(fresh.decision.why, /nothing is served yet/);
    await mlops(['run'], { cwd });

    const calm = await mlopsJson<Status>(['loop'], { cwd });
    assert.equal(calm.decision.action, 'none');
    assert.equal(calm.decision.evidence.length, 1);
    const { stdout: results } = await mlops(['bucket', 'cat', calm.decision.evidence[0]!], { cwd });
    assert.match(results, /"verdict"/);

    await mlops(['override', 'set', 'force-retrain', '--reason', 'a new street'], { cwd });
    const before = everyFile(cwd);
    const { stdout } = await mlops(['loop'], { cwd });
    assert.match(stdout, /^now: retrain: forced by .*: a new street$/m);
    assert.match(stdout, /^retrained: never$/m);
    const { lookedAt, retraining } = await mlopsJson<Status>(['loop'], { cwd });
    assert.deepEqual([lookedAt, retraining], [null, null]);
    assert.deepEqual(everyFile(cwd), before);
  });
});

/** But for what its endpoint writes down while it serves. */
const everyFile = (folder: string): string[] =>
  readdirSync(join(folder, '.mlops'), { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('endpoints') && !name.startsWith('metrics'))
    .sort();
