import assert from 'node:assert/strict';
import { monitoringResultsSchema, type MonitoringResults } from '../../../src/documents/monitoring.js';
import { markdownOf } from '../../../src/report/export/markdown.js';
import { tableOf } from '../../../src/report/export/tables.js';
import { nameOf } from '../../../src/report/format/figure-names.js';
import { reportOf } from '../../../src/report/monitoring/report.js';
import { openDocument } from '../../../src/report/open.js';
import { blocksOf, gatesOf, plain, section, text } from '../../support/documents.js';

const results = (): MonitoringResults => monitoringResultsSchema.parse(JSON.parse(text('monitoring-classes')));

describe('report of a classifier of several classes', () => {
  const view = reportOf(results(), plain);
  const matrix = section(blocksOf(view), 'table', 'class-matrix');
  const classes = section(blocksOf(view), 'table', 'classes');

  it('opens as a report from its file, with the curves of each class', () => {
    assert.equal(openDocument('monitoring_results.json', text('monitoring-classes'), plain).type, 'report');
    assert.equal(openDocument('evaluation.json', text('evaluation-classes'), plain).type, 'report');
  });

  it('shows where the rows of each true class went, with their share of it, hits apart from mistakes', () => {
    assert.deepEqual(
      matrix.columns.map(({ title }) => title),
      ['True class', 'Rows', 'as comp1', 'as comp2', 'as comp3', 'as comp4', 'as no failure'],
    );
    assert.deepEqual(
      matrix.rows[0]!.cells.map(({ text: shown, note }) => [shown, note].filter(Boolean).join(' ')),
      ['comp1', '149', '50 34 %', '8 5 %', '0', '4 3 %', '87 58 %'],
    );
    assert.deepEqual(
      matrix.rows.map(({ cells }) => cells.findIndex(({ heat }) => heat?.right)),
      [2, 3, 4, 5, 6],
    );
    assert.equal(matrix.rows[0]!.cells[2]!.heat?.share, 50 / 149);
  });

  it('sets the figures of each class beside those of the baseline, with their intervals', () => {
    const row = classes.rows.find(({ id }) => id === 'no failure')!;
    const told = Object.fromEntries(classes.columns.map(({ title }, at) => [title, row.cells[at]!.text]));
    assert.deepEqual(told, {
      ...{ Class: 'no failure', Rows: '607', Predicted: '818' },
      ...{ Precision: '0.625', 'Precision, baseline': '0.658', Recall: '0.842', 'Recall, baseline': '0.865' },
      ...{ F1: '0.717', 'F1, baseline': '0.747', 'ROC AUC': '0.739', 'ROC AUC, baseline': '0.782' },
    });
    assert.equal(row.cells[classes.columns.findIndex(({ id }) => id === 'f1')]!.note, '0.695 – 0.747');
  });

  it('says why a class has no figure', () => {
    const document = results();
    document.metrics['precision{comp3}'] = null;
    document.reasons['precision{comp3}'] = 'no row was predicted as it';
    const table = section(blocksOf(reportOf(document, plain)), 'table', 'classes');
    const cell = table.rows[2]!.cells[table.columns.findIndex(({ id }) => id === 'precision')]!;
    assert.deepEqual([cell.text, cell.reason], ['–', 'no row was predicted as it']);
  });

  it('calls figures of a class by plain words, also estimated ones, and shows none of them twice', () => {
    assert.equal(nameOf('recall{"no failure"}').title, 'recall of "no failure"');
    assert.equal(nameOf('estimated recall{"no failure"}').title, 'estimated recall of "no failure"');
    assert.equal(nameOf('recall{comp1}').decimals, nameOf('recall').decimals);
    assert.ok(gatesOf(view).some(({ title }) => title === 'recall of "no failure"'));
    const tiles = section(blocksOf(view), 'tiles', 'metrics').tiles.map(({ id }) => id);
    assert.ok(tiles.includes('macro_f1') && !tiles.some((id) => id.includes('{')), tiles.join());
  });

  it('keeps shares and intervals in Markdown and CSV', () => {
    const markdown = markdownOf(view);
    assert.match(markdown, /\| comp1 \| 149 \| 50 \(34 %\) \| 8 \(5 %\) \| 0 \|/);
    assert.match(markdown, /0\.717 \(0\.695 – 0\.747\)/);
    assert.ok(!markdown.includes('{'), 'no name of a rule');
    const [head, first] = tableOf(view, 'classes')!.csv.split('\r\n');
    const at = head!.split(/,(?! )/).findIndex((title) => title.includes('F1, 95 % interval'));
    assert.ok(at > 0 && first!.split(',').includes('0.367 – 0.513'), head);
  });

  it('counts small classes together where they are many, losing no row', () => {
    const document = results();
    const names = Array.from({ length: 50 }, (_, place) => `class ${place}`);
    document.classes = names;
    document.class_confusion = names.map((_, from) => names.map((_own, to) => (from === to ? from + 1 : from % 2)));
    const blocks = blocksOf(reportOf(document, plain));
    const { columns, rows, note } = section(blocks, 'table', 'class-matrix');
    assert.deepEqual([columns.length, columns.at(-1)!.title, rows.at(-1)!.id], [15, 'as 38 others', '38 others']);
    const cells = rows.flatMap((row) => row.cells.slice(2).map(({ sort }) => sort as number));
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    assert.equal(sum(cells), sum(document.class_confusion.flat()));
    assert.equal(rows.at(-1)!.cells.at(-1)!.heat, undefined, 'hits and mistakes among the others are mixed');
    assert.match(note ?? '', /38 smallest classes/);
    assert.equal(section(blocks, 'table', 'classes').rows.length, 50);
  });
});

describe('evaluation of a classifier of several classes', () => {
  it('shows the confusion and the classes of the chosen candidate on the test set', () => {
    const message = openDocument('evaluation.json', text('evaluation-classes'), plain);
    assert.ok(message.type === 'report' && message.view.kind === 'evaluation');
    const titles = message.view.blocks.map(({ title }) => title);
    assert.deepEqual(titles.slice(0, 2), ['Confusion, lightgbm on test', 'Classes, lightgbm on test']);
  });
});
