import assert from 'node:assert/strict';
import { certainAnswer } from '../../../src/documents/certainty.js';
import { textStatistics } from '../../../src/drift/category-baseline.js';
import { columnFigures } from '../../../src/pipeline/evaluating/figures.js';
import { categoryDrift } from '../../../src/pipeline/evaluating/drift-table.js';
import { lcgNumbers } from '../models/support/golden.js';

const limit = 0.25;
/** Towns as they come: the k-th of them with a share of about 1 / k. */
const towns = (chance: () => number, rows: number, many: number) =>
  Array.from({ length: rows }, () => `town ${Math.floor(Math.exp(chance() * Math.log(many + 1)))}`);

describe('a text of more than 50 values', () => {
  const judged = (before: string[], now: (string | null)[]) => {
    const baseline = textStatistics(before);
    const drift = categoryDrift('town', baseline, textStatistics(now, baseline.categories?.values));
    const figure = columnFigures([drift]).psi!.town!;
    const around = figure.intervalAt!(1.96);
    return { drift, figure, status: certainAnswer('<=', figure.value!, around, limit) };
  };

  for (const [many, rows, batch] of [
    [80, 600, 300],
    [300, 1200, 500],
    [900, 3000, 400],
  ] as const)
    it(`gives no false alarm: ${many} values, ${rows} rows trained on, 100 undrifted batches of ${batch}`, () => {
      const chance = lcgNumbers(many);
      const found: Record<string, number> = { pass: 0, warn: 0, fail: 0 };
      for (let one = 0; one < 100; one++) {
        const all = towns(chance, rows + batch, many);
        found[judged(all.slice(0, rows), all.slice(rows)).status]! += 1;
      }
      assert.equal(found.fail, 0, JSON.stringify(found));
      assert.ok(found.warn! <= 5, JSON.stringify(found));
    });

  it('is found to have moved: half of a new value, half of many new ones, the rare ones common, the commonest gone', () => {
    const chance = lcgNumbers(7);
    const before = towns(chance, 1200, 300);
    const now = towns(chance, 2000, 300);
    const moved: Record<string, string[]> = {
      'one new': now.map((town, row) => (row % 2 ? 'elsewhere' : town)),
      'many new': now.map((town, row) => (row % 2 ? `elsewhere ${row}` : town)),
      'rare ones': now.map((town, row) => (row % 2 ? `town ${100 + (row % 200)}` : town)),
      'commonest gone': now.map((town, row) =>
        town === 'town 1' || town === 'town 2' ? `town ${3 + (row % 3)}` : town,
      ),
    };
    for (const [what, rows] of Object.entries(moved)) {
      const { figure, status } = judged(before, rows);
      assert.equal(status, 'fail', `${what}: ${figure.value}`);
    }
  });

  it('says which values are new, and their share, though there are more than anybody can list', () => {
    const chance = lcgNumbers(9);
    const before = towns(chance, 1200, 300);
    const now = towns(chance, 4000, 300).map((town, row) => (row % 2 ? `elsewhere ${row}` : town));
    const { drift, figure } = judged(before, now);
    assert.ok(Math.abs(drift.newCategories!.share! - 0.51) < 0.04, String(drift.newCategories!.share));
    assert.match(figure.note!, /5[0-3](\.\d)? % of its values are categories that training never had/);
    const { categories, baseline, current } = drift.histogram!;
    assert.deepEqual(categories!.slice(-2), ['(others)', '(new)']);
    for (const shares of [baseline, current])
      assert.ok(Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-12);
  });
});
