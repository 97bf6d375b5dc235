import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendBounded, boundedLines } from '../../../../src/pipeline/watching/bounded-lines.js';

describe('what a watcher writes down', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bounded-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('stays below a size for ever, and its newest lines are read in order across both files', async () => {
    const path = join(folder, 'history.jsonl');
    for (let n = 0; n < 500; n += 1) await appendBounded(path, [{ n }], 1000);

    const kept = (await boundedLines(path)).map((line) => (JSON.parse(line) as { n: number }).n);
    assert.equal(kept.at(-1), 499);
    assert.deepEqual(
      kept,
      Array.from({ length: kept.length }, (_, at) => 500 - kept.length + at),
    );
    assert.ok(kept.length > 80, `only ${kept.length} lines are left`);
    const bytes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    assert.ok(Math.max(...bytes) < 1100 && bytes.length === 2, bytes.join(', '));
  });

  it('is nothing where nothing was ever written, and no file is made for nothing', async () => {
    const path = join(folder, 'none.jsonl');
    await appendBounded(path, []);
    assert.deepEqual(await boundedLines(path), []);
    assert.deepEqual(readdirSync(folder), []);
  });
});
