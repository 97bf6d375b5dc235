import { strict as assert } from 'node:assert';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

  it('is neither read nor kept through a link that a clone brought in the place of the earlier file', async () => {
    const [kept, elsewhere] = [join(folder, '.mlops', 'watching'), join(folder, 'elsewhere')];
    mkdirSync(kept, { recursive: true });
    writeFileSync(elsewhere, '{ "mine": true }\n');
    const path = join(kept, 'history.jsonl');
    symlinkSync(elsewhere, `${path}.1`);
    await appendBounded(path, [{ n: 1 }], 1);

    await assert.rejects(boundedLines(path), /history\.jsonl\.1 is a link to/);
    await assert.rejects(appendBounded(path, [{ n: 2 }], 1), /is a link to/);
    assert.equal(readFileSync(elsewhere, 'utf8'), '{ "mine": true }\n');
  });

  it('is nothing where nothing was ever written, and no file is made for nothing', async () => {
    const path = join(folder, 'none.jsonl');
    await appendBounded(path, []);
    assert.deepEqual(await boundedLines(path), []);
    assert.deepEqual(readdirSync(folder), []);
  });
});
