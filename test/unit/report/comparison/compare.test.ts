import assert from 'node:assert/strict';
import { recognise } from '../../../../src/documents/recognise.js';
import { comparableOf, withCommonStages } from '../../../../src/report/comparison/comparable.js';
import { compare } from '../../../../src/report/comparison/compare.js';
import { openComparison } from '../../../../src/report/comparison/open.js';
import { runSchema } from '../../../../src/documents/run.js';
import { plain, text } from '../../../support/documents.js';

const of = (name: string) => comparableOf(name, recognise(JSON.parse(text(name))))!;

describe('what differs between two documents', () => {
  const { figures, gates, columns, settings } = compare(of('monitoring-pass'), of('monitoring-fail'));

  it('is told for every figure, with its change and which way it is', () => {
    const recall = figures.find(({ figure }) => figure === 'recall')!;
    assert.ok(recall.a !== null && recall.b === 0.625);
    assert.equal(recall.change, 0.625 - recall.a);
    assert.equal(recall.better, false);
    assert.equal(figures.find(({ figure }) => figure === 'fp')?.better, false);
    assert.equal(figures.find(({ figure }) => figure === 'n')?.better, null);
  });

  it('says which way is better of every figure that has one', () => {
    const side = (value: number) => {
      const metrics = { mcc: value, log_loss: value, r2: value, rmse: value, residual_mean: value, own_figure: value };
      return { name: 'it', kind: 'x', verdict: null, figures: metrics, gates: [], columns: {}, settings: {} };
    };
    const better = compare(side(0.1), side(0.2)).figures.map(({ figure, better: way }) => [figure, way]);
    assert.deepEqual(Object.fromEntries(better), {
      ...{ mcc: true, log_loss: false, r2: true, rmse: false, residual_mean: null, own_figure: null },
    });
  });

  it('is told for every gate, also for one that only the other has', () => {
    const recall = gates.find(({ gate }) => gate === 'recall')!;
    assert.deepEqual([recall.a?.status, recall.b?.status, recall.changed], ['pass', 'fail', true]);
    const fresh = gates.find(({ gate }) => gate === 'recall-new')!;
    assert.deepEqual([fresh.a, fresh.changed], [null, true]);
  });

  it('is told for drift by column', () => {
    assert.equal(columns.length, 7);
    const base = JSON.parse(text('monitoring-fail')) as { columns: { z: number }[] };
    base.columns[0]!.z = 2.5;
    const moved = compare(of('monitoring-fail'), comparableOf('b', recognise(base))!).columns.filter(
      ({ changed }) => changed,
    );
    assert.deepEqual(
      moved.map(({ column, b }) => [column, b?.drifted]),
      [['smart_188_raw', true]],
    );
  });

  it('names of settings only those that differ', () => {
    const decision = settings.find(({ setting }) => setting === 'decision')!;
    assert.deepEqual([decision.a, decision.b], ['keep', 'retrain']);
    assert.equal(
      settings.find(({ setting }) => setting === 'model'),
      undefined,
    );
  });

  it('is nothing between a document and itself', () => {
    const same = compare(of('monitoring-fail'), of('monitoring-fail'));
    assert.deepEqual(same.settings, []);
    assert.ok(same.gates.every(({ changed }) => !changed));
    assert.ok(same.figures.every(({ change, a }) => change === 0 || a === null));
  });

  it('names columns that one model has and the other has not', () => {
    const base = JSON.parse(text('evaluation')) as { chosen: string; models: { name: string; columns: string[] }[] };
    const other = structuredClone(base);
    other.models.find(({ name }) => name === other.chosen)!.columns.splice(0, 1, 'fresh');
    const side = (json: unknown) => comparableOf('e', recognise(json))!;
    const changed = compare(side(base), side(other)).settings.find(({ setting }) => setting === 'columns')!;
    assert.deepEqual(changed.added, ['fresh']);
    assert.equal(changed.removed?.length, 1);
  });
});

describe('a comparison page', () => {
  const open = (a: string, b: string) => openComparison({ name: a, text: text(a) }, { name: b, text: text(b) }, plain);

  it('begins with the change of the verdict', () => {
    const message = open('monitoring-pass', 'monitoring-fail');
    assert.ok(message.type === 'report');
    assert.match(message.view.kind === 'page' ? message.view.headline : '', /^From pass to fail: limit of .* changed$/);
  });

  it('shows documents of two systems side by side', () =>
    assert.equal(open('template-monitoring-results', 'monitoring-fail').type, 'report'));

  it('says which of two holds nothing to compare', () => {
    const message = open('overrides', 'monitoring-fail');
    assert.ok(message.type === 'raw');
    assert.match(message.reason, /^overrides holds no figures/);
  });
});

describe('two runs', () => {
  it('are compared by the stages that both did', () => {
    const run = runSchema.parse(JSON.parse(text('run')));
    const [a, b] = withCommonStages(run, { ...run, stages: run.stages.slice(2, 3) });
    assert.deepEqual([a.stages.map(({ name }) => name), b.stages.length], [['monitor'], 1]);
  });
});
