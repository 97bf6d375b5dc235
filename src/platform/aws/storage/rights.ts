import { nobody, read, rightsOf, write } from '../rights/rights.js';
import { lifecycleReader } from './lifecycle.js';

/** Buckets, objects, and the rules by which the bucket forgets. */
export const storageRights = rightsOf({
  needs: ({ bucket }) => [
    read('s3', ['ListAllMyBuckets'], '*'),
    read('s3', ['ListBucket'], bucket),
    read('s3', ['GetObject'], `${bucket}/*`),
    read('s3', ['GetLifecycleConfiguration'], bucket),
    write('s3', ['PutObject', 'DeleteObject', 'AbortMultipartUpload'], `${bucket}/*`),
    write('s3', ['PutLifecycleConfiguration', 'GetBucketLocation'], bucket),
  ],
  probes: {
    's3:ListAllMyBuckets': async ({ clients }, options) => (await clients.s3()).listBuckets({ MaxBuckets: 1 }, options),
    's3:ListBucket': async ({ clients, settings }, options) =>
      (await clients.s3()).listObjectsV2({ Bucket: settings.bucket, MaxKeys: 1 }, options),
    's3:GetObject': async ({ clients, settings }, options) =>
      (await clients.s3()).getObject({ Bucket: settings.bucket, Key: nobody }, options),
    's3:GetLifecycleConfiguration': (account, { abortSignal: signal }) => lifecycleReader(account).read({ signal }),
  },
  finds: {},
  touches: {
    PutObject: 'bound',
    CompleteMultipartUpload: 'bound',
    DeleteObject: 'bound',
    CreateMultipartUpload: 'nothing',
    UploadPart: 'nothing',
    AbortMultipartUpload: 'nothing',
    PutBucketLifecycleConfiguration: 'content',
    DeleteBucketLifecycle: 'content',
  },
});
