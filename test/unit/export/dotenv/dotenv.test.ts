import assert from 'node:assert/strict';
import { withSection, withoutSection } from '../../../../src/export/dotenv/section.js';
import { systemVariables, type SystemFacts } from '../../../../src/export/dotenv/variables.js';
import { parseDotenv } from '../../../../src/project/adopt/dotenv.js';
import { systemOfVariables } from '../../../../src/project/adopt/facts.js';

/** Those that the hard drives' notebooks hand from one to the next; SNS_TOPIC_ARN and DATA_DIR are their user's. */
const handedOn = [
  ...['BUCKET_NAME', 'AWS_REGION', 'SAGEMAKER_ROLE', 'FEATURE_STORE_S3_URI'],
  ...['TRAIN', 'VAL', 'TEST', 'PROD', 'PREFIX'].map((part) => `FEATURE_GROUP_${part}`),
  ...['ENDPOINT_NAME', 'MODEL_NAME', 'ENDPOINT_CONFIG_NAME', 'MODEL_S3_URI', 'MODEL_THRESHOLD'],
  ...['MODEL_PACKAGE_GROUP', 'MODEL_PACKAGE_ARN', 'EVALUATION_METRICS_S3', 'MODEL_CARD_NAME', 'MODEL_CARD_ARN'],
  ...['DATA_QUALITY', 'TRAINING_CSV', 'MODEL_QUALITY', 'PREFIX'].map((what) => `BASELINE_${what}_S3`),
  ...['MONITORING_CONSTRAINTS_S3', 'TARGET_RECALL'],
];

const facts: SystemFacts = {
  ...{ bucket: 'drives-1', region: 'us-east-1', partition: 'aws', account: '123456789012' },
  role: 'arn:aws:iam::123456789012:role/service',
  featureGroups: { train: 'd-train', validation: 'd-validation', test: 'd-test', production: 'd-production' },
  ...{ project: 'drives', modelGroup: 'drives' },
  endpoint: { name: 'drives', configName: 'drives-20261130', modelName: 'drives-v3-abc' },
  version: {
    ...{ version: 'v3', artifacts: 'artifacts/models/v3/', baselines: 'artifacts/models/v3/baselines/' },
    ...{ evaluationMetrics: 'artifacts/eval/v3/evaluation_metrics.json', threshold: 0.0010379018278007226 },
    targetRecall: 0.7,
  },
  uriOf: (key) => `s3://drives-1/${key}`,
};

describe('the variables that a step leaves for the next one', () => {
  it('are all those of the pipeline’s .env (reference §0.9), digits as there', () => {
    const variables = systemVariables(facts);
    assert.deepEqual(Object.keys(variables).sort(), [...handedOn].sort());
    assert.equal(variables.MODEL_THRESHOLD, '0.001038');
    assert.equal(variables.TARGET_RECALL, '0.70');
    assert.equal(variables.MODEL_PACKAGE_ARN, 'arn:aws:sagemaker:us-east-1:123456789012:model-package/drives/3');
    assert.equal(variables.BASELINE_PREFIX_S3, 's3://drives-1/artifacts/models/v3/baselines/');
  });

  it('do not say what is not there yet, as after an endpoint was deleted', () => {
    const { ENDPOINT_NAME, MODEL_S3_URI, BUCKET_NAME } = systemVariables({
      ...facts,
      endpoint: undefined,
      version: undefined,
    });
    assert.deepEqual([ENDPOINT_NAME, MODEL_S3_URI, BUCKET_NAME], [undefined, undefined, 'drives-1']);
  });

  it('are read back as the system that they were written of', () => {
    const text = withSection('', systemVariables(facts));
    const system = systemOfVariables(parseDotenv(text, '.env'), '.env');
    assert.equal(system.name, 'drives');
    assert.equal(system.endpoint, 'drives');
    assert.equal(system.targetRecall, 0.7);
    assert.equal(system.environment.role, facts.role);
    assert.deepEqual(system.environment.featureGroups, facts.featureGroups);
  });
});

describe('variables in a file that says other things too', () => {
  it('are written anew each time, and all other lines stay', () => {
    const own = '# mine\nSNS_TOPIC_ARN=arn:aws:sns:x\n';
    const once = withSection(own, { A: '1', B: 'two words "here"' });
    const again = withSection(once, { A: '2' });
    assert.deepEqual(parseDotenv(once, '.env'), { SNS_TOPIC_ARN: 'arn:aws:sns:x', A: '1', B: 'two words "here"' });
    assert.deepEqual(parseDotenv(again, '.env'), { SNS_TOPIC_ARN: 'arn:aws:sns:x', A: '2' });
    assert.equal(withSection(again, { A: '2' }), again);
    assert.equal(withoutSection(again).trimEnd(), own.trimEnd());
  });
});
