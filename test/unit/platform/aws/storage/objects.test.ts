import assert from 'node:assert/strict';
import type { Account } from '../../../../../src/platform/aws/account/place.js';
import { objectReader } from '../../../../../src/platform/aws/storage/objects.js';
import { temporaryFolder } from '../../../../support/temporary.js';

describe('the Parquet files below a prefix', () => {
  it('fail as one when a later page cannot be listed, and leave no failed download behind', async () => {
    const folder = temporaryFolder();
    const lost: unknown[] = [];
    const note = (reason: unknown) => void lost.push(reason);
    process.on('unhandledRejection', note);
    try {
      let pages = 0;
      const s3 = {
        async listObjectsV2() {
          // Long enough for a download of the first page to have failed by then.
          await new Promise((done) => setTimeout(done, 20));
          if (pages++ > 0) throw new Error('the second page was cut off');
          const Contents = [{ Key: 'a.parquet', ETag: '"1"', Size: 1 }];
          return { Contents, NextContinuationToken: 'more' };
        },
        getObject: () => Promise.reject(new Error('the object cannot be had')),
      };
      const account = {
        settings: { name: 'prod', bucket: 'b' },
        clients: { s3: () => Promise.resolve(s3) },
        downloads: (work: () => Promise<string>) => work(),
        cache: { root: folder.path, owner: () => Promise.resolve('123456789012') },
      } as unknown as Account;
      await assert.rejects(objectReader(account).parquetFiles('b', ''), /second page was cut off/);
      await new Promise((done) => setTimeout(done, 20));
      assert.deepEqual(lost, []);
    } finally {
      process.off('unhandledRejection', note);
      folder.remove();
    }
  });
});
