import assert from 'node:assert/strict';
import { columnsOf } from '../../../../src/report/runs/columns.js';
import { ask, firstQuery, type RunsQuery } from '../../../../src/report/runs/query.js';
import { runLine } from '../../../../src/report/runs/run-line.js';
import { gateStrips } from '../../../../src/report/runs/strip.js';
import { gatesOfRun, manyRuns } from '../../../support/many-runs.js';

const lines = manyRuns(40).map(runLine);
const found = (query: Partial<RunsQuery>, stars: string[] = []) =>
  ask(lines, new Set(stars), { ...firstQuery, ...query }).found;

describe('the runs that a query leaves', () => {
  it('are all of them, newest first, until something is asked', () => {
    assert.deepEqual(
      found({}).map(({ id }) => id),
      lines.map(({ id }) => id),
    );
  });

  it('hold a figure against a number, by its name or its title; a run without it is not found', () => {
    const low = found({ text: 'recall < 0.7' });
    assert.ok(low.length > 0 && low.every(({ figures }) => figures.recall! < 0.7));
    assert.deepEqual(found({ text: 'ROC AUC >= 0.9' }), found({ text: 'roc_auc >= 0.9' }));
    assert.ok(found({ text: 'recall < 2' }).every(({ outcome }) => outcome !== 'crashed'));
    assert.deepEqual(found({ text: 'recal < 2' }), []);
  });

  it('hold every word, also of what broke them, and everything that stands between commas', () => {
    assert.ok(found({ text: 'smart_19 crashed' }).every(({ outcome }) => outcome === 'crashed'));
    assert.equal(found({ text: 'smart_19 crashed' }).length, 5);
    const both = found({ text: 'ada, recall >= 0.7' });
    assert.ok(both.length > 0 && both.every(({ who, figures }) => who === 'ada' && figures.recall! >= 0.7));
  });

  it('stand in the order of a column, without a figure last in either direction', () => {
    const by = (descending: boolean) => found({ sort: { column: 'figure recall', descending } });
    const values = by(true).map(({ figures }) => figures.recall ?? null);
    assert.deepEqual(
      values.filter((value) => value !== null),
      values.filter((value) => value !== null).sort((a, b) => b - a),
    );
    assert.equal(values.at(-1), null);
    assert.equal(by(false).at(-1)!.figures.recall, undefined);
  });

  it('are counted by outcome and by star, whatever is chosen', () => {
    const stars = [lines[0]!.id, lines[7]!.id];
    const { counts, found: starred } = ask(lines, new Set(stars), { ...firstQuery, only: 'starred' });
    assert.deepEqual(
      starred.map(({ id }) => id),
      stars,
    );
    assert.deepEqual([counts.all, counts.starred, counts.crashed], [40, 2, 5]);
    assert.equal(counts.pass! + counts.fail! + (counts.inconclusive ?? 0) + counts.crashed!, 40);
  });
});

describe('a line of the table of runs', () => {
  it('tells a run that broke from one that failed its gates, and where it broke', () => {
    const broke = lines[5]!;
    assert.equal(broke.outcome, 'crashed');
    assert.deepEqual([broke.cause?.stage, broke.cause?.file, broke.cause?.line], ['features', 'features.sql', 14]);
    assert.deepEqual([lines[0]!.held, lines[1]!.held], [true, false]);
    assert.deepEqual([lines[0]!.who, lines[0]!.changed, lines[1]!.changed], ['ada', true, false]);
  });

  it('has the columns of the figures that gates watch first, each called as it is everywhere', () => {
    const columns = columnsOf(lines, ['roc_auc', 'recall', 'z_mean(*)']);
    const figures = columns.filter(({ id }) => id.startsWith('figure '));
    assert.deepEqual(
      figures.slice(0, 2).map(({ title }) => title),
      ['ROC AUC', 'Recall'],
    );
    assert.deepEqual(figures.filter(({ first }) => first).length, 2);
  });
});

describe('the gates over the last runs', () => {
  it('break the line where a run gave no answer, and mark what did not pass', () => {
    const [recall] = gateStrips(lines, gatesOfRun);
    assert.equal(recall!.id, 'recall');
    // Two runs of twenty broke: three lines.
    assert.deepEqual([recall!.gaps.length, recall!.lines.length], [2, 3]);
    const failed = lines.slice(0, 20).filter(({ figures }) => (figures.recall ?? 1) < 0.7).length;
    assert.equal(recall!.marks.filter(({ answer }) => answer === 'fail').length, failed);
    assert.match(recall!.summary, new RegExp(`failed ${failed} of 18 times`));
  });
});
