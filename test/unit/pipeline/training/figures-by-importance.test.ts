import assert from 'node:assert/strict';
import { figuresByImportance } from '../../../../src/pipeline/training/figures-by-importance.js';
import { figureNames } from '../../../../src/pipeline/evaluating/figures.js';
import { projectFile } from '../../../support/stage-context.js';

describe('the figures of a version', () => {
  it('begin with what gates name, what the threshold keeps and what decides, and leave none out', () => {
    const gate = (id: string, rule: string) => ({ id, level: 'soft', rule });
    const file = projectFile({
      monitor: {
        gates: [gate('a', 'mcc >= 0.5'), gate('b', 'fpr <= 0.1'), gate('c', 'null_pct(*) <= 5')],
        soft: { fail: 1 },
      },
    });
    const found = figuresByImportance(file);
    assert.deepEqual(found.slice(0, 2), ['mcc', 'fpr']);
    assert.ok(found.indexOf('average_precision') <= 3, found.join());
    assert.deepEqual([...found].sort(), [...figureNames('binary')].sort());
  });
});
