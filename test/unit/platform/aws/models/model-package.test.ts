import assert from 'node:assert/strict';
import { versionOfArn, versionOfPackage } from '../../../../../src/platform/aws/models/model-package.js';

const base = { ModelPackageName: 'p', ModelPackageArn: 'arn', CreationTime: new Date('2026-11-21T09:00:00Z') };
const status = { ModelPackageStatus: 'Completed', ModelPackageStatusDetails: undefined } as const;

describe('a model package as a version', () => {
  it('has what we register, taken out of the metadata, and the rest of the metadata', () => {
    const version = versionOfPackage(
      {
        ...base,
        ...status,
        ModelPackageStatusDetails: { ValidationStatuses: [] },
        ModelPackageGroupName: 'churn',
        ModelPackageArn: 'arn:aws:sagemaker:eu-west-1:1:model-package/churn/3',
        ModelApprovalStatus: 'Rejected',
        InferenceSpecification: {
          Containers: [{ Image: 'i', ModelDataUrl: 's3://own/artifacts/models/v3/model.tar.gz' }],
        },
        CustomerMetadataProperties: {
          'mlops:name': 'boosted',
          'mlops:family': 'lightgbm',
          'mlops:sha256': 'abc',
          'mlops:metric:recall': '0.8',
          'mlops:metric:precision': 'null',
          git: '0a1b',
        },
      },
      'own',
    );
    const { group, version: number, status: judged, artifacts, sha256, name, family, metrics, metadata } = version;
    assert.deepEqual([group, number, judged], ['churn', 'v3', 'Rejected']);
    assert.deepEqual([artifacts, sha256, name, family], ['artifacts/models/v3/', 'abc', 'boosted', 'lightgbm']);
    assert.deepEqual(metrics, { recall: 0.8, precision: null });
    assert.deepEqual(metadata, { git: '0a1b' });
  });

  it('of somebody else says where its artifact lies, and waits for a judgement', () => {
    const version = versionOfPackage(
      {
        ...base,
        ...status,
        ModelPackageStatusDetails: { ValidationStatuses: [] },
        ModelPackageGroupName: 'churn',
        ModelPackageArn: 'arn:aws:sagemaker:eu-west-1:1:model-package/churn/12',
        ModelPackageVersion: undefined,
        InferenceSpecification: { Containers: [{ Image: 'i', ModelDataUrl: 's3://other/m/model.tar.gz' }] },
        CustomerMetadataProperties: { framework: 'lightgbm', threshold: '0.31' },
      },
      'own',
    );
    assert.equal(version.version, 'v12');
    assert.equal(version.artifacts, 's3://other/m/');
    assert.equal(version.status, 'PendingManualApproval');
    assert.equal(version.family, 'lightgbm');
    assert.equal(version.metadata.threshold, '0.31');
  });

  it('is named by its ARN, in any partition', () => {
    assert.deepEqual(versionOfArn('arn:aws-cn:sagemaker:cn-north-1:1:model-package/churn/12'), {
      group: 'churn',
      version: 'v12',
    });
    assert.equal(versionOfArn('arn:aws:sagemaker:eu-west-1:1:model-package/lonely'), undefined);
  });
});
