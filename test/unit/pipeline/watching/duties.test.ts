import assert from 'node:assert/strict';
import type { Environment } from '../../../../src/platform/ports/environment.js';
import { dutiesOf } from '../../../../src/pipeline/watching/duties.js';
import type { Project } from '../../../../src/project/schema.js';

describe('what is done in a place that may not be written to', () => {
  it('is nothing but looking at alarms; why is told once, and again when it is another reason', async () => {
    const environment = { name: 'prod', kind: 'aws', readOnlyBecause: 'Writing is off.' } as Environment;
    const file = { name: 'churn', sources: {}, loop: { every: '15m' } };
    const duties = dutiesOf({ folder: '/nowhere', file } as unknown as Project, environment);
    const loop = duties.find(({ name }) => name === 'loop')!;
    const look = () => loop.run(new Date(), new AbortController().signal);
    assert.equal(await look(), 'nothing is done: prod is read-only. Writing is off.');
    assert.equal(await look(), undefined);
    environment.readOnlyBecause = 'The project forbids it.';
    assert.equal(await look(), 'nothing is done: prod is read-only. The project forbids it.');
  });
});
