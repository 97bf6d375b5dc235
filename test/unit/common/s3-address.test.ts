import assert from 'node:assert/strict';
import { parseS3Address } from '../../../src/common/s3-address.js';

describe('an address in S3', () => {
  const point = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/team';
  const outpost = 'arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/team';
  for (const [text, bucket, key] of [
    ['s3://b', 'b', ''],
    ['s3://b/', 'b', ''],
    ['s3://b/k/l.csv', 'b', 'k/l.csv'],
    ['s3://b//k', 'b', '/k'],
    ['s3://b/a\nb', 'b', 'a\nb'],
    [`s3://${point}`, point, ''],
    [`s3://${point}/k/l.csv`, point, 'k/l.csv'],
    [`s3://${point}//k`, point, '/k'],
    [`s3://${outpost}/k`, outpost, 'k'],
    ['s3://arn:aws-cn:s3:cn-north-1:1:accesspoint:team/k', 'arn:aws-cn:s3:cn-north-1:1:accesspoint:team', 'k'],
    ['s3://accesspoint/k', 'accesspoint', 'k'],
  ] as const)
    it(`is taken apart where it says ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseS3Address(text), { bucket, key });
    });

  it('is none elsewhere', () => {
    for (const text of [undefined, '', 'b/k', 's3://', 'https://b/k', point])
      assert.equal(parseS3Address(text), undefined);
  });
});
