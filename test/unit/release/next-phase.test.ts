import assert from 'node:assert/strict';
import type { ReleaseDocument, Watched } from '../../../src/documents/releases/release.js';
import { nextPhase, resumed, takeBack, type Happened } from '../../../src/release/next-phase.js';
import { releaseState } from '../../../src/release/state.js';

const config = (modelVersion: string) => ({
  ...{ name: 'prod', group: 'made', capture: 1 },
  variants: [{ name: 'AllTraffic', modelVersion, weight: 1 }],
});
const begun: ReleaseDocument = {
  ...{ kind: 'release', schemaVersion: 1, id: 'r1', project: 'made', environment: 'local', endpoint: 'prod' },
  ...{ from: 'v1', to: 'v2', by: 'ops', automatic: false, why: 'better', startedAt: '2026-11-24T09:00:00.000Z' },
  ...{ strategy: 'canary', mode: 'variants', steps: [0.1, 0.5, 1], bakeSeconds: 600, requests: 100, rollbackOn: [] },
  ...{ smoke: 'smoke.jsonl', baseline: 'AllTraffic', candidate: 'v2-r1', before: config('v1'), after: config('v2') },
  ...{ phase: 'shifting', step: 0, since: '2026-11-24T09:00:00.000Z', events: [], outcome: null },
  ...{ cost: 'nothing', admission: null, incident: null },
};
const at = (minutes: number) => new Date(Date.parse(begun.startedAt) + minutes * 60_000);
const done: Happened = { kind: 'done' };
const seen = (requests: number, ...watched: Watched[]): Happened => ({ kind: 'seen', requests, watched });
const said = (answer: Watched['answer']): Watched => ({
  ...{ rule: 'error_rate > 0.01', answer, value: 0.5, limit: 0.01, baseline: null, why: 'half of them' },
});
const tell = (release: ReleaseDocument, ...steps: [number, Happened][]) =>
  steps.reduce((now, [minutes, happened]) => nextPhase(now, happened, at(minutes)), release);
const watching = tell(begun, [1, done], [2, done]);

describe('a release on a clock of its own', () => {
  it('shifts, tests and watches each step for as long as it bakes, and only then is promoted', () => {
    assert.deepEqual([watching.phase, watching.step], ['baking', 0]);
    const early = tell(watching, [11.9, seen(500, said('good'))]);
    assert.deepEqual([early.phase, early.step], ['baking', 0], 'it went on before its ten minutes were over');
    const second = tell(watching, [12, seen(500, said('good'))]);
    assert.deepEqual([second.phase, second.step], ['shifting', 1]);
    const last = tell(second, [13, done], [14, done], [24, seen(500, said('good'))]);
    assert.deepEqual([last.phase, last.step], ['shifting', 2]);
    const promoting = tell(last, [25, done], [26, done], [36, seen(500, said('good'))]);
    assert.equal(promoting.phase, 'promoting');
    assert.equal(promoting.outcome, null, 'it was said to be promoted before the endpoint served it');
    const promoted = tell(promoting, [37, done]);
    assert.deepEqual([promoted.phase, promoted.outcome], ['ended', 'promoted']);
  });

  it('leads back at once when a rule or an alarm says that it is bad', () => {
    const back = tell(watching, [3, seen(50, said('bad'))]);
    assert.deepEqual([back.phase, back.takenBack?.why], ['rolling-back', 'error_rate > 0.01: half of them']);
    assert.deepEqual([tell(back, [4, done]).phase, tell(back, [4, done]).outcome], ['ended', 'rolled-back']);
  });

  it('never goes on by what is missing: it waits, and leads back when nothing ever proves it', () => {
    for (const happened of [seen(99, said('good')), seen(500, said('unknown')), seen(0)]) {
      assert.equal(tell(watching, [90, happened]).phase, 'baking');
      const gone = tell(watching, [102, happened]);
      assert.equal(gone.phase, 'rolling-back');
      assert.match(gone.takenBack!.why, /^nothing proves it after 1\.7 h: /);
    }
  });

  it('leads back from every phase in which something fails, the promotion included', () => {
    const failed: Happened = { kind: 'failed', why: 'no machine' };
    for (const phase of ['shifting', 'smoking', 'baking', 'promoting'] as const)
      assert.equal(nextPhase({ ...begun, phase }, failed, at(1)).phase, 'rolling-back', phase);
  });

  it('keeps who took it back first, and that it is over', () => {
    const once = takeBack(watching, { why: 'complaints', by: 'ops' }, at(3));
    assert.deepEqual(takeBack(once, { why: 'another', by: 'others' }, at(4)).takenBack, {
      why: 'complaints',
      by: 'ops',
    });
    const over = tell(once, [4, done]);
    assert.equal(takeBack(over, { why: 'late', by: 'ops' }, at(5)), over);
  });

  it('watches a step from its beginning once it is taken up again: nobody watched meanwhile', () => {
    const again = resumed(watching, at(500), 'ops');
    assert.equal(tell(again, [505, seen(500, said('good'))]).phase, 'baking');
    assert.equal(tell(again, [510, seen(500, said('good'))]).phase, 'shifting');
  });
});

describe('how a release stands', () => {
  const serving = [
    { modelVersion: 'v1', weight: 0.9 },
    { modelVersion: 'v2', weight: 0.1 },
  ];
  const now = { endpoint: 'prod', status: 'InService', reason: undefined, serving };
  const driver = { pid: 7, host: 'here' };

  it('is under way only while its own driver holds the lease; else it says what serves and what to do', () => {
    assert.equal(releaseState({ ...watching, driver }, now, driver).state, 'under way');
    const left = releaseState({ ...watching, driver }, now, { pid: 8, host: 'here' });
    assert.equal(left.state, 'interrupted');
    assert.match(
      left.text,
      /its process ended at step 1 of 3, 10 % of the traffic, watching.*prod serves v1 90 %, v2 10 %/,
    );
    assert.match(left.next!, /mlops release start .*mlops release rollback \(v1 serves again\)/);
    const fallen = releaseState(watching, { ...now, status: 'Failed', serving: [] }, undefined);
    assert.deepEqual([fallen.state, fallen.text.includes('prod is Failed')], ['stranded', true]);
  });
});
