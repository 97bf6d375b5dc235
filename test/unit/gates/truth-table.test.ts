import assert from 'node:assert/strict';
import type { Override } from '../../../src/documents/ledger.js';
import { decide } from '../../../src/gates/decide.js';
import type { GateInput } from '../../../src/gates/evaluate.js';
import type { Figure } from '../../../src/gates/figures.js';
import { evaluate, figure, figuresOf, gate, now, override } from './gate-inputs.js';

/**
 * What a gate says to every state of the data, and what follows under every override and a waiver. Each row is a project
 * with one gate that needs at least 5 of its denominator and asks for retraining:
 *
 * - gate: the answer of the rule itself, as a hard gate;
 * - hard, waived, soft, advisory: the verdict with the gate at that level (`waived`: hard, with a waiver; `soft`: the only
 *   one of its group, where one failure is enough);
 * - the rest: the decision for the hard gate, under no override, forceRetrain, forceSkipRetrain, both, one that has
 *   expired; and for the waived one under none. keep and RETRAIN are by the gates, hold because the verdict allows no
 *   answer, forced and held by the override.
 */
const table = `
| rule                      | data                    | gate         | hard         | waived       | soft         | advisory | no override | force  | skip | both | expired skip | waived, none |
| ------------------------- | ----------------------- | ------------ | ------------ | ------------ | ------------ | -------- | ----------- | ------ | ---- | ---- | ------------ | ------------ |
| recall >= 0.70            | good                    | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 0.70            | exactly at the limit    | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 0.70            | bad                     | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall >= 0.70            | just enough rows        | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 0.70            | too few rows            | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | too few rows, bad       | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | nothing to divide by    | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | rows not counted        | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | null                    | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | not computed            | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | NaN                     | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | +infinity               | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.70            | -infinity               | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall >= 0.70            | no baseline             | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 0.70            | baseline NaN            | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall > 0.70             | exactly at the limit    | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall != 0.70            | exactly at the limit    | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall >= 0.9 * baseline  | good                    | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 0.9 * baseline  | bad                     | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall >= 0.9 * baseline  | too few rows            | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * baseline  | null                    | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * baseline  | no baseline             | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * baseline  | baseline NaN            | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * baseline  | baseline infinite       | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * baseline  | baseline 0              | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * baseline  | baseline below 0        | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * baseline  | baseline below 0, worse | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall >= 1 * baseline    | baseline 0              | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 1 * baseline    | baseline below 0        | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 1 * baseline    | baseline below 0, worse | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall <= 1.25 * baseline | bad                     | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall <= 1.25 * baseline | +infinity               | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall <= 1.25 * baseline | -infinity               | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall <= 1.25 * baseline | baseline 0              | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 1 * current     | better than current     | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 1 * current     | as good as current      | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall >= 1 * current     | worse than current      | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall >= 1 * current     | no current model        | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 1 * current     | current NaN             | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall >= 0.9 * current   | current 0               | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall[site=a] >= 0.70    | good                    | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall[site=a] >= 0.70    | slice good              | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| recall[site=a] >= 0.70    | slice bad               | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall[site=a] >= 0.70    | slice too small         | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| recall[site=a] >= 0.70    | slice without rows      | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| null_pct(*) <= 5          | columns good            | pass         | pass         | pass         | pass         | pass     | keep        | forced | held | held | keep         | keep         |
| null_pct(*) <= 5          | one column bad          | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| null_pct(*) <= 5          | one column unknown      | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| null_pct(*) <= 5          | one bad, one unknown    | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| null_pct(*) <= 5          | no columns              | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| null_pct(age) <= 5        | no columns              | inconclusive | inconclusive | inconclusive | inconclusive | warn     | hold        | forced | held | held | hold         | hold         |
| null_pct(*) <= 5          | column infinitely far   | fail         | fail         | warn         | fail         | warn     | RETRAIN     | forced | held | held | RETRAIN      | keep         |
| recall => 0.70            | good                    | error        | error        | error        | error        | warn     | hold        | forced | held | held | hold         | hold         |
`;

type State = Partial<Pick<GateInput, 'figures' | 'baseline' | 'current'>>;
const recall = (found: Figure | number | null, baseline: number | null = 0.8, current?: number | null): State => ({
  figures: figuresOf({ recall: found }),
  baseline: { recall: baseline },
  ...(current === undefined ? {} : { current: { recall: current } }),
});
const slice = (found: Figure): State => ({ figures: figuresOf({ recall: 0.9, 'recall[site=a]': found }) });
const nulls = (columns: Record<string, Figure>): State => ({ figures: figuresOf({}, { null_pct: columns }) });

/** The states that the table names. Unless it says otherwise: 100 rows, a baseline of 0.8. */
const states: Record<string, State> = {
  good: recall(0.9),
  'exactly at the limit': recall(0.7),
  bad: recall(0.5),
  'just enough rows': recall(figure(0.9, 5)),
  'too few rows': recall(figure(0.9, 4)),
  'too few rows, bad': recall(figure(0.5, 4)),
  'nothing to divide by': recall(figure(0.9, 0)),
  'rows not counted': recall(figure(0.9, null)),
  null: recall(figure(null, 0, 'no positives')),
  'not computed': { figures: figuresOf({}), baseline: { recall: 0.8 } },
  NaN: recall(NaN),
  '+infinity': recall(Infinity),
  '-infinity': recall(-Infinity),
  'no baseline': recall(0.9, null),
  'baseline NaN': recall(0.9, NaN),
  'baseline infinite': recall(0.9, Infinity),
  'baseline 0': recall(0.9, 0),
  'baseline below 0': recall(0.9, -0.5),
  'baseline below 0, worse': recall(-0.9, -0.5),
  'better than current': recall(0.9, null, 0.8),
  'as good as current': recall(0.8, null, 0.8),
  'worse than current': recall(0.7, null, 0.8),
  'no current model': recall(0.9),
  'current NaN': recall(0.9, 0.8, NaN),
  'current 0': recall(0.9, 0.8, 0),
  'slice good': slice(figure(0.9)),
  'slice bad': slice(figure(0.5)),
  'slice too small': slice(figure(0.9, 3)),
  'slice without rows': slice(figure(null, 0, 'no labelled row is in site=a')),
  'columns good': nulls({ age: figure(1), sex: figure(5) }),
  'one column bad': nulls({ age: figure(1), sex: figure(6) }),
  'one column unknown': nulls({ age: figure(1), sex: figure(null) }),
  'one bad, one unknown': nulls({ age: figure(6), sex: figure(null) }),
  'no columns': nulls({}),
  'column infinitely far': nulls({ age: figure(1), sex: figure(Infinity) }),
};

const overrides: Record<string, Override[]> = {
  'no override': [],
  force: [override('forceRetrain')],
  skip: [override('forceSkipRetrain')],
  both: [override('forceRetrain'), override('forceSkipRetrain')],
  'expired skip': [override('forceSkipRetrain', '2026-02-28T00:00:00Z')],
};
const decisions: Record<string, string> = {
  'keep gates': 'keep',
  'retrain gates': 'RETRAIN',
  'keep hold': 'hold',
  'retrain override': 'forced',
  'keep override': 'held',
};

const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const [header = '', , ...lines] = table.trim().split('\n');

describe('the truth table of gates', () => {
  for (const line of lines) {
    const row = Object.fromEntries(cellsOf(line).map((cell, place) => [cellsOf(header)[place]!, cell]));
    const state = states[row.data!]!;

    const judged = (level: string, waived = false) => {
      const rule = gate(`${level} ${row.rule}`, { id: 'the-gate', minSamples: 5, action: 'retrain' });
      const waiver = { gate: 'the-gate', owner: 'ana', reason: 'known', setAt: '2026-02-01', until: '2026-03-01' };
      return evaluate([rule], { ...state, soft: { fail: 1, action: 'retrain' }, waivers: waived ? [waiver] : [] });
    };
    const decided = (outcome: ReturnType<typeof judged>, name: string) => {
      const { action, by, reason } = decide({ ...outcome, overrides: overrides[name]!, now });
      assert.ok(reason.length > 0);
      return decisions[`${action} ${by}`];
    };

    it(`${row.rule}, ${row.data}: ${row.gate}`, () => {
      assert.ok(state, `the state "${row.data}" is described`);
      const hard = judged('hard');
      const found = {
        rule: row.rule,
        data: row.data,
        gate: hard.gates[0]!.status,
        hard: hard.verdict,
        waived: judged('hard', true).verdict,
        soft: judged('soft').verdict,
        advisory: judged('advisory').verdict,
        ...Object.fromEntries(Object.keys(overrides).map((name) => [name, decided(hard, name)])),
        'waived, none': decided(judged('hard', true), 'no override'),
      };
      assert.deepEqual(found, row);
      assert.ok(hard.gates[0]!.message.length > 0);
      if (hard.gates[0]!.status !== 'pass') assert.notEqual(hard.verdict, 'pass', 'nothing but a pass is healthy');
    });
  }

  it('has a row for every state', () => {
    const named = new Set(lines.map((line) => cellsOf(line)[1]));
    assert.deepEqual(
      Object.keys(states).filter((name) => !named.has(name)),
      [],
    );
  });
});

/** What a failure asks for besides retraining, by the gate's action, level and answer. */
const asked = `
| level    | action          | gate         | retrain | blocks promotion | asks to roll back |
| -------- | --------------- | ------------ | ------- | ---------------- | ----------------- |
| hard     | none            | fail         | no      | no               | no                |
| hard     | warn            | fail         | no      | no               | no                |
| hard     | retrain         | fail         | yes     | no               | no                |
| hard     | block-promotion | fail         | no      | yes              | no                |
| hard     | roll-back       | fail         | no      | no               | yes               |
| hard     | block-promotion | inconclusive | no      | yes              | no                |
| hard     | roll-back       | inconclusive | no      | no               | no                |
| hard     | retrain         | inconclusive | no      | no               | no                |
| hard     | block-promotion | pass         | no      | no               | no                |
| hard     | roll-back       | pass         | no      | no               | no                |
| hard     | block-promotion | error        | no      | yes              | no                |
| soft     | block-promotion | fail         | no      | yes              | no                |
| soft     | roll-back       | fail         | no      | no               | yes               |
| advisory | block-promotion | fail         | no      | no               | no                |
| advisory | roll-back       | fail         | no      | no               | no                |
`;

describe('the truth table of what failures ask for', () => {
  for (const line of asked.trim().split('\n').slice(2)) {
    const [level, action, answer, retrain, blocks, back] = cellsOf(line);
    it(`${level} ${answer}, ${action}: retrain ${retrain}, blocks promotion ${blocks}, rolls back ${back}`, () => {
      const values: Record<string, Figure> = { pass: figure(0.9), fail: figure(0.5), inconclusive: figure(null) };
      const rule = answer === 'error' ? 'recall => 0.7' : 'recall >= 0.7';
      const outcome = evaluate([gate(`${level} ${rule}`, { id: 'it', action: action as 'none' })], {
        figures: figuresOf({ recall: values[answer!] ?? figure(0.9) }),
        soft: { fail: 1, action: 'warn' },
      });
      const decision = decide({ ...outcome, overrides: [], now });
      const words = (yes: boolean) => (yes ? 'yes' : 'no');
      assert.deepEqual(
        [
          decision.action === 'retrain',
          decision.blocksPromotion?.[0] === 'it',
          decision.asksRollBack?.[0] === 'it',
        ].map(words),
        [retrain, blocks, back],
      );
    });
  }
});

/** The soft group: answers of its gates, how many failures it takes, and what it comes to. */
const groups = `
| answers                                | enough | group        |
| -------------------------------------- | ------ | ------------ |
| pass pass pass                         | 2      | pass         |
| fail pass pass                         | 2      | warn         |
| fail fail pass                         | 2      | fail         |
| fail inconclusive pass                 | 2      | inconclusive |
| inconclusive inconclusive pass         | 2      | inconclusive |
| inconclusive pass pass                 | 2      | warn         |
| fail fail inconclusive                 | 2      | fail         |
| error fail fail                        | 2      | error        |
| fail                                   | 1      | fail         |
| inconclusive                           | 1      | inconclusive |
| fail fail fail                         | 3      | fail         |
| fail fail inconclusive                 | 3      | inconclusive |
`;

describe('the truth table of the soft group', () => {
  for (const line of groups.trim().split('\n').slice(2)) {
    const [answers = '', enough, expected] = cellsOf(line);
    it(`${answers}, ${enough} enough: ${expected}`, () => {
      const names = ['recall', 'precision', 'f1'];
      const values: Record<string, Figure> = { pass: figure(0.9), fail: figure(0.5), inconclusive: figure(null) };
      const words = answers.split(' ');
      const rules = words.map((answer, place) => gate(`soft ${names[place]} ${answer === 'error' ? '=>' : '>='} 0.7`));
      const figures = figuresOf(
        Object.fromEntries(words.map((answer, place) => [names[place]!, values[answer] ?? figure(0.9)])),
      );
      const { verdict, soft } = evaluate(rules, { figures, soft: { fail: Number(enough), action: 'retrain' } });
      assert.equal(soft!.status, expected);
      assert.equal(verdict, expected);
    });
  }
});
