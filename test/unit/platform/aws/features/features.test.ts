import assert from 'node:assert/strict';
import { featureGroupOf } from '../../../../../src/platform/aws/features/features.js';

describe('a feature group of Feature Store', () => {
  const group = (resolved: string) =>
    featureGroupOf(
      {
        FeatureGroupArn: 'arn',
        FeatureGroupName: 'churn-train',
        RecordIdentifierFeatureName: 'record_id',
        EventTimeFeatureName: 'event_time',
        FeatureDefinitions: [{ FeatureName: 'age', FeatureType: 'Integral' }],
        CreationTime: new Date('2026-11-21T09:00:00Z'),
        FeatureGroupStatus: 'Created',
        OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://own/feature-store', ResolvedOutputS3Uri: resolved } },
        NextToken: undefined,
      },
      'own',
    );

  it('has its Parquet below the resolved output’s data folder, whether or not that is part of it', () => {
    assert.equal(group('s3://own/fs/1/offline-store/churn/data').prefix, 'fs/1/offline-store/churn/data/');
    assert.equal(group('s3://own/fs/1/offline-store/churn').prefix, 'fs/1/offline-store/churn/data/');
    assert.equal(group('s3://other/fs/data').prefix, 's3://other/fs/data/');
  });

  it('does not claim to know how many rows it has', () => {
    assert.equal(group('s3://own/fs/data').rows, undefined);
  });
});
