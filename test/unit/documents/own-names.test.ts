import assert from 'node:assert/strict';
import { ownOf, setOwn } from '../../../src/common/own.js';
import {
  columnsOfBaseline,
  dataQualityBaseline,
  dataQualityBaselineSchema,
  statisticsIn,
} from '../../../src/documents/baselines.js';
import { textStatistics } from '../../../src/drift/category-baseline.js';
import { joinMatrices } from '../../../src/models/table/join.js';
import { fitPreprocessing } from '../../../src/models/preprocessing/fit.js';

/** What every object seems to have, and what an assignment takes for something else. */
const names = ['__proto__', 'constructor', 'toString', 'kind'];

describe('columns that are called as parts of every object', () => {
  it('keep their statistics through a baseline that is written and read', () => {
    const made = dataQualityBaseline(names.map((name, at) => [name, { ...textStatistics([]), count: at }] as const));
    const read = dataQualityBaselineSchema.parse(JSON.parse(JSON.stringify(made)));
    assert.deepEqual(
      names.map((name) => statisticsIn(read, name)?.count),
      [0, 1, 2, 3],
    );
    assert.deepEqual([...columnsOfBaseline(read).keys()].sort(), [...names].sort());
  });

  it('have their own categories and no others', () => {
    const categories: Record<string, string[]> = {};
    for (const name of names) setOwn(categories, name, [name]);
    const table = { columns: names, values: names.map(() => Float64Array.of(0)), rows: 1, categories };
    const joined = joinMatrices([table, table]);
    assert.deepEqual(
      names.map((name) => ownOf(joined.categories, name)),
      names.map((name) => [name]),
    );
    assert.equal(ownOf({}, 'constructor'), undefined);
    const [step] = fitPreprocessing([{ step: 'one-hot' }], table);
    assert.deepEqual(step?.step === 'one-hot' && Object.keys(step.categories).sort(), [...names].sort());
  });
});
