import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('documents that would stop whoever looks at them', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  const documents: [what: string, code: number, text: string][] = [
    ['120 KB of quotes and backslashes behind a NaN', 2, `{"a": NaN, ${'"\\'.repeat(60_000)}`],
    ['120 KB of escaped quotes', 2, `{"a": NaN, "${'\\"'.repeat(60_000)}`],
    ['objects a million deep', 2, '{"a":'.repeat(1e6)],
    // Valid JSON, so it is shown raw, with the reason.
    [
      'arrays 5,000 deep in a document of a known kind',
      0,
      `{"kind": "run", "x": ${'['.repeat(5e3)}${']'.repeat(5e3)}}`,
    ],
    ['a hundred thousand names', 0, `{${Array.from({ length: 1e5 }, (_, at) => `"n${at}":{}`).join(',')}}`],
  ];
  for (const [what, expected, text] of documents) {
    it(`are read or refused at once: ${what}`, async () => {
      const file = join(folder.path, 'document.json');
      writeFileSync(file, text);
      const began = performance.now();
      const { code, stderr } = await mlops(['report', file], { cwd: folder.path });
      assert.equal(code, expected, stderr);
      assert.ok(stderr.length < 2000, stderr.slice(0, 200));
      assert.ok(performance.now() - began < 15_000);
    });
  }
});
