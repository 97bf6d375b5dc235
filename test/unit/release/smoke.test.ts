import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smokeCases, smokeTest } from '../../../src/pipeline/releasing/smoke.js';
import { temporaryFolder } from '../../support/temporary.js';

type Parts = Parameters<typeof smokeTest>[0];

describe('the smoke test of a release', () => {
  const place = temporaryFolder();
  after(() => place.remove());

  const write = (...lines: unknown[]) =>
    writeFileSync(join(place.path, 'smoke.jsonl'), lines.map((line) => JSON.stringify(line)).join('\r\n'));
  /** What the new version answers, and what it was asked. */
  const smoke = async (
    answer: { status: number; body: string },
    from: string | null = 'v1',
    mode: 'variants' | 'service' = 'variants',
  ) => {
    const asked: object[] = [];
    const invoke = (name: string, request: object) => {
      asked.push({ name, ...request });
      return Promise.resolve({ status: answer.status, body: Buffer.from(answer.body) });
    };
    const parts = {
      project: { folder: place.path },
      environment: { endpoints: { invoke } },
      signal: new AbortController().signal,
    } as unknown as Parts;
    const found = await smokeTest(parts, { smoke: 'smoke.jsonl', endpoint: 'e', candidate: 'v2-r1', from, mode });
    return { ...found, asked };
  };

  it('asks the new version alone, and passes where each answer is what is asked for', async () => {
    write({ features: { x: 1 } }, { request: { features: { x: 2 } }, answer: { prediction: 1 } });
    const { problem, asked } = await smoke({ status: 200, body: '{"prediction": 1, "more": 2}' });
    assert.equal(problem, undefined);
    const contentType = 'application/json';
    assert.deepEqual(asked, [
      { name: 'e', body: '{"features":{"x":1}}', contentType, variant: 'v2-r1' },
      { name: 'e', body: '{"features":{"x":2}}', contentType, variant: 'v2-r1' },
    ]);
    assert.ok(
      !('variant' in (await smoke({ status: 200, body: '{"prediction": 1}' }, null)).asked[0]!),
      'a first version',
    );
  });

  it('names the line, what was found and what was expected', async () => {
    write({ features: { x: 1 } }, { request: {}, status: 422, ranges: { p: [0, 1] } });
    assert.match(
      (await smoke({ status: 500, body: 'no' })).problem!,
      /smoke\.jsonl line 1: answered 500, expected 200: no/,
    );
    write({ request: {}, ranges: { p: [0, 1] } });
    assert.match((await smoke({ status: 200, body: '{"p": 7}' })).problem!, /line 1: p: found 7, expected 0 to 1/);
  });

  it('refuses before anything moves what it cannot ask', async () => {
    write({ path: '/health' });
    await assert.rejects(
      smokeCases(place.path, 'smoke.jsonl'),
      /smoke\.jsonl.*1.*found \/health, expected \/invocations/,
    );
    await assert.rejects(smokeCases(place.path, '../smoke.jsonl'), /expected a file inside the project/);
    await assert.rejects(smokeCases(place.path, 'none.jsonl'), /found no file "none.jsonl"/);
    writeFileSync(join(place.path, 'smoke.jsonl'), '\n');
    await assert.rejects(smokeCases(place.path, 'smoke.jsonl'), /found no cases/);
  });
});
