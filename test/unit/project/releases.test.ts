import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { releaseWay } from '../../../src/project/endpoints.js';
import { checkProject } from '../../../src/project/load.js';

const rest = {
  ...{ name: 'made', sources: { rows: { files: 'rows.csv' } } },
  features: { entity: 'id', split: { by: 'entity', train: 0.4, validation: 0.1, test: 0.1, production: 0.4 } },
  model: { task: 'binary', target: 'y', candidates: [{ name: 'a', family: 'lightgbm', columns: ['*'] }] },
  monitor: { gates: [{ id: 'recall', level: 'hard', rule: 'recall >= 0.7' }] },
};
const problems = (part: object) =>
  checkProject(JSON.stringify({ ...rest, ...part })).problems.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('the release of a project', () => {
  it('is read from every example of the documentation', () => {
    const examples = [...readFileSync('docs/RELEASES.md', 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(
      ([, text]) => text!,
    );
    assert.equal(examples.length, 5);
    for (const text of examples) assert.deepEqual(problems(JSON.parse(text) as object), [], text);
  });

  it('leads from one endpoint to another, and the first is the one that deploy serves', () => {
    const part = { endpoints: { prod: {}, staging: { capture: 0.5 } }, release: { from: 'staging', to: 'prod' } };
    const { file } = checkProject(JSON.stringify({ ...rest, ...part }));
    assert.deepEqual([file!.endpoint.name, file!.endpoint.capture], ['made-staging', 0.5]);
    assert.deepEqual([releaseWay(file!).from?.name, releaseWay(file!).to.name], ['made-staging', 'made-prod']);
  });

  const wrong: [string, object, RegExp][] = [
    ['both words', { endpoint: { name: 'a' }, endpoints: { b: {} } }, /^endpoint: found "endpoint" beside "endpoints"/],
    [
      'an endpoint that is not there',
      { endpoints: { a: {}, b: {} }, release: { from: 'a', to: 'c' } },
      /^release\.to: found "c"/,
    ],
    [
      'a way to itself',
      { endpoints: { a: {} }, release: { from: 'a', to: 'a' } },
      /^release\.to: found "a", where it comes from/,
    ],
    [
      'steps that fall',
      { endpoint: { name: 'a' }, release: { strategy: 'ramp', steps: [50, 10, 100] } },
      /steps\.1: found 10/,
    ],
    ['steps that end early', { endpoint: { name: 'a' }, release: { strategy: 'ramp', steps: [50] } }, /expected 100/],
    [
      'versions compared by what a model of two classes has not',
      { endpoint: { name: 'a' }, release: { refresh: { figure: 'r2', by: 0.02 } } },
      /^release\.refresh\.figure: found "r2", expected one of "recall"/,
    ],
    [
      'a rule on nothing',
      { endpoint: { name: 'a' }, release: { rollbackOn: ['speed > 1'] } },
      /found "speed", expected one of error_rate/,
    ],
    [
      'scores that nobody captures',
      { endpoint: { name: 'a', capture: 0 }, release: { rollbackOn: ['score_ks > 0.3'] } },
      /captures no request/,
    ],
  ];
  for (const [what, part, message] of wrong)
    it(`refuses ${what}, with its place`, () => {
      const found = problems(part);
      assert.equal(found.filter((one) => message.test(one)).length, 1, found.join('\n'));
    });
});
