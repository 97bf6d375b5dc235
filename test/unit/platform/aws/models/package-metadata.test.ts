import assert from 'node:assert/strict';
import fc from 'fast-check';
import { versionOfPackage } from '../../../../../src/platform/aws/models/model-package.js';
import { metadataOf, readMetadata } from '../../../../../src/platform/aws/models/package-metadata.js';
import { versionOf } from '../../../../contract/writing.js';

/** What CreateModelPackage takes. */
function assertFits(found: Record<string, string>): void {
  const entries = Object.entries(found);
  assert.ok(entries.length <= 50, `${entries.length} entries`);
  for (const [key, text] of entries) {
    assert.match(key, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u);
    assert.match(text, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
  }
}

describe('a version in the metadata of a model package', () => {
  it('reads back what was written, whatever signs and length it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), (text) => {
        const found = metadataOf({ ...versionOf('g', 'v1'), metadata: { text } });
        assertFits(found);
        assert.equal(readMetadata(found).text, text);
      }),
    );
  });

  it('leaves out the longest when there is no room, never a figure', () => {
    const metadata = { short: 'x', long: 'y'.repeat(256 * 60) };
    const metrics = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`m${index}`, index]));
    const found = metadataOf({ ...versionOf('g', 'v1'), metadata, metrics });
    assertFits(found);
    const read = readMetadata(found);
    assert.equal(read.short, 'x');
    assert.equal(read.long, undefined);
    assert.equal(read['mlops:metric:m29'], '29');
  });

  it('keeps the first figures when there are too many, and names what it left out', () => {
    const metadata = { threshold: '0.31', fingerprint: 'f'.repeat(64), columns: 'c '.repeat(200) };
    const metrics = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`figure_${index}`, index]));
    const version = { ...versionOf('g', 'v1'), metadata, metrics };
    const found = metadataOf(version);
    assertFits(found);
    assert.equal(Object.keys(found).length, 50);
    const read = versionOfPackage({ CustomerMetadataProperties: found } as never, 'own');
    assert.deepEqual(
      Object.keys(read.metrics),
      Array.from({ length: 42 }, (_, index) => `figure_${index}`),
    );
    const { left_out: leftOut, ...kept } = read.metadata;
    assert.deepEqual(kept, { threshold: '0.31', fingerprint: 'f'.repeat(64) });
    assert.match(leftOut!, /^29 for which there was no room: figure_42 figure_43 .* and \d+ more$/);
  });

  it("leaves others' metadata as it is", () => {
    assert.deepEqual(readMetadata({ note: 'a=3Db' }), { note: 'a=3Db' });
  });
});
