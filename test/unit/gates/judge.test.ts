import assert from 'node:assert/strict';
import { evaluate, figure, figuresOf, gate, window } from './gate-inputs.js';

describe('holding a figure against its limit', () => {
  it('goes by the operator, at the limit and on both sides of it', () => {
    const answers = (operator: string) =>
      [0.4, 0.5, 0.6].map(
        (value) => evaluate([gate(`hard recall ${operator} 0.5`)], { figures: figuresOf({ recall: value }) }).verdict,
      );
    assert.deepEqual(answers('>='), ['fail', 'pass', 'pass']);
    assert.deepEqual(answers('>'), ['fail', 'fail', 'pass']);
    assert.deepEqual(answers('<='), ['pass', 'pass', 'fail']);
    assert.deepEqual(answers('<'), ['pass', 'fail', 'fail']);
    assert.deepEqual(answers('=='), ['fail', 'pass', 'fail']);
    assert.deepEqual(answers('!='), ['pass', 'fail', 'pass']);
  });

  describe('says why a figure cannot be judged:', () => {
    const reasonOf = (line: string, input: Parameters<typeof evaluate>[1], minSamples?: number) => {
      const [result] = evaluate([gate(line, minSamples === undefined ? {} : { minSamples })], input).gates;
      assert.deepEqual([result!.status, result!.reason], ['inconclusive', result!.reason]);
      return result!.reason;
    };
    const recall = 'hard recall >= 0.7';
    const own = 'hard own_figure >= 0.7';
    const of = (found: ReturnType<typeof figure>, name = 'recall') => ({ figures: figuresOf({ [name]: found }) });

    it('it was not computed', () => assert.equal(reasonOf(recall, {}), 'it was not computed'));
    it('what whoever computed it said', () => {
      assert.equal(reasonOf(recall, of(figure(null, 0, 'there are no positives'))), 'there are no positives');
      assert.equal(reasonOf(recall, of(figure(NaN, 5, 'it was 0 / 0'))), 'it was 0 / 0');
    });
    it('it is no number, and nobody said why', () => {
      assert.equal(reasonOf(recall, of(figure(null))), 'it is not a number');
      assert.equal(reasonOf(recall, of(figure(NaN))), 'it is not a number');
    });
    it('it is over nothing, whatever is enough', () => {
      assert.equal(reasonOf(recall, of(figure(0.9, 0))), 'there are no positives');
      assert.equal(reasonOf(recall, of(figure(0.9, NaN))), 'there are no positives');
      assert.equal(reasonOf(own, of(figure(0.9, 0), 'own_figure')), 'there are no rows');
    });
    it('nobody counted, where so many are needed', () => {
      assert.equal(reasonOf(recall, of(figure(0.9, null)), 5), 'nobody counted its positives, at least 5 are needed');
      assert.equal(evaluate([gate(recall)], of(figure(0.9, null))).verdict, 'pass', 'not where nothing is asked');
    });
    it('it is infinite, within its limit', () => {
      assert.equal(reasonOf(recall, of(figure(Infinity))), 'the figure is infinite');
    });

    const good = figuresOf({ recall: 0.9 });
    const words = { baseline: 'baseline', current: "current model's figure" };
    for (const to of ['baseline', 'current'] as const) {
      const relative = (reference: number | null | undefined, line = `hard recall >= 0.9 * ${to}`) =>
        reasonOf(line, { figures: good, baseline: null, [to]: reference === undefined ? null : { recall: reference } });
      it(`the ${to} is not there, no number, 0 or below`, () => {
        const name = words[to];
        assert.equal(relative(undefined), `there is no ${name} to hold it against`);
        assert.equal(relative(null), `there is no ${name} to hold it against`);
        assert.equal(relative(NaN), `the ${name} is not a number`);
        assert.equal(relative(-Infinity), `the ${name} is minus infinite`);
        assert.equal(relative(0), `the ${name} is 0, and a multiple of 0 is no limit`);
        const limit = to === 'baseline' ? 'the baseline' : "the current model's";
        assert.equal(relative(-0.5), `the ${name} is -0.5, and "0.9 × ${limit}" of less than nothing proves nothing`);
      });
    }
  });
});

describe('what a gate writes down', () => {
  it('of a rule that cannot be read: where it cannot, and no figure', () => {
    const [result] = evaluate([gate('soft recall => 0.7', { id: 'odd' })], {}).gates;
    assert.deepEqual(result, {
      id: 'odd',
      level: 'soft',
      status: 'error',
      metric: 'recall => 0.7',
      value: null,
      operator: '==',
      threshold: null,
      thresholdSource: 'rule',
      baseline: null,
      degradation: null,
      method: 'not computed',
      n: null,
      window,
      evidence: { kind: 'none' },
      action: 'retrain',
      waived: null,
      message: result!.message,
    });
    assert.match(result.message, /^rule "recall => 0\.7", position 8: found .*, expected /);
  });

  it('of what it asks for: its own action, else its group’s, else to warn', () => {
    const figures = figuresOf({ recall: 0.5 });
    const actionOf = (line: string, action?: 'roll-back', soft?: { fail: number; action: 'block-promotion' }) =>
      evaluate([gate(line, action === undefined ? {} : { action })], { figures, ...(soft && { soft }) }).gates[0]!
        .action;
    const group = { fail: 1, action: 'block-promotion' } as const;
    assert.equal(actionOf('soft recall >= 0.7', undefined, group), 'block-promotion');
    assert.equal(actionOf('soft recall >= 0.7', 'roll-back', group), 'roll-back');
    assert.equal(actionOf('soft recall >= 0.7'), 'retrain');
    assert.equal(actionOf('hard recall >= 0.7', undefined, group), 'warn');
    assert.equal(actionOf('advisory recall >= 0.7', undefined, group), 'warn');
  });

  it('of a soft group that nobody described: one failure is enough to retrain', () => {
    const { soft } = evaluate([gate('soft recall >= 0.7')], { figures: figuresOf({ recall: 0.5 }) });
    assert.deepEqual([soft?.fail, soft?.action, soft?.status], [1, 'retrain', 'fail']);
  });

  it('of an advisory failure: a warning, with what it asks for', () => {
    const [result] = evaluate([gate('advisory recall >= 0.7')], { figures: figuresOf({ recall: 0.5 }) }).gates;
    assert.equal(result!.status, 'warn');
  });

  it('of a hard answer: it stays the verdict’s, however the advisory ones are', () => {
    const rules = [gate('hard recall >= 0.7'), gate('advisory f1 >= 0.7')];
    assert.equal(evaluate(rules, { figures: figuresOf({ recall: 0.9, f1: 0.9 }) }).verdict, 'pass');
  });

  it('of its loss: in the figure’s own direction, none where it is better, unknown without both numbers', () => {
    const lossOf = (line: string, value: number | null, reference: number | null) => {
      const name = /\w+/.exec(line.split(' ')[1]!)![0];
      const input = { figures: figuresOf({ [name]: value }), baseline: { [name]: reference } };
      return evaluate([gate(line)], input).gates[0]!.degradation;
    };
    assert.equal(lossOf('hard recall >= 0.7', 0.5, 0.75), 0.25);
    assert.equal(lossOf('hard recall >= 0.7', 0.75, 0.5), 0);
    assert.equal(lossOf('hard fpr <= 0.7', 0.75, 0.5), 0.25);
    assert.equal(lossOf('hard own_figure >= 0.7', 0.5, 0.75), 0.25, 'more is better where the rule asks for more');
    assert.equal(lossOf('hard own_figure <= 0.7', 0.75, 0.5), 0.25, 'and less where it asks for less');
    assert.equal(lossOf('hard own_figure <= 0.7', 0.5, 0.75), 0);
    assert.deepEqual([lossOf('hard recall >= 0.7', null, 0.75), lossOf('hard recall >= 0.7', 0.5, null)], [null, null]);
  });

  it('of a figure that nobody computed: that', () => {
    assert.equal(evaluate([gate('hard recall >= 0.7')], {}).gates[0]!.method, 'not computed');
  });

  it('of a figure with a note: the note, and in words', () => {
    const noted = { ...figure(0.9), note: 'half of it is new' };
    const [result] = evaluate([gate('hard recall >= 0.7')], { figures: figuresOf({ recall: noted }) }).gates;
    assert.equal(result!.note, 'half of it is new');
    assert.equal(result!.message, 'recall was 0.9, must be at least 0.7; half of it is new');
  });

  it('of a column in a slice: both, in words', () => {
    const figures = figuresOf({}, { 'z_mean[site=a]': { age: figure(3) } });
    const [result] = evaluate([gate('hard z_mean(*)[site=a] <= 2')], { figures }).gates;
    assert.equal(
      result!.message,
      'distance of the mean of age where site=a was 3 standard deviations, must be at most 2',
    );
  });

  it('of a comparison with the model in production: whose number it was', () => {
    const input = { figures: figuresOf({ recall: 0.5 }), current: { recall: 0.8 } };
    const [result] = evaluate([gate('hard recall >= 1 * current')], input).gates;
    assert.equal(result!.message, "recall was 0.5, must be at least 0.8 (1 × the current model's 0.8)");
  });
});

describe('what a gate shows when it is doubted', () => {
  const evidenceOf = (line: string, input: Parameters<typeof evaluate>[1]) =>
    evaluate([gate(line)], input).gates[0]!.evidence;

  it('are the rows that make a rate what it is, whichever side is better', () => {
    const fpr = { figures: figuresOf({ fpr: figure(0.25, 40) }) };
    assert.deepEqual(evidenceOf('hard fpr <= 0.1', fpr), { kind: 'rows', label: 'false positives', count: 10 });
  });

  it('are none where nobody counted or nothing was computed', () => {
    assert.deepEqual(evidenceOf('hard recall >= 0.7', { figures: figuresOf({ recall: figure(0.5, null) }) }), {
      kind: 'none',
    });
    assert.deepEqual(evidenceOf('hard recall >= 0.7', {}), { kind: 'none' });
  });

  it('are columns, each with why it cannot be judged and no number that JSON has not', () => {
    const z_mean = { a: figure(3), b: figure(null, 0, 'it is empty'), c: figure(Infinity) };
    assert.deepEqual(evidenceOf('hard z_mean(*) <= 2', { figures: figuresOf({}, { z_mean }) }), {
      kind: 'columns',
      count: 2,
      columns: [
        { column: 'c', value: null, status: 'fail' },
        { column: 'a', value: 3, status: 'fail' },
        { column: 'b', value: null, status: 'inconclusive', reason: 'it is empty' },
      ],
    });
  });

  it('is no column where none fits, and the patterns are named', () => {
    const input = { figures: figuresOf({}, { z_mean: { a: figure(0) } }) };
    const [result] = evaluate([gate('hard z_mean(x_*, y_*) <= 2')], input).gates;
    assert.deepEqual(result!.evidence, { kind: 'columns', count: 0, columns: [] });
    assert.equal(result!.reason, 'no column fits x_*, y_*');
  });

  it('leaves columns that cannot be judged in their order, however far they lie', () => {
    const z_mean = { a: figure(9, 5), b: figure(3, 5), c: figure(1, 500) };
    const [result] = evaluate([gate('hard z_mean(*) <= 2', { minSamples: 30 })], {
      figures: figuresOf({}, { z_mean }),
    }).gates;
    assert.deepEqual(
      result!.evidence?.columns?.map(({ column }) => column),
      ['a', 'b', 'c'],
    );
  });

  it('is a column that is named in full and absent', () => {
    const input = { figures: figuresOf({}, { z_mean: { a: figure(0) } }) };
    const [result] = evaluate([gate('hard z_mean(a, gone) <= 2')], input).gates;
    assert.deepEqual(
      result!.evidence?.columns?.map(({ column, status }) => `${column} ${status}`),
      ['gone inconclusive', 'a pass'],
    );
  });
});
