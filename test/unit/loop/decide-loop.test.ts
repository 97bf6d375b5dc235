import assert from 'node:assert/strict';
import type { Override } from '../../../src/documents/ledger.js';
import { freshLoop, type Retraining } from '../../../src/documents/loop.js';
import { decideLoop, type LoopInput } from '../../../src/loop/decide-loop.js';
import { severityOf, type Evidence } from '../../../src/loop/severity.js';
import { loopSchema, type Severity } from '../../../src/project/parts/loop-schema.js';

const calm: Evidence = {
  ...{ key: 'r1', of: 'production', modelVersion: 'v1', asks: [], figure: 'f1' },
  ...{ score: 0, share: 0, drop: 0 },
};
const major: Evidence = { ...calm, score: 0.4 };
const now = new Date('2026-06-02T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3600_000).toISOString();
const retraining = (part: Partial<Retraining> = {}): Retraining => ({
  ...{ at: hoursAgo(1), evidence: ['r0'], version: 'v1', severity: 'major', why: 'drift', runId: 'a' },
  ...{ outcome: 'refused', text: 'v2 does not replace v1', ...part },
});
const override = (name: Override['name'], setAt = hoursAgo(2)): Override => ({
  ...{ name, reason: 'a freeze', by: 'ana', setAt, expiresAt: null },
});
const decide = (part: Partial<LoopInput> = {}) =>
  decideLoop({
    ...{ settings: loopSchema.parse({}), evidence: [major], state: freshLoop, overrides: [], serves: 'v1', now },
    ...part,
  });

describe('how much has changed', () => {
  const cases: [string, Partial<Evidence>, Severity][] = [
    ['nothing', {}, 'none'],
    ['the inputs a little less than minor', { score: 0.049 }, 'none'],
    ['the inputs a little', { score: 0.05 }, 'minor'],
    ['the inputs enough', { score: 0.15 }, 'moderate'],
    ['the inputs much', { score: 0.3 }, 'major'],
    ['a tenth of the inputs', { share: 0.1 }, 'minor'],
    ['a quarter of the inputs', { share: 0.25 }, 'moderate'],
    ['half of the inputs', { share: 0.5 }, 'major'],
    ['quality by 0.02', { drop: 0.02 }, 'minor'],
    ['quality by 0.05, with the inputs', { drop: 0.05, score: 0.06 }, 'moderate'],
    ['quality by 0.05, while the inputs stand still', { drop: 0.9 - 0.85 }, 'concept'],
    ['quality by 0.10, with the inputs', { drop: 0.1, share: 0.1 }, 'major'],
    ['quality by 0.20', { drop: 0.2, score: 0.4 }, 'concept'],
    ['quality by 0.06, of inputs that nobody knows', { drop: 0.06, score: null, share: null }, 'moderate'],
    ['what nobody knows', { drop: null, score: null, share: null }, 'none'],
    ['what a gate asks for', { asks: ['recall was 0.6'] }, 'moderate'],
    ['quality for the better', { drop: -0.3 }, 'none'],
  ];
  for (const [what, part, severity] of cases)
    it(`is ${severity} where it is ${what}`, () => {
      assert.equal(severityOf({ ...calm, ...part }).severity, severity);
    });
});

describe('what the loop does about it', () => {
  it('is nothing, a warning or a retraining, as the project says', () => {
    assert.equal(decide({ evidence: [calm] }).action, 'none');
    assert.equal(decide({ evidence: [{ ...calm, score: 0.06 }] }).action, 'warn');
    assert.equal(decide().action, 'retrain');
    const settings = loopSchema.parse({ severity: { major: 'warn', minor: 'none' } });
    assert.equal(decide({ settings }).action, 'warn');
    assert.equal(decide({ settings, evidence: [{ ...calm, score: 0.06 }] }).action, 'none');
  });

  it('goes by the worst of all results, and says which that is', () => {
    const { action, severity, why, evidence } = decide({ evidence: [calm, { ...major, key: 'r2', of: 'May' }] });
    assert.deepEqual([action, severity, evidence], ['retrain', 'major', ['r1', 'r2']]);
    assert.match(why, /major in May: stability index of the inputs 0.4/);
  });

  it('is nothing while nothing is known: no verdict, an inconclusive one, nothing served', () => {
    for (const part of [
      { evidence: [] },
      { evidence: [{ ...major, inconclusive: 'the verdict is inconclusive' }] },
      { serves: undefined },
    ])
      assert.equal(decide(part).action, 'none');
    assert.match(decide({ evidence: [{ ...major, inconclusive: 'the verdict is error' }] }).why, /nothing is decided/);
  });

  it('waits for the end of the cool-down, and says when that is; a changed concept does not wait', () => {
    const state = { ...freshLoop, retraining: retraining() };
    const held = decide({ state });
    assert.deepEqual([held.action, held.until], ['hold', '2026-06-02T17:00:00.000Z']);
    assert.match(held.why, /cool-down for another 5 h/);
    assert.equal(decide({ state: { ...state, retraining: retraining({ at: hoursAgo(6) }) } }).action, 'retrain');
    assert.equal(decide({ state, evidence: [{ ...calm, drop: 0.3 }] }).action, 'retrain');
  });

  it('never retrains twice for the same results, also long after', () => {
    const state = { ...freshLoop, retraining: retraining({ at: hoursAgo(100), evidence: ['r1'] }) };
    assert.equal(decide({ state }).action, 'hold');
    assert.equal(decide({ state, evidence: [{ ...calm, drop: 0.3 }] }).action, 'hold');
    assert.equal(decide({ state, evidence: [{ ...major, key: 'r2' }] }).action, 'retrain');
  });

  it('leaves what a person decided: an override, and what was taken back', () => {
    const skip = decide({ overrides: [override('forceSkipRetrain'), override('forceRetrain')] });
    assert.equal(skip.action, 'hold');
    assert.match(skip.why, /override of ana \(a freeze\)/);
    assert.equal(decide({ held: 'v1 was gone back to by ben' }).action, 'hold');
  });

  it('retrains once for each time that a person forces it, whatever was found', () => {
    const overrides = [override('forceRetrain')];
    assert.equal(decide({ overrides, evidence: [calm] }).action, 'retrain');
    const state = { ...freshLoop, retraining: retraining() };
    assert.equal(decide({ overrides, evidence: [calm], state }).action, 'none');
    assert.equal(
      decide({ overrides: [override('forceRetrain', hoursAgo(0.5))], evidence: [calm], state }).action,
      'retrain',
    );
  });

  it('tells a person after three majors one after the other, each of results of their own, and of a changed concept', () => {
    const before = (evidence: string[]) => ({ ...freshLoop, majors: 2, decided: { ...decide(), evidence } });
    assert.match(decide({ state: before(['r0']) }).escalated ?? '', /3 majors/);
    assert.equal(decide({ state: before(['r1']) }).majors, 2);
    assert.equal(decide({ state: before(['r0']), evidence: [calm] }).majors, 0);
    assert.match(decide({ evidence: [{ ...calm, drop: 0.3 }] }).escalated ?? '', /relation/);
  });

  it('stops when three retrainings of a version came to nothing, until another serves', () => {
    const state = { ...freshLoop, fruitless: 3, retraining: retraining({ at: hoursAgo(50) }) };
    assert.equal(decide({ state }).action, 'hold');
    assert.match(decide({ state }).why, /a person has to look/);
    assert.equal(decide({ state, serves: 'v2' }).action, 'retrain');
  });
});
