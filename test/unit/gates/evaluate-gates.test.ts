import assert from 'node:assert/strict';
import { evaluate, figure, figuresOf, gate, window } from './gate-inputs.js';

const softGates = ['fpr <= 1.25 * baseline', 'roc_auc >= 0.95 * baseline', 'average_precision >= 0.90 * baseline'];
const baseline = { fpr: 0.3, roc_auc: 0.9, average_precision: 0.01, recall: 0.8 };

describe('evaluating gates', () => {
  it('takes an estimate that holds for a warning, or as its gate says, and one that fails for a failure', () => {
    const status = (value: number, more: Parameters<typeof gate>[1] = {}) => {
      const figures = figuresOf({ 'estimated roc_auc': { ...figure(value), estimated: true } });
      return evaluate([gate('hard estimated roc_auc >= 0.8', more)], { figures }).gates[0]!.status;
    };
    assert.equal(status(0.9), 'warn');
    assert.equal(status(0.9, { estimated: 'pass' }), 'pass');
    assert.equal(status(0.7, { estimated: 'pass' }), 'fail');
  });

  it('says everything that is needed to check an answer by hand', () => {
    const { gates } = evaluate([gate('hard recall >= 0.70', { minSamples: 5, action: 'retrain' })], {
      figures: figuresOf({ recall: { ...figure(0.625, 8), interval: [0.3, 0.86] } }),
      baseline,
    });
    assert.deepEqual(gates, [
      {
        id: 'recall',
        level: 'hard',
        status: 'fail',
        metric: 'recall',
        value: 0.625,
        operator: '>=',
        threshold: 0.7,
        thresholdSource: 'rule',
        baseline: 0.8,
        degradation: 0.8 - 0.625,
        method: 'test',
        n: 8,
        interval: [0.3, 0.86],
        window,
        evidence: { kind: 'rows', label: 'false negatives', count: 3 },
        action: 'retrain',
        waived: null,
        message: 'recall was 0.625, must be at least 0.70',
      },
    ]);
  });

  it('says a relative limit in numbers and where it comes from', () => {
    const { gates } = evaluate([gate('soft fpr <= 1.25 * baseline')], { figures: figuresOf({ fpr: 0.41 }), baseline });
    const { threshold, thresholdSource, degradation, message } = gates[0]!;
    assert.deepEqual([threshold, thresholdSource], [0.375, '1.25 * baseline']);
    assert.ok(Math.abs(degradation! - 0.11) < 1e-12);
    assert.equal(message, 'false positive rate was 0.41, must be at most 0.375 (1.25 × the baseline 0.3)');
  });

  it('shows as many digits as it takes to see why a near miss failed', () => {
    const { gates } = evaluate([gate('hard recall >= 0.70')], { figures: figuresOf({ recall: 0.699996 }) });
    assert.equal(gates[0]!.message, 'recall was 0.699996, must be at least 0.70');
  });

  it('holds a rule against the model in production when it says so', () => {
    const input = { figures: figuresOf({ recall: 0.7 }), baseline, current: { recall: 0.7 } };
    assert.equal(evaluate([gate('hard recall >= 1 * current')], input).verdict, 'pass');
    assert.equal(evaluate([gate('hard recall > 1 * current')], input).verdict, 'fail');
    assert.equal(evaluate([gate('hard recall >= 1 * current')], { ...input, current: null }).verdict, 'inconclusive');
  });

  it('looks a slice up by its name, and finds none inconclusive', () => {
    const figures = figuresOf({ recall: 0.9, 'recall[site=north]': 0.4 });
    assert.equal(evaluate([gate('hard recall[site=north] >= 0.5')], { figures }).verdict, 'fail');
    assert.equal(evaluate([gate('hard recall[site=south] >= 0.5')], { figures }).verdict, 'inconclusive');
    const { gates } = evaluate([gate('hard recall[site=north] >= 0.5')], { figures });
    assert.deepEqual(gates[0]!.evidence, { kind: 'none' }, 'the rows of the whole run are not its evidence');
  });

  it('counts the denominator of a rate as its sample', () => {
    const { gates } = evaluate([gate('hard recall >= 0.70', { minSamples: 5 })], {
      figures: figuresOf({ recall: figure(1, 3) }),
    });
    assert.equal(gates[0]!.message, 'recall cannot be judged: only 3 positives, at least 5 are needed');
    assert.equal(gates[0]!.reason, 'only 3 positives, at least 5 are needed');
  });

  it('has nothing to say about nothing', () => {
    assert.equal(evaluate([], {}).verdict, 'inconclusive');
  });

  it('knows no figure by the name of a thing that every object has', () => {
    assert.equal(evaluate([gate('hard constructor >= 1')], {}).verdict, 'inconclusive');
    assert.equal(evaluate([gate('hard toString(*) >= 1')], {}).verdict, 'inconclusive');
  });

  it('orders answers: error, fail, inconclusive, warn, pass', () => {
    const rules = {
      error: gate('hard f1 =', {}),
      fail: gate('hard recall >= 0.70'),
      inconclusive: gate('hard roc_auc >= 0.5'),
      warn: gate('advisory precision >= 0.5'),
      pass: gate('hard accuracy >= 0.5'),
    };
    const figures = figuresOf({ recall: 0.1, precision: 0.1, accuracy: 0.9 });
    const order = ['error', 'fail', 'inconclusive', 'warn', 'pass'] as const;
    order.forEach((expected, index) => {
      const some = order.slice(index).map((answer) => rules[answer]);
      assert.equal(evaluate(some, { figures }).verdict, expected);
    });
  });
});

describe('the soft group', () => {
  // x fails, o passes, ? is unknown, w fails and is waived.
  const cases: [string, number, string][] = [
    ['ooo', 2, 'pass'],
    ['xoo', 2, 'warn'],
    ['xxo', 2, 'fail'],
    ['xxx', 2, 'fail'],
    ['xx?', 2, 'fail'],
    ['x?o', 2, 'inconclusive'],
    ['??o', 2, 'inconclusive'],
    ['?oo', 2, 'warn'],
    ['woo', 2, 'warn'],
    ['wxo', 2, 'warn'],
    ['wx?', 2, 'inconclusive'],
    ['xoo', 1, 'fail'],
    ['?oo', 1, 'inconclusive'],
    ['xx?', 3, 'inconclusive'],
    ['xxo', 3, 'warn'],
  ];
  for (const [signs, fail, expected] of cases) {
    it(`${signs} with ${fail} needed to fail: ${expected}`, () => {
      const good: Record<string, number> = { fpr: 0.3, roc_auc: 0.9, average_precision: 0.01 };
      const bad: Record<string, number> = { fpr: 0.9, roc_auc: 0.5, average_precision: 0.001 };
      const names = Object.keys(good);
      const entries = names.map((name, at): [string, number | null] => {
        return [name, signs[at] === '?' ? null : (signs[at] === 'o' ? good : bad)[name]!];
      });
      const waivers = names
        .filter((_, at) => signs[at] === 'w')
        .map((name) => ({ gate: name, owner: 'ana', reason: 'known', setAt: '', until: '2026-12-31' }));
      const { verdict, soft, gates } = evaluate(
        softGates.map((rule) => gate(`soft ${rule}`)),
        { figures: figuresOf(Object.fromEntries(entries)), baseline, waivers, soft: { fail, action: 'retrain' } },
      );
      assert.equal(verdict, expected);
      assert.deepEqual([soft?.failed, soft?.of, soft?.fail], [signs.split('x').length - 1, 3, fail]);
      assert.equal(gates.filter(({ status }) => status === 'fail').length, soft?.failed, 'each keeps its own answer');
    });
  }
});

describe('gates on columns', () => {
  const z = (values: Record<string, number | null>) => ({
    figures: figuresOf(
      {},
      { z_mean: Object.fromEntries(Object.entries(values).map(([k, v]) => [k, figure(v, 50, 'empty')])) },
    ),
  });
  const drift = gate('hard z_mean(*) <= 2', { action: 'retrain' });

  it('are decided by the worst column', () => {
    const [result] = evaluate([drift], z({ a: 0.1, b: 1.5, c: -0.2 })).gates;
    assert.deepEqual([result!.status, result!.metric, result!.value, result!.n], ['pass', 'z_mean(b)', 1.5, 50]);
    assert.equal(
      result!.message,
      'distance of the mean of b was 1.5 standard deviations, must be at most 2; the worst of 3 columns',
    );
  });

  it('list every column as evidence, the worst first', () => {
    const [result] = evaluate([drift], z({ a: 0.1, b: 3, c: 9, d: null })).gates;
    assert.deepEqual(
      result!.evidence?.columns?.map(({ column, status }) => `${column} ${status}`),
      ['c fail', 'b fail', 'd inconclusive', 'a pass'],
    );
    assert.equal(result!.evidence?.count, 2);
    assert.match(
      result!.message,
      /^distance of the mean of c was 9 standard deviations, must be at most 2; 2 of 4 columns failed$/,
    );
  });

  it('are inconclusive when a column is, unless another fails', () => {
    assert.equal(evaluate([drift], z({ a: 0, b: null })).verdict, 'inconclusive');
    assert.equal(evaluate([drift], z({ a: 3, b: null })).verdict, 'fail');
  });

  it('are inconclusive when a named column is absent or no column fits', () => {
    assert.equal(evaluate([gate('hard z_mean(a, gone) <= 2')], z({ a: 0 })).verdict, 'inconclusive');
    assert.equal(evaluate([gate('hard z_mean(x_*) <= 2')], z({ a: 0 })).verdict, 'inconclusive');
    assert.equal(evaluate([gate('hard null_pct(*) <= 2')], z({ a: 0 })).verdict, 'inconclusive');
  });

  it('fail on a constant that changed: infinitely far, written as null', () => {
    const [result] = evaluate([drift], z({ a: 0.5, b: Infinity })).gates;
    assert.deepEqual([result!.status, result!.metric, result!.value], ['fail', 'z_mean(b)', null]);
    assert.match(result!.message, /^distance of the mean of b was infinite standard deviations, must be at most 2/);
  });

  it('take each column against its own baseline', () => {
    const figures = figuresOf({}, { null_pct: { a: figure(4), b: figure(4) } });
    const columnBaseline = { 'null_pct(a)': 3, 'null_pct(b)': 1 };
    const [result] = evaluate([gate('hard null_pct(*) <= 2 * baseline')], { figures, baseline: columnBaseline }).gates;
    assert.deepEqual([result!.status, result!.metric, result!.threshold], ['fail', 'null_pct(b)', 2]);
  });
});

describe('waivers', () => {
  const failing = { figures: figuresOf({ recall: 0.5 }) };
  const rule = gate('hard recall >= 0.70', { action: 'retrain' });
  const until = (date: string) => [{ gate: 'recall', owner: 'ana', reason: 'new site', setAt: '', until: date }];

  it('turn a failure into a warning that names who answers for it', () => {
    const { gates, verdict } = evaluate([rule], { ...failing, waivers: until('2026-04-01') });
    assert.equal(verdict, 'warn');
    assert.deepEqual(gates[0]!.waived, { owner: 'ana', reason: 'new site', until: '2026-04-01' });
    assert.equal(gates[0]!.message, 'recall was 0.5, must be at least 0.70; waived by ana until 2026-04-01: new site');
  });

  it('count through their last day, and not without a readable one', () => {
    const verdict = (date: string) => evaluate([rule], { ...failing, waivers: until(date) }).verdict;
    assert.deepEqual(
      [verdict('2026-03-01'), verdict('2026-02-28'), verdict('2026-03-01T11:59:59Z'), verdict('soon')],
      ['warn', 'fail', 'fail', 'fail'],
    );
  });

  it('say nothing on a gate that did not fail', () => {
    const { gates } = evaluate([rule], { figures: figuresOf({ recall: 0.9 }), waivers: until('2026-04-01') });
    assert.equal(gates[0]!.waived, null);
  });
});
