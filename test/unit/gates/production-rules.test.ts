import assert from 'node:assert/strict';
import { productionRules } from '../../../src/gates/production-rules.js';
import { gate } from './gate-inputs.js';

describe('the rules that judge the model in production', () => {
  it('are those that do not compare it with itself, and the others are named', () => {
    const [plain, relative] = [gate('hard recall >= 0.70'), gate('soft fpr <= 1.25 * baseline')];
    const candidate = gate('hard recall >= 1 * current', { id: 'no-worse' });
    assert.deepEqual(productionRules([plain, candidate, relative]), {
      judged: [plain, relative],
      promotionGates: ['no-worse'],
    });
  });
});
