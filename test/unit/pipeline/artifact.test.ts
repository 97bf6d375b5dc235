import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { tarOf } from '../../../src/pipeline/model-files/artifact.js';

describe('model.tar.gz', () => {
  it('has equal bytes for equal files, in whatever order they come', async () => {
    const one = await tarOf({ 'a.txt': 'first', 'b.json': '{}' });
    const other = await tarOf({ 'b.json': '{}', 'a.txt': 'first' });
    assert.equal(one.sha256, other.sha256);
    assert.notEqual(one.sha256, (await tarOf({ 'a.txt': 'first', 'b.json': '{ }' })).sha256);
  });

  it('holds the files as they were given', async () => {
    const { bytes } = await tarOf({ 'lgb_model.txt': 'tree\n', 'model_metadata.json': '{"threshold":0.5}' });
    const found: Record<string, string> = {};
    const reader = extract();
    reader.end(gunzipSync(bytes));
    for await (const entry of reader) found[entry.header.name] = (await buffer(entry)).toString();
    assert.deepEqual(found, { 'lgb_model.txt': 'tree\n', 'model_metadata.json': '{"threshold":0.5}' });
  });
});
