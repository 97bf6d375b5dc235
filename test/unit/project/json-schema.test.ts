import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { knownKeys, projectJsonSchema } from '../../../src/project/json-schema.js';

describe('the JSON Schema of mlops.json', () => {
  it('is the one in schemas/ (run `npx tsx scripts/schema.mjs` when it is not)', async () => {
    const stored: unknown = JSON.parse(await readFile('schemas/mlops.schema.json', 'utf8'));
    assert.deepEqual(stored, JSON.parse(JSON.stringify(projectJsonSchema())));
  });

  it('asks for nothing that has a default', () => {
    const { required } = projectJsonSchema();
    assert.deepEqual(required, ['name', 'sources', 'features', 'model', 'endpoint', 'monitor']);
  });

  it('knows the keys of an object anywhere, through lists, maps and variants', () => {
    assert.deepEqual(knownKeys(['monitor', 'gates', 0]), [
      'id',
      'level',
      'rule',
      'minSamples',
      'confidence',
      'estimated',
      'action',
    ]);
    assert.ok(knownKeys(['sources', 'anything']).includes('partition'));
    assert.ok(knownKeys(['alarms', 3]).includes('evaluationPeriods'));
    assert.deepEqual(knownKeys(['model', 'fill']), []);
  });
});
