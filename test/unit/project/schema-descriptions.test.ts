import assert from 'node:assert/strict';
import { projectJsonSchema } from '../../../src/project/json-schema.js';

/** What an editor shows beside a key that is typed must fit into its box. */
const longest = 200;

/** Every property of the schema with its place, also inside lists, maps and variants. */
function properties(part: unknown, path: string): { path: string; description: unknown }[] {
  if (typeof part !== 'object' || part === null) return [];
  const here = (part as { properties?: Record<string, { description?: unknown }> }).properties ?? {};
  const own = Object.entries(here).map(([key, { description }]) => ({ path: `${path}.${key}`, description }));
  return [...own, ...Object.entries(part).flatMap(([key, inner]) => properties(inner, `${path}/${key}`))];
}

describe('descriptions in the JSON Schema of mlops.json', () => {
  const all = properties(projectJsonSchema(), '');

  it('stand at every property, of every variant', () => {
    assert.ok(all.length > 300, `found ${all.length} properties only`);
    assert.deepEqual(
      all.filter(({ description }) => typeof description !== 'string' || description.trim() === ''),
      [],
    );
  });

  it('fit beside what is typed and end like a sentence', () => {
    const long = all.filter(({ description }) => String(description).length > longest);
    assert.deepEqual(long, []);
    const open = all.filter(({ description }) => !/[.…"]$/.test(String(description)));
    assert.deepEqual(open, []);
  });
});
