import assert from 'node:assert/strict';
import { recognise } from '../../../../src/documents/recognise.js';
import type { Block } from '../../../../src/report/blocks/blocks.js';
import { causesOf } from '../../../../src/report/comparison/changed.js';
import { comparableOf } from '../../../../src/report/comparison/comparable.js';
import { compare } from '../../../../src/report/comparison/compare.js';
import { comparisonPage } from '../../../../src/report/comparison/page.js';
import { plain, text } from '../../../support/documents.js';

const read = (name: string) => JSON.parse(text(name)) as { gates: { id: string; threshold: number }[] };
const of = (json: unknown, name = 'it') => comparableOf(name, recognise(json))!;
const pageOf = (a: unknown, b: unknown): Block[] => comparisonPage(compare(of(a), of(b)), plain).blocks;

describe('a comparison', () => {
  it('says first what was made other than before: one limit of a gate, and nothing else', () => {
    const other = read('monitoring-fail');
    other.gates.find(({ id }) => id === 'recall')!.threshold = 0.6;
    const comparison = compare(of(read('monitoring-fail')), of(other));
    assert.deepEqual(
      causesOf(comparison).map(({ what, kind, a, b }) => [what, kind, a.text, b.text]),
      [['limit of recall', 'gate', '0.700', '0.600']],
    );
    const [first, ...rest] = comparisonPage(comparison, plain).blocks;
    assert.equal(first!.title, 'What changed');
    assert.ok(rest.every((block) => block.type !== 'table' || block.folded === true || block.id === 'importance'));
  });

  it('puts limits, settings and rows before what came of them', () => {
    const kinds = causesOf(compare(of(read('monitoring-pass')), of(read('monitoring-fail')))).map(({ kind }) => kind);
    assert.ok(kinds.includes('gate') && kinds.includes('outcome'));
    assert.deepEqual(
      [...kinds].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
      kinds,
    );
  });

  it('folds what is equal away under its count', () => {
    const [folded] = pageOf(read('monitoring-fail'), read('monitoring-fail')).filter(({ id }) => id === 'gates-equal');
    assert.ok(folded?.type === 'table' && folded.folded);
    assert.equal(folded.title, `Equal in both: ${folded.rows.length} gates`);
  });

  it('draws the curves of both models in one picture, and what moves each of them', () => {
    const roc = pageOf(read('monitoring-pass'), read('monitoring-fail')).find(({ id }) => id === 'roc');
    assert.ok(roc?.type === 'chart');
    assert.deepEqual(
      roc.series.map(({ name }) => name),
      ['A', 'B'],
    );
    const importance = pageOf(read('evaluation'), read('evaluation')).find(({ id }) => id === 'importance');
    assert.ok(importance?.type === 'table' && importance.rows.length > 0);
    const shares = importance.rows.map(({ cells }) => cells[1]!.sort as number);
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100) < 1e-9);
  });

  it('holds mean SHAP values of two explanations against each other', () => {
    const other = JSON.parse(text('explanation')) as { features: { meanAbsShap: number }[] };
    other.features[0]!.meanAbsShap *= 2;
    const moved = compare(of(JSON.parse(text('explanation'))), of(other)).figures.filter(({ change }) => change);
    assert.equal(moved.length, 1);
    assert.match(moved[0]!.figure, /^SHAP of /);
  });
});

const order = ['gate', 'setting', 'rows', 'outcome'];
