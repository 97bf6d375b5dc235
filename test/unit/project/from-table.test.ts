import assert from 'node:assert/strict';
import { classFigure } from '../../../src/project/rules/class-figure.js';
import { rolesOf, type Table, type TableColumn } from '../../../src/project/from-table/roles.js';
import { projectTexts } from '../../../src/project/from-table/write.js';
import { evaluateGates } from '../../../src/gates/evaluate.js';
import type { Figure, FigureSet } from '../../../src/gates/figures.js';
import { parseProject } from '../../../src/project/load.js';

const column = (name: string, parts: Partial<TableColumn> = {}): TableColumn => ({
  name,
  kind: 'number',
  whole: false,
  prose: false,
  distinct: 90,
  nulls: 0,
  median: 1.5,
  values: [],
  ...parts,
});
const two = (a: string, b: string) => [
  { value: a, count: 70 },
  { value: b, count: 30 },
];
const table = (...columns: TableColumn[]): Table => ({ rows: 100, columns });
const flag = column('left', { kind: 'text', distinct: 2, values: two('no', 'yes') });
const kinds = ['no failure', '01', 'ä,"ß"', 'no_failure'];
const kind = column('kind', { kind: 'text', distinct: 4, values: kinds.map((value) => ({ value, count: 25 })) });
const color = column('Color', { kind: 'text', distinct: 2, values: two('dark red', "o'chre"), nulls: 3 });

describe('a project made from a table', () => {
  const people = table(column('id', { whole: true, distinct: 100 }), column('age', { nulls: 5 }), color, flag);

  it('predicts the rarer of two values, names rows by a column that does, and learns from the rest', () => {
    const roles = rolesOf(people, { target: 'left' });
    assert.deepEqual([roles.task, roles.positive, roles.entity?.name], ['binary', 'yes', 'id']);
    assert.deepEqual(
      [roles.numbers, roles.categories].map((list) => list.map(({ name }) => name)),
      [['age'], ['Color']],
    );
    assert.equal(rolesOf(people, { target: 'left', positive: 'no' }).positive, 'no');
  });

  it('writes SQL that takes columns as they are, and a project file that holds together', () => {
    const { sql, mlops } = projectTexts('people', 'people.csv', people, rolesOf(people, { target: 'left' }));
    assert.match(sql, /^ {2}age,\n {2}"Color",$/m);
    assert.match(sql, /^ {2}CASE WHEN "left" = 'yes' THEN 1 WHEN "left" IN \('no'\) THEN 0 END AS "left"$/m);
    const { model, features } = parseProject(mlops);
    assert.deepEqual([model.fill, model.refit], [{ age: 1.5 }, true]);
    assert.deepEqual(model.candidates[0]!.columns, ['age', 'Color']);
    assert.equal(features.entity, 'id');
  });

  it('gives no column that it makes the name of another one', () => {
    const made = table(column('color_DARK_red'), column('Row_ID'), color, flag);
    const { sql } = projectTexts('people', 'people.csv', made, rolesOf(made, { target: 'left' }));
    const names = [...sql.matchAll(/^ {2}(?:.* AS )?"?(.+?)"?,?$/gm)].map(([, name]) => name!.toLowerCase());
    const expected = ['row_id_', 'color_dark_red', 'row_id', 'color', 'left'];
    assert.deepEqual(names, expected);
  });

  describe('writes only gates that can fail', () => {
    const few = column('is new', { distinct: 2 });
    const made = {
      binary: projectTexts('a', 'a.csv', people, rolesOf(table(column('age'), few, color, flag), { target: 'left' })),
      regression: projectTexts(
        'b',
        'b.csv',
        people,
        rolesOf(table(column('age'), few, color, column('price')), { target: 'price' }),
      ),
      multiclass: projectTexts(
        'c',
        'c.csv',
        people,
        rolesOf(table(column('age'), few, color, kind), { target: 'kind' }),
      ),
    };
    const figure = (value: number) => ({ value, n: 500, method: 'test' });
    /** As bad as a figure can get: no rate is above 1, and a column of two values lies within its bounds. */
    const bad: FigureSet = {
      figures: { roc_auc: figure(0), recall: figure(0), precision: figure(0), fpr: figure(1), r2: figure(-1) },
      columns: {
        null_rise: { age: figure(100), Color: figure(100), 'is new': figure(100) },
        z_mean: { age: figure(50), Color_dark_red: figure(0.9), 'is new': figure(0.9) },
        psi: { Color: figure(5), 'is new': figure(5), prediction: figure(5) },
      },
    };
    Object.assign(bad.figures, { rmse: figure(100), mae: figure(100) });
    for (const name of [
      'balanced_accuracy',
      'accuracy',
      'macro_f1',
      ...kinds.map((kind) => classFigure('recall', kind)),
    ])
      bad.figures[name] = figure(0);
    const ofClasses = Object.fromEntries(kinds.map((kind) => [classFigure('recall', kind), 0.8]));
    const baseline = {
      ...{ balanced_accuracy: 0.8, accuracy: 0.8, macro_f1: 0.8, ...ofClasses },
      ...{ roc_auc: 0.7, recall: 0.6, precision: 0.1, fpr: 0.9, rmse: 1, mae: 1, r2: 0.4 },
    };
    const window = { from: null, to: null };

    for (const [task, { mlops }] of Object.entries(made)) {
      it(`for a ${task}, each of which asks for enough rows`, () => {
        const rules = parseProject(mlops).monitor.gates;
        const judged = (figures: FigureSet) =>
          evaluateGates({
            rules,
            soft: { fail: 1, action: 'warn' },
            figures,
            baseline,
            window,
            waivers: [],
            now: new Date(0),
          }).gates;
        for (const { id, status } of judged(bad)) assert.equal(status, 'fail', id);
        assert.ok(rules.every(({ minSamples = 0 }) => minSamples >= 10));
        const thin = (of: Record<string, Figure>) =>
          Object.fromEntries(Object.entries(of).map(([name, one]) => [name, { ...one, n: 4 }]));
        const columns = Object.fromEntries(Object.entries(bad.columns).map(([name, of]) => [name, thin(of)]));
        for (const { id, status } of judged({ figures: thin(bad.figures), columns }))
          assert.equal(status, 'inconclusive', id);
      });
    }
  });

  it('quotes names that SQL has a meaning for', () => {
    const orders = table(column('order'), column('end'), flag);
    const { sql } = projectTexts('group', 'group.csv', orders, rolesOf(orders, { target: 'left' }));
    assert.match(
      sql,
      /^ {2}"order",\n {2}"end",\n {2}CASE WHEN "left" = 'yes' THEN 1 WHEN "left" IN \('no'\) THEN 0 END AS "left"\nFROM "group"$/m,
    );
  });

  it('lets no name of a column out of its comment or its string', () => {
    const words = (name: string) => column(name, { kind: 'text', distinct: 2, values: two('a', 'b'), nulls: 1 });
    const odd = table(column('age'), words('say "x"'), column('x\n; DROP TABLE y', { distinct: 0 }), flag);
    const { sql, mlops } = projectTexts('odd', 'odd.csv', odd, rolesOf(odd, { target: 'left' }));
    assert.doesNotMatch(sql, /^; DROP/m);
    assert.deepEqual(parseProject(mlops).model.candidates[0]!.columns, ['age', 'say "x"']);
  });

  it('counts what is true, however the table wrote it, unless the other is asked for', () => {
    const truth = column('stays', { distinct: 2, values: two('false', 'true').reverse() });
    const positive = (asked?: string) =>
      rolesOf(table(column('age'), truth), { target: 'stays', positive: asked }).positive;
    assert.deepEqual([positive(), positive('yes'), positive('no')], ['true', 'true', 'false']);
    assert.throws(() => positive('nope'), /--positive: found "nope", expected a value of stays: yes or no/);
    const never = column('stays', { distinct: 1, values: [{ value: 'false', count: 100 }] });
    assert.throws(
      () => rolesOf(table(column('age'), never), { target: 'stays' }),
      /found one value only in column stays/,
    );
  });

  it('numbers rows that have no name, and predicts numbers', () => {
    const roles = rolesOf(table(column('area'), column('price')), { target: 'price' });
    const { sql, mlops } = projectTexts('homes', 'homes.csv', table(column('area'), column('price')), roles);
    assert.match(sql, /row_number\(\) OVER \(\) AS row_id,\n {2}area,\n {2}price\n/);
    assert.equal(parseProject(mlops).model.task, 'regression');
  });

  it('leaves out what teaches nothing, and says why', () => {
    const { leftOut, categories } = rolesOf(
      table(
        column('patient_nbr', { whole: true, distinct: 80 }),
        column('empty', { distinct: 0 }),
        column('same', { distinct: 1 }),
        column('notes', { kind: 'text', distinct: 50, words: 7.6 }),
        column('town', { kind: 'text', distinct: 50 }),
        column('age'),
        flag,
      ),
      { target: 'left' },
    );
    assert.deepEqual(
      leftOut.map(({ name, why }) => `${name}: ${why.split(',')[0]}`),
      [
        'patient_nbr: it names things',
        'empty: it is empty',
        'same: it always has the same value',
        'notes: it is text of 8 words in the mean; make columns of it that a model can learn from',
      ],
    );
    assert.deepEqual(
      categories.map(({ name }) => name),
      ['town'],
    );
  });

  it('divides dated rows by their time, so that what is judged came after what was learned from', () => {
    const cuts = ['2024-01-01', '2024-03-01', '2024-06-01'];
    const sold = column('sold', { kind: 'time', cuts });
    const born = column('birthday', { kind: 'time', cuts });
    const homes = table(born, sold, column('part'), column('price'));
    const roles = rolesOf(homes, { target: 'price', horizon: 7 });
    assert.deepEqual([roles.time?.name, roles.byTime, roles.dates[0]?.name], ['sold', true, 'birthday']);
    const { sql, mlops } = projectTexts('homes', 'homes.csv', homes, roles);
    assert.match(
      sql,
      /WHEN sold < '2024-01-01'::TIMESTAMP - INTERVAL 7 DAY THEN 'train'\n {4}WHEN sold < '2024-01-01' THEN NULL/,
    );
    assert.match(sql, /ELSE 'production'\n {2}END AS part_/);
    assert.deepEqual(parseProject(mlops).features.split, {
      ...{ by: 'column', column: 'part_' },
      ...{ train: ['train'], validation: ['validation'], test: ['test'], production: ['production'] },
    });
    const visits = column('visitor', { kind: 'text', distinct: 40 });
    const several = rolesOf(table(visits, sold, column('age'), column('price')), {
      target: 'price',
      entity: 'visitor',
    });
    assert.equal(several.byTime, false, 'one visitor would stand in two parts');
    assert.match(several.warnings.join(), /divided by visitor, not by sold/);
  });

  it('takes no remark for a name, although every one is another', () => {
    const remark = column('remark', { kind: 'text', distinct: 100, prose: true });
    const code = column('code', { kind: 'text', distinct: 100 });
    const roles = rolesOf(table(remark, column('age'), flag), { target: 'left' });
    assert.equal(roles.entity, undefined);
    assert.match(roles.leftOut[0]!.why, /another one in nearly every row: 100 of 100/);
    assert.equal(rolesOf(table(remark, code, column('age'), flag), { target: 'left' }).entity?.name, 'code');
  });

  it('warns of what may number the rows, of what it took for their name, and of few rows', () => {
    const running = column('seq', { whole: true, distinct: 100 });
    const { warnings } = rolesOf(table(column('id', { whole: true, distinct: 100 }), running, flag), {
      target: 'left',
    });
    assert.deepEqual(
      warnings.map((warning) => warning.split(/[:;,]/)[0]),
      [
        'each row is taken to be another thing',
        'seq is another whole number in every row',
        '100 rows are few to learn left from',
      ],
    );
  });

  it('predicts one of several classes, of words and of a few whole numbers, unless it is told otherwise', () => {
    const taskOf = (parts: Partial<TableColumn>, task?: string) =>
      rolesOf({ ...table(column('age'), column('y', parts)), rows: 300 }, { target: 'y', task }).task;
    assert.equal(taskOf({ kind: 'text', distinct: 3, prose: true }), 'multiclass');
    assert.equal(taskOf({ kind: 'text', distinct: 50 }), 'multiclass');
    assert.equal(taskOf({ whole: true, distinct: 5 }), 'multiclass');
    assert.equal(taskOf({ whole: true, distinct: 40 }), 'regression');
    assert.equal(taskOf({ whole: true, distinct: 5 }, 'regression'), 'regression');
    assert.equal(taskOf({ whole: true, distinct: 40 }, 'multiclass'), 'multiclass');
    assert.equal(taskOf({ distinct: 5 }), 'regression');
    assert.throws(() => taskOf({ distinct: 5 }, 'classes'), /--task: found "classes", expected one of "binary"/);
    assert.throws(() => taskOf({ kind: 'text', distinct: 5 }, 'regression'), /no column of numbers/);
  });

  it('asks for the recall of every class where there are few, each under a name of its own', () => {
    const { gates } = parseProject(
      projectTexts('c', 'c.csv', people, rolesOf(table(column('age'), kind), { target: 'kind' })).mlops,
    ).monitor;
    const rules = gates.map(({ id, rule }) => [id, rule]).filter(([id]) => id!.startsWith('recall'));
    assert.deepEqual(rules, [
      ['recall-no-failure', 'recall{"no failure"} >= 0.70 * baseline'],
      ['recall-01', 'recall{01} >= 0.70 * baseline'],
      ['recall-class', 'recall{"ä,\\"ß\\""} >= 0.70 * baseline'],
      ['recall-no-failure-2', 'recall{no_failure} >= 0.70 * baseline'],
    ]);
  });

  it('refuses a target that is not there or cannot be predicted', () => {
    assert.throws(() => rolesOf(people, { target: 'lefd' }), /--target: found no column "lefd", expected .*left/);
    const many = column('kind', { kind: 'text', distinct: 60, values: [] });
    assert.throws(() => rolesOf(table(many, flag), { target: 'kind' }), /60 different values.*--positive VALUE/);
    const rare = column('kind', { kind: 'text', distinct: 40, values: [] });
    assert.throws(() => rolesOf(table(rare, flag), { target: 'kind' }), /classes \(up to 50, of 5 rows or more each/);
    assert.throws(() => rolesOf(people, { target: 'left', positive: 'maybe' }), /found "maybe", expected .*no, yes/);
  });
});
