import assert from 'node:assert/strict';
import type { Bundle } from '../../../src/models/bundle/bundle.js';
import { predict } from '../../../src/models/predict.js';
import type { LinearModel } from '../../../src/models/linear/linear-model.js';
import { answer } from '../../../src/serving/answer.js';
import { decode } from '../../../src/serving/input/decode.js';
import type { Predictor } from '../../../src/serving/predictor.js';
import type { RequestError } from '../../../src/serving/request-error.js';

const model: LinearModel = {
  ...{ kind: 'linear', link: 'sigmoid', featureNames: ['area', 'age'], coefficients: [[2, -1]], intercepts: [0] },
  ...{ converged: true, iterations: 1, gradient: 0, parameters: {} },
};
const inputs = ['area', 'age'].map((name) => ({ name, type: 'number' as const }));
const bundle: Bundle = {
  ...{ kind: 'model-bundle', schemaVersion: 1, task: 'binary', family: 'logistic', inputs, preprocessing: [], model },
  ...{ threshold: 0.5, metadata: {} },
};
const predictor: Predictor = {
  ...{ version: 'v1', task: 'binary', family: 'logistic', threshold: 0.5, inputs, bundle },
  predict: (table) => predict(model, table),
};
const asked = (body: string, type = 'application/json') => {
  const decoded = decode(type, Buffer.from(body), predictor.inputs);
  return answer(predictor, decoded, new Date());
};

describe('a score that is no number', () => {
  const bodies: [string, string, string, number][] = [
    ['a record', '{"features":{"area":1,"age":null}}', 'application/json', 1],
    ['rows', '[[1,2],[1,null]]', 'application/json', 2],
    ['JSON lines', '{"area":1,"age":2}\n{"area":1,"age":null}', 'application/jsonlines', 2],
    ['CSV', '1,2\n1,2\n1,', 'text/csv', 3],
  ];
  for (const [name, body, type, row] of bodies)
    it(`is an error that names row and column, never a class: ${name}`, () =>
      assert.throws(
        () => asked(body, type),
        (error: RequestError) => {
          assert.equal(error.status, 422);
          assert.deepEqual(error.details, { row, columns: ['age'] });
          assert.match(
            error.message,
            new RegExp(`row ${row}: the score is no number \\(NaN\\): found no value in age`),
          );
          return true;
        },
      ));

  it('blames a number beyond all bounds, too', () =>
    assert.throws(
      () =>
        answer(
          { ...predictor, predict: (table) => predict({ ...model, link: 'identity' }, table) },
          decode('application/json', Buffer.from('[[1e308,1]]'), predictor.inputs),
          new Date(),
        ),
      /row 1: the score is no number \(Infinity\): found 1e\+308 in area, expected smaller numbers/,
    ));

  it('leaves answers that are numbers alone', () => assert.deepEqual(asked('[[1,2]]').body.predictions, [1]));
});
