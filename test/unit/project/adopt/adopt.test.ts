import assert from 'node:assert/strict';
import { InputError } from '../../../../src/common/errors.js';
import { parseDotenv } from '../../../../src/project/adopt/dotenv.js';
import { fit, systemOfVariables } from '../../../../src/project/adopt/facts.js';
import { adoptedTexts } from '../../../../src/project/adopt/write.js';
import { parseProject } from '../../../../src/project/load.js';

const text = `# written by a notebook
BUCKET_NAME=mlops-parts-1a2b3c4d-eu-west-1
export FEATURE_GROUP_TRAIN="parts-20260101-000000-train"
FEATURE_GROUP_PROD='parts-20260101-000000-production'   # newest
SAGEMAKER_ROLE=arn:aws:iam::123456789012:role/sagemaker

# Model Endpoint (deployed 2026-01-01 00:00:00)
ENDPOINT_NAME=parts-endpoint-20260101-000000
MODEL_PACKAGE_GROUP=parts-prediction
TARGET_RECALL=0.75
ENDPOINT_NAME=parts-endpoint-20260202-000000
`;

describe('the variables of a deployed pipeline', () => {
  it('are read as shells read them; the last of a name wins', () => {
    const found = parseDotenv(text, '.env');
    assert.equal(found.FEATURE_GROUP_TRAIN, 'parts-20260101-000000-train');
    assert.equal(found.FEATURE_GROUP_PROD, 'parts-20260101-000000-production');
    assert.equal(found.ENDPOINT_NAME, 'parts-endpoint-20260202-000000');
    assert.equal(parseDotenv('A = "x # \\"y\\""', '.env').A, 'x # "y"');
  });

  it('are refused with the number of the line that is none, and not with its text, which may be secret', () => {
    assert.throws(
      () => parseDotenv('KEY="-----BEGIN\nMIIEsecret\n-----END"', 'x/.env'),
      (error) =>
        error instanceof InputError && error.message.includes('x/.env: line 2: ') && !error.message.includes('secret'),
    );
  });

  it('tell where a system lies', () => {
    const system = systemOfVariables(parseDotenv(text, '.env'), '.env');
    assert.equal(system.name, 'parts-prediction');
    assert.equal(system.endpoint, 'parts-endpoint-20260202-000000');
    assert.equal(system.targetRecall, 0.75);
    assert.equal(system.environment.region, 'eu-west-1');
    assert.deepEqual(system.environment.featureGroups, {
      train: 'parts-20260101-000000-train',
      production: 'parts-20260101-000000-production',
    });
  });

  it('name the region in an ARN when nothing else does, and the bucket in a URI', () => {
    const arn = 'arn:aws:sagemaker:ap-south-1:123456789012:model-package/parts/3';
    const system = systemOfVariables({ MODEL_S3_URI: 's3://parts/model.tar.gz', MODEL_PACKAGE_ARN: arn }, '.env');
    assert.equal(system.environment.region, 'ap-south-1');
    assert.equal(system.environment.bucket, 'parts');
  });

  it('are not enough without a bucket', () => {
    assert.throws(() => systemOfVariables({ AWS_REGION: 'eu-west-1' }, 'x/.env'), /x\/\.env: found no BUCKET_NAME/);
  });

  it('make a project file that is right as it stands', () => {
    const { mlops } = adoptedTexts(systemOfVariables(parseDotenv(text, '.env'), '.env'));
    const file = parseProject(mlops);
    assert.equal(file.environments.aws?.bucket, 'mlops-parts-1a2b3c4d-eu-west-1');
    assert.equal(file.monitor.gates[0]?.rule, 'recall >= 0.75');
    assert.equal(file.environments.aws.write, undefined);
  });

  it('become names that a project may have', () => {
    assert.equal(fit('my model.v2'), 'my-model-v2');
    assert.equal(fit('---'), 'project');
    assert.equal(fit('x'.repeat(100)).length, 63);
  });
});
