import assert from 'node:assert/strict';
import { optionsOf, withParameters } from '../../../../src/pipeline/jobs/parameters.js';
import { withHyperparameters } from '../../../../src/pipeline/jobs/hyperparameters.js';
import { isOurs } from '../../../../src/pipeline/shard.js';
import { projectFile } from '../../../support/stage-context.js';

const candidate = (name: string) => ({ name, family: 'lightgbm', columns: ['*'], parameters: { num_leaves: 31 } });
const file = projectFile({
  model: {
    ...{ task: 'binary', target: 'y', threshold: { keep: 'recall >= 0.70' } },
    candidates: [candidate('small'), candidate('large')],
  },
  monitor: {
    gates: [
      { id: 'recall', level: 'hard', rule: 'recall >= 0.70' },
      { id: 'slice', level: 'soft', rule: 'recall[model=A] >= 0.5' },
      { id: 'relative', level: 'soft', rule: 'recall >= 0.95 * baseline' },
    ],
  },
  environments: { prod: { kind: 'aws', profile: 'of-a-machine', bucket: 'acme' } },
});
const project = { folder: '/nowhere', file, sql: {} };
const variables = { MLOPS_ENVIRONMENT: 'prod' };

describe('what a job is given', () => {
  it("takes the place of mlops.json's bucket, image and endpoint; a machine's profile is left out", () => {
    const told = { MLOPS_BUCKET: 'other', MLOPS_ENDPOINT: 'blue', MLOPS_IMAGE: 'mlops:2' };
    const given = withParameters(project, { ...variables, ...told });
    assert.equal(given.project.file.endpoint.name, 'blue');
    const expected = { kind: 'aws', profile: undefined, bucket: 'other', image: 'mlops:2' };
    assert.deepEqual(given.project.file.environments.prod, expected);
    assert.equal(withParameters(project, variables).project.file.environments.prod?.bucket, 'acme');
  });

  it('changes the target recall of gate and threshold, and no other limit', () => {
    const { file } = withParameters(project, { ...variables, MLOPS_TARGET_RECALL: '0.85' }).project;
    assert.deepEqual(
      file.monitor.gates.map(({ rule }) => rule),
      ['recall >= 0.85', 'recall[model=A] >= 0.5', 'recall >= 0.95 * baseline'],
    );
    assert.deepEqual(file.model.threshold, { ...project.file.model.threshold, keep: 'recall >= 0.85' });
    for (const wrong of ['', 'high', '1.2', '-1'])
      assert.throws(() => withParameters(project, { ...variables, MLOPS_TARGET_RECALL: wrong }), /from 0 to 1/);
  });

  it("is refused when it names groups that are not the project's", () => {
    const other = { ...variables, MLOPS_FEATURE_GROUP_TRAIN: 'somebody-elses' };
    assert.throws(() => withParameters(project, other), /found somebody-elses, expected made-train/);
  });

  it('makes an account of an environment that mlops.json does not know, if its bucket is said', () => {
    const given = withParameters(project, { MLOPS_ENVIRONMENT: 'aws', MLOPS_BUCKET: 'acme' });
    assert.equal(given.project.file.environments.aws?.bucket, 'acme');
    const without = withParameters(project, { MLOPS_ENVIRONMENT: 'aws' });
    assert.equal(without.project.file.environments.aws, undefined);
  });

  it('has flags that are true or false, and nothing else', () => {
    const options = optionsOf({ MLOPS_FORCE_RETRAIN: 'true', MLOPS_FORCE_SKIP_RETRAIN: 'False' });
    assert.deepEqual([options.forceRetrain, options.forceSkipRetrain, options.force], [true, false, false]);
    assert.throws(() => optionsOf({ MLOPS_FORCE: 'yes' }), /MLOPS_FORCE: found "yes", expected true or false/);
  });
});

describe('hyperparameters', () => {
  const parameters = (given: Record<string, string>) =>
    withHyperparameters(project, given).file.model.candidates.map(({ parameters }) => parameters);

  it('change the candidate that they name; texts that read as JSON are taken as that', () => {
    assert.deepEqual(parameters({ 'large.num_leaves': '63', 'large.metric': 'auc', sagemaker_program: 'x' }), [
      { num_leaves: 31 },
      { num_leaves: 63, metric: 'auc' },
    ]);
  });

  it('need no name where there is one candidate, and an existing one where there are two', () => {
    const one = { ...project, file: { ...file, model: { ...file.model, candidates: [file.model.candidates[0]!] } } };
    const [only] = withHyperparameters(one, { num_leaves: '7' }).file.model.candidates;
    assert.equal(only!.parameters.num_leaves, 7);
    assert.throws(() => parameters({ num_leaves: '7' }), /expected small\.<parameter> or large\.<parameter>/);
    assert.throws(() => parameters({ 'huge.num_leaves': '7' }), /found "huge\.num_leaves"/);
  });
});

describe('work shared among hosts', () => {
  it('is done by exactly one of them, and by each some', () => {
    const keys = Array.from({ length: 90 }, (_, day) => `curated/readings_parquet/day-${day}`);
    const shares = [0, 1, 2].map((index) => keys.filter((key) => isOurs({ index, count: 3 }, key)));
    assert.deepEqual(shares.flat().sort(), [...keys].sort());
    for (const share of shares) assert.ok(share.length > 15, String(share.length));
  });

  it('is all of it for one that is alone', () => {
    assert.equal(isOurs(undefined, 'any'), true);
  });
});
