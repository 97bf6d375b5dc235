import assert from 'node:assert/strict';
import {
  captureRecordSchema,
  groundTruthLabels,
  groundTruthRecordSchema,
  type CaptureRecord,
} from '../../../src/documents/capture/capture-record.js';
import { capturedScores } from '../../../src/documents/capture/captured-answer.js';
import { delayInDays, joinLabels } from '../../../src/documents/capture/label-join.js';

function captured(
  data: string,
  more: { encoding?: string; input?: string; id?: string; inferenceId?: string; at?: string } = {},
) {
  const { encoding = 'JSON', input = '1,2', id = 'e1', inferenceId, at = '2026-03-01T10:00:00Z' } = more;
  return captureRecordSchema.parse({
    captureData: {
      endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: input, encoding: 'CSV' },
      endpointOutput: { observedContentType: 'application/json', mode: 'OUTPUT', data, encoding },
    },
    eventMetadata: { eventId: id, ...(inferenceId === undefined ? {} : { inferenceId }), inferenceTime: at },
    eventVersion: '0',
  });
}
const truth = (eventId: string, data: string | number, encoding = 'CSV') =>
  groundTruthRecordSchema.parse({ groundTruthData: { data, encoding }, eventMetadata: { eventId }, eventVersion: '0' });
const now = new Date('2026-03-15T00:00:00Z');
const options = { now, labelDelayDays: null };

describe('scores of captured answers', () => {
  const forms: [string, CaptureRecord, number[], string?][] = [
    ['our rows', captured('{"predictions":[1,0],"probabilities":[0.9,0.2],"threshold":0.5}'), [0.9, 0.2]],
    ['our record', captured('{"prediction":1,"probability":0.9,"threshold":0.5}'), [0.9]],
    ['a value', captured('{"prediction":1234.5}'), [1234.5]],
    ['linear learner', captured('{"predictions":[{"score":0.7,"predicted_label":1}]}'), [0.7]],
    ['a list of pairs', captured('[[0.3,0.7],[0.6,0.4]]'), [0.7, 0.4]],
    ['a number', captured('0.25'), [0.25]],
    ['a key of one’s own', captured('{"risk":0.8,"prediction":1}'), [0.8], 'risk'],
    ['CSV, one row', captured('0.8', { encoding: 'CSV' }), [0.8]],
    ['CSV, a line a row', captured('0.8\n0.1\n', { encoding: 'CSV', input: '1\n2' }), [0.8, 0.1]],
    ['CSV, rows in one line', captured('0.8,0.1', { encoding: 'CSV', input: '1\n2' }), [0.8, 0.1]],
    ['CSV, the second of a line', captured('1,0.8', { encoding: 'CSV' }), [0.8], '1'],
    ['JSON lines', captured('{"score":0.1}\n{"score":0.9}\n'), [0.1, 0.9]],
    ['one number a line', captured('0.1\n0.9'), [0.1, 0.9]],
    ['BASE64', captured(Buffer.from('{"probability":0.3}').toString('base64'), { encoding: 'BASE64' }), [0.3]],
  ];
  for (const [name, record, scores, wanted] of forms) {
    it(`are read from ${name}`, () => {
      const found = capturedScores(record, wanted);
      assert.deepEqual('rows' in found ? found.rows.map(({ score }) => score) : found.problem, scores);
    });
  }

  const labelled: [string, CaptureRecord, [string, number][]][] = [
    ['a list of labels', captured('[{"label":"LABEL_1","score":0.98}]'), [['LABEL_1', 0.98]]],
    ['an object', captured('{"label":"spam","probability":0.7}'), [['spam', 0.7]]],
    [
      'predictions with probabilities',
      captured(
        '{"predictions":[{"predicted_label":"b","probabilities":[0.1,0.7,0.2]},{"predicted_label":"a","score":0.6}]}',
      ),
      [
        ['b', 0.7],
        ['a', 0.6],
      ],
    ],
    ['all classes of a row', captured('[[{"label":"a","score":0.2},{"label":"b","score":0.8}]]'), [['b', 0.8]]],
    ['all classes of the one row', captured('[{"label":"a","score":0.2},{"label":"b","score":0.8}]'), [['b', 0.8]]],
    [
      'JSON lines',
      captured('{"label":"a","score":0.9}\n{"label":"b","score":0.8}'),
      [
        ['a', 0.9],
        ['b', 0.8],
      ],
    ],
  ];
  for (const [name, record, rows] of labelled) {
    it(`stand with the class that they belong to: ${name}`, () => {
      const found = capturedScores(record);
      assert.deepEqual(
        'rows' in found ? found.rows.map(({ predicted, score }) => [predicted, score]) : found.problem,
        rows,
      );
    });
  }

  it('are not guessed', () => {
    const problem = (record: CaptureRecord, wanted?: string) => {
      const found = capturedScores(record, wanted);
      return 'problem' in found ? found.problem : found.rows;
    };
    assert.equal(
      problem(captured('1,0.8', { encoding: 'CSV' })),
      'the answer has 2 values in a line; say which is the score',
    );
    assert.equal(problem(captured('{"label":"yes"}')), 'the answer holds no score that is known here');
    assert.equal(problem(captured('{"label":"yes"}'), 'risk'), 'the answer holds no "risk"');
    assert.equal(problem(captured('{')), 'the answer is not JSON');
    assert.equal(problem(captured('failed', { encoding: 'CSV' })), 'the answer holds something else than numbers');
  });
});

describe('captured predictions and ground truth', () => {
  it('are joined by inferenceId, else by eventId', () => {
    const captures = [captured('0.9', { id: 'e1', inferenceId: 'order-7' }), captured('0.2', { id: 'e2' })];
    const { rows } = joinLabels(captures, [truth('order-7', '1'), truth('e2', '0'), truth('e1', '0')], options);
    assert.deepEqual(
      rows.map(({ id, score, label }) => [id, score, label]),
      [
        ['order-7', 0.9, '1'],
        ['e2', 0.2, '0'],
      ],
    );
  });

  it('each row takes its label, in one record or in a record each', () => {
    const captures = [captured('0.9\n0.2', { encoding: 'CSV', input: '1\n2' })];
    const labels = (...truths: ReturnType<typeof truth>[]) =>
      joinLabels(captures, truths, options).rows.map((row) => row.label);
    assert.deepEqual(labels(truth('e1', '1\n0')), ['1', '0']);
    assert.deepEqual(labels(truth('e1', '[1, 0]', 'JSON')), ['1', '0']);
    assert.deepEqual(labels(truth('e1', '{"label":1}\n{"label":0}', 'JSON')), ['1', '0']);
    assert.deepEqual(labels(truth('e1', '1'), truth('e1', '0')), ['1', '0']);
    assert.deepEqual(labels(truth('e1', '1')), [null, null]);
  });

  it('of several with one id, the latest counts: by time for captures, by place for labels', () => {
    const captures = [
      captured('0.9', { inferenceId: 'a', at: '2026-03-02T00:00:00Z' }),
      captured('0.1', { inferenceId: 'a', at: '2026-03-01T00:00:00Z' }),
    ];
    const { rows, coverage } = joinLabels(captures, [truth('a', '0'), truth('a', '1')], options);
    assert.deepEqual([rows.length, rows[0]!.score, rows[0]!.label], [1, 0.9, '1']);
    assert.deepEqual([coverage.duplicateCaptures, coverage.duplicateLabels], [1, 1]);
  });

  it('count what has no label, and labels that belong to nothing', () => {
    const { coverage } = joinLabels(
      [captured('0.9'), captured('0.8', { id: 'e2' })],
      [truth('e2', '1'), truth('x', '1')],
      options,
    );
    assert.deepEqual(
      [coverage.predictions, coverage.labelled, coverage.coverage, coverage.labelsWithoutCapture],
      [2, 1, 0.5, 1],
    );
    assert.deepEqual([coverage.pending, coverage.overdue, coverage.completeFrom], [1, null, null]);
  });

  it('say when figures are complete, what is not due yet and what is overdue', () => {
    const captures = ['2026-02-01', '2026-03-01', '2026-03-10'].map((day, at) =>
      captured('0.5', { id: `e${at}`, at: `${day}T00:00:00Z` }),
    );
    const { coverage } = joinLabels(captures, [], { now, labelDelayDays: 30 });
    assert.deepEqual([coverage.pending, coverage.overdue], [2, 1]);
    assert.equal(coverage.completeFrom, '2026-04-09T00:00:00.000Z');
  });

  it('take a label for each row of an answer, and none when they do not fit', () => {
    const two = captured('[0.9,0.1]', { input: '1\n2' });
    const labels = (data: string, encoding?: string) =>
      joinLabels([two], [truth('e1', data, encoding)], options).rows.map(({ label }) => label);
    assert.deepEqual(labels('1,0'), ['1', '0']);
    assert.deepEqual(labels('[1,0]', 'JSON'), ['1', '0']);
    assert.deepEqual(labels('1'), [null, null]);
  });

  it('leave earlier predictions aside when asked to, and never answers that cannot be read out of the count', () => {
    const captures = [
      captured('0.9', { at: '2026-02-01T00:00:00Z' }),
      captured('{}', { id: 'e2' }),
      captured('0.4', { id: 'e3' }),
    ];
    const { coverage } = joinLabels(captures, [], { ...options, since: new Date('2026-02-15') });
    assert.deepEqual([coverage.predictions, coverage.unreadable.count], [1, 1]);
    assert.match(coverage.unreadable.reason!, /^e2: the answer holds no score/);
  });

  it('of nothing are nothing', () => {
    assert.equal(joinLabels([], [], options).coverage.coverage, null);
  });

  it('read numbers, truth values and JSON as labels, and delays in days and weeks', () => {
    assert.deepEqual(groundTruthLabels(truth('a', 1)), ['1']);
    assert.deepEqual(groundTruthLabels(truth('a', '{"label":"yes"}', 'JSON')), ['yes']);
    assert.deepEqual([delayInDays('P30D'), delayInDays('P2W'), delayInDays(7), delayInDays('P1M')], [30, 14, 7, NaN]);
  });
});
