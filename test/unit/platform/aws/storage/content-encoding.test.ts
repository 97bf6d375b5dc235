import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from '../../../../../src/common/errors.js';
import { unpackedBeside } from '../../../../../src/platform/aws/storage/content-encoding.js';
import { temporaryFolder } from '../../../../support/temporary.js';

describe('an object that was stored packed', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('and unpacks to many times what a table would is refused by its name, and leaves nothing', async () => {
    const path = join(folder.path, 'zeros.csv');
    // Packed parts one after the other are one packed file.
    const part = gzipSync(Buffer.alloc(2 ** 26));
    writeFileSync(path, Buffer.concat(Array<Buffer>(16).fill(part)));
    await assert.rejects(unpackedBeside(path, 's3://b/zeros.csv'), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /^s3:\/\/b\/zeros\.csv: it unpacks to more than 200 times its size/);
      return true;
    });
    assert.deepEqual(readdirSync(folder.path), ['zeros.csv']);
  });
});
