import assert from 'node:assert/strict';
import { capturedScores } from '../../../src/documents/capture/captured-answer.js';
import type { CaptureRecord } from '../../../src/documents/capture/capture-record.js';
import type { Bundle } from '../../../src/models/bundle/bundle.js';
import { answer, answerCsv } from '../../../src/serving/answer.js';
import { decode } from '../../../src/serving/input/decode.js';
import { predictorOf } from '../../../src/serving/predictor.js';

const inputs = ['a', 'b'].map((name) => ({ name, type: 'number' as const }));
const classes = ['no failure', '01', 'ä,"b"'];
const bundle = {
  ...{ kind: 'model-bundle', schemaVersion: 1, task: 'multiclass', family: 'logistic-regression', inputs, classes },
  ...{ preprocessing: [], threshold: null, metadata: {} },
  model: {
    ...{ kind: 'linear', link: 'softmax', featureNames: ['a', 'b'], intercepts: [0, 0, 0] },
    coefficients: [
      [1, 0],
      [0, 1],
      [-1, -1],
    ],
    ...{ converged: true, iterations: 1, gradient: 0, parameters: {} },
  },
} as unknown as Bundle;
const predictor = { ...predictorOf(bundle, 'here/'), version: 'v1' };
const asked = (body: string, type: string) => decode(type, Buffer.from(body), predictor.inputs);
const captured = (data: string, encoding: 'CSV' | 'JSON'): CaptureRecord => ({
  captureData: { endpointOutput: { observedContentType: 'text/csv', mode: 'OUTPUT', data, encoding } },
  eventMetadata: { eventId: 'e', inferenceTime: '2026-01-01T00:00:00Z' },
  eventVersion: '0',
});

describe('the answer of a model of several classes', () => {
  const body = '2,0\n0,2\n-2,-2';

  it('names the classes, and as CSV a class and its probability a line; both are read again from a capture', () => {
    const said = answer(predictor, asked(body, 'text/csv'), new Date()).body as {
      predictions: string[];
      probabilities: number[][];
    };
    assert.deepEqual(said.predictions, classes);
    const best = said.probabilities.map((row) => Math.max(...row));
    const { text } = answerCsv(predictor, asked(body, 'text/csv'));
    assert.equal(text, `no failure,${best[0]}\n01,${best[1]}\n"ä,""b""",${best[2]}\n`);
    const expected = classes.map((predicted, row) => ({ score: best[row], predicted, by: 'label' }));
    assert.deepEqual(capturedScores(captured(text, 'CSV'), undefined, true), { rows: expected, threshold: null });
    const found = capturedScores(captured(JSON.stringify(said), 'JSON'), undefined, true);
    assert.deepEqual(found, { rows: expected, threshold: null });
  });

  it('gives a record its class with the probability of every one', () => {
    const said = answer(predictor, asked('{"features":{"a":0,"b":2}}', 'application/json'), new Date()).body;
    assert.equal(said.prediction, '01');
    assert.deepEqual(Object.keys(said.probabilities as object).sort(), [...classes].sort());
    const found = capturedScores(captured(JSON.stringify(said), 'JSON'), undefined, true);
    assert.deepEqual(found, { rows: [{ score: said.probability, predicted: '01', by: 'label' }], threshold: null });
  });

  it('is refused without the names of the classes', () => {
    const { classes: _classes, ...nameless } = bundle;
    assert.throws(() => predictorOf(nameless, 'here/'), /here\/model_metadata.json: classes: found none/);
  });
});
