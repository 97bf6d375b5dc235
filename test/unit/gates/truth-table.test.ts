import assert from 'node:assert/strict';
import type { Override } from '../../../src/documents/ledger.js';
import { decide } from '../../../src/gates/decide.js';
import type { Figure } from '../../../src/gates/figures.js';
import { evaluate, figure, figuresOf, gate, now, override } from './gate-inputs.js';

/**
 * What every kind of gate says to every state of the data, with every override and with a waiver.
 * One gate a project: `recall >= 0.70` or `recall >= 0.9 * baseline` (baseline 0.8), at least 5 positives, asks for retraining.
 */
const states: Record<string, { figure?: Figure; baseline: number | null }> = {
  good: { figure: figure(0.9), baseline: 0.8 },
  bad: { figure: figure(0.5), baseline: 0.8 },
  'just enough': { figure: figure(0.9, 5), baseline: 0.8 },
  'too few': { figure: figure(0.9, 4), baseline: 0.8 },
  'too few, bad': { figure: figure(0.5, 4), baseline: 0.8 },
  'nothing in it': { figure: figure(0.9, 0), baseline: 0.8 },
  'not counted': { figure: figure(0.9, null), baseline: 0.8 },
  unknown: { figure: figure(null, 0, 'no positives'), baseline: 0.8 },
  'not computed': { baseline: 0.8 },
  NaN: { figure: figure(NaN), baseline: 0.8 },
  'infinite, good side': { figure: figure(Infinity), baseline: 0.8 },
  'infinite, bad side': { figure: figure(-Infinity), baseline: 0.8 },
  'no baseline': { figure: figure(0.9), baseline: null },
  'baseline NaN': { figure: figure(0.9), baseline: NaN },
  'baseline infinite': { figure: figure(0.9), baseline: Infinity },
  'baseline 0': { figure: figure(0.9), baseline: 0 },
  'baseline below 0': { figure: figure(0.9), baseline: -0.5 },
  'baseline below 0, worse': { figure: figure(-0.9), baseline: -0.5 },
};

const absolute = 'recall >= 0.70';
const relative = 'recall >= 0.9 * baseline';

// Per state of the data: the gate's own answer when hard; waived (a waiver turns a failure, and nothing else, into a
// warning); the verdict of a project with this as its only soft gate (1 is enough); the verdict when advisory.
type Row = [state: string, rule: string, hard: string, waived: string, soft: string, advisory: string];
const table: Row[] = [
  // state                      rule      hard            waived          soft            advisory
  ['good', absolute, 'pass', 'pass', 'pass', 'pass'],
  ['bad', absolute, 'fail', 'warn', 'fail', 'warn'],
  ['just enough', absolute, 'pass', 'pass', 'pass', 'pass'],
  ['too few', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['too few, bad', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['nothing in it', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['not counted', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['unknown', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['not computed', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['NaN', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['infinite, good side', absolute, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['infinite, bad side', absolute, 'fail', 'warn', 'fail', 'warn'],
  ['no baseline', absolute, 'pass', 'pass', 'pass', 'pass'],
  ['baseline NaN', absolute, 'pass', 'pass', 'pass', 'pass'],
  ['baseline 0', absolute, 'pass', 'pass', 'pass', 'pass'],
  ['good', relative, 'pass', 'pass', 'pass', 'pass'],
  ['bad', relative, 'fail', 'warn', 'fail', 'warn'],
  ['too few', relative, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['unknown', relative, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['no baseline', relative, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['baseline NaN', relative, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['baseline infinite', relative, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['baseline 0', relative, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['baseline below 0', relative, 'inconclusive', 'inconclusive', 'inconclusive', 'warn'],
  ['baseline below 0, worse', relative, 'fail', 'warn', 'fail', 'warn'],
  ['good', 'recall => 0.70', 'error', 'error', 'error', 'warn'],
];

const both = [override('forceRetrain'), override('forceSkipRetrain')];
const expired = [override('forceSkipRetrain', '2026-02-28T00:00:00Z')];

// By the verdict of a hard gate that asks for retraining: what is decided under which overrides, and by whom.
type Decided = [verdict: string, none: string, force: string, skip: string, both: string, expiredSkip: string];
const decisions: Decided[] = [
  ['pass', 'keep gates', 'retrain override', 'keep override', 'keep override', 'keep gates'],
  ['warn', 'keep gates', 'retrain override', 'keep override', 'keep override', 'keep gates'],
  ['fail', 'retrain gates', 'retrain override', 'keep override', 'keep override', 'retrain gates'],
  ['inconclusive', 'keep hold', 'retrain override', 'keep override', 'keep override', 'keep hold'],
  ['error', 'keep hold', 'retrain override', 'keep override', 'keep override', 'keep hold'],
];

const waiver = { gate: 'recall', owner: 'ana', reason: 'known', setAt: '2026-02-01', until: '2026-03-01' };

describe('the truth table of gates', () => {
  for (const [name, rule, hard, waived, soft, advisory] of table) {
    const state = states[name]!;
    const input = {
      figures: figuresOf(state.figure === undefined ? {} : { recall: state.figure }),
      baseline: { recall: state.baseline },
      soft: { fail: 1, action: 'retrain' as const },
    };
    const outcome = (level: string, waivers: (typeof waiver)[] = []) =>
      evaluate([gate(`${level} ${rule}`, { minSamples: 5, action: 'retrain' })], { ...input, waivers });

    it(`${rule}, ${name}: ${hard}; waived ${waived}; as soft group ${soft}; advisory ${advisory}`, () => {
      const results = [outcome('hard'), outcome('hard', [waiver]), outcome('soft'), outcome('advisory')];
      const verdicts = results.map(({ verdict }) => verdict);
      assert.deepEqual(verdicts, [hard, waived, soft, advisory]);
      assert.equal(results[0]!.gates[0]!.status, hard);
    });

    for (const [waivers, verdict] of [
      [[], hard],
      [[waiver], waived],
    ] as const) {
      const row = decisions.find(([answer]) => answer === verdict)!;
      const named: [string, Override[], string][] = [
        ['no override', [], row[1]],
        ['forceRetrain', [override('forceRetrain')], row[2]],
        ['forceSkipRetrain', [override('forceSkipRetrain')], row[3]],
        ['both', both, row[4]],
        ['an expired one', expired, row[5]],
      ];
      it(`${rule}, ${name}${waivers.length > 0 ? ', waived' : ''}: ${named.map(([what, , answer]) => `${what} ${answer}`).join(', ')}`, () => {
        for (const [, overrides, answer] of named) {
          const judged = outcome('hard', [...waivers]);
          const { action, by, reason } = decide({ ...judged, overrides, now });
          assert.equal(`${action} ${by}`, answer);
          assert.ok(reason.length > 0);
          assert.equal(judged.verdict, verdict, 'an override must not touch the verdict');
        }
      });
    }
  }
});
