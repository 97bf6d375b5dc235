import assert from 'node:assert/strict';
import type { CaptureRecord } from '../../../../src/documents/capture/capture-record.js';
import { captureRows, groundTruthRows } from '../../../../src/documents/capture/captured-rows.js';

const record = (input: string, output: string | undefined, encoding: 'CSV' | 'JSON'): CaptureRecord => ({
  captureData: {
    endpointInput: { data: input, encoding },
    ...(output === undefined ? {} : { endpointOutput: { data: output, encoding } }),
  },
  eventMetadata: { eventId: 'e', inferenceTime: '2026-01-01T00:00:00Z' },
});

describe('captured exchanges as rows of a table', () => {
  it('have a name each, inputs and the answer beside each other', () => {
    const rows = captureRows(record('1,red\n2,blue', '0.25\n0.75', 'CSV'));
    assert.deepEqual(
      rows.map(({ record_id, c0, c1, score, prediction }) => [record_id, c0, c1, score, prediction]),
      [
        ['e#1', 1, 'red', 0.25, null],
        ['e#2', 2, 'blue', 0.75, null],
      ],
    );
  });

  it('keep a class that the answer names beside its score, and an input that is called as ours are', () => {
    const [row] = captureRows(record('{"score": 7, "x": 1}', '{"label": "churn", "score": 0.9}', 'JSON'));
    assert.deepEqual([row!.record_id, row!.score_, row!.x, row!.score, row!.prediction], ['e', 7, 1, 0.9, 'churn']);
  });

  it('are kept without a prediction where the answer cannot be read, or was not captured', () => {
    for (const output of [undefined, '{"nothing": true}']) {
      const rows = captureRows(record('{"instances": [[1], [2]]}', output, 'JSON'));
      assert.deepEqual(
        rows.map(({ c0, score, prediction }) => [c0, score, prediction]),
        [
          [1, null, null],
          [2, null, null],
        ],
      );
    }
  });

  it('are named alike in ground truth, whose numbers are numbers, but 01 is a name', () => {
    const rows = (data: string) => groundTruthRows({ groundTruthData: { data }, eventMetadata: { eventId: 'e' } });
    assert.deepEqual(rows('1,0'), [
      { record_id: 'e#1', label: 1 },
      { record_id: 'e#2', label: 0 },
    ]);
    assert.deepEqual(rows('01'), [{ record_id: 'e', label: '01' }]);
  });
});
