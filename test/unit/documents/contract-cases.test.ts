import assert from 'node:assert/strict';
import { WrongInput } from '../../../src/common/errors.js';
import { contractProblems, readCases, type ContractCase } from '../../../src/documents/contract/cases.js';

const one = (value: object): ContractCase => readCases(JSON.stringify(value), 'cases.jsonl')[0]!;
const answered = (body: unknown, status = 200) => ({ status, text: JSON.stringify(body) });

describe('cases of a contract', () => {
  it('are a request a line, alone or with what its answer has to be', () => {
    const cases = readCases(
      '{ "age": 3 }\n\n[[1, 2]]\r\n{ "request": { "age": -1 }, "status": 422, "path": "/predict" }\n',
      'c',
    );
    assert.deepEqual(
      cases.map(({ line, request, status, path }) => [line, request, status, path]),
      [
        [1, { age: 3 }, 200, '/invocations'],
        [3, [[1, 2]], 200, '/invocations'],
        [4, { age: -1 }, 422, '/predict'],
      ],
    );
  });

  for (const [text, line, found] of [
    ['{ "request": 1 }\n{ no', 2, 'no JSON'],
    ['{ "request": 1, "sttus": 422 }', 1, 'sttus: an unknown key'],
    ['{ "request": 1, "status": 700 }', 1, 'status: 700'],
    ['{ "request": 1, "ranges": { "p": [0] } }', 1, 'ranges.p: a list'],
    ['{ "request": 1, "token": "secret" }', 1, 'token: "secret"'],
    ['\n\n', undefined, 'no cases'],
  ] as const)
    it(`are refused with their line: ${text.trim()}`, () => {
      assert.throws(
        () => readCases(text, 'c.jsonl'),
        (error) => error instanceof WrongInput && error.at.line === line && error.at.found.startsWith(found),
        found,
      );
    });

  for (const [what, wanted, body, problems] of [
    ['hold where the answer says more', { answer: { a: { b: 1 } } }, { a: { b: 1, c: 2 }, d: 3 }, []],
    ['name what differs', { answer: { a: { b: 1 } } }, { a: { b: 2 } }, ['a.b: found 2, expected 1']],
    ['compare lists in full', { answer: { a: [1] } }, { a: [1, 2] }, ['a: found 2 items, expected 1']],
    ['tell a text from a number', { answer: { a: 1 } }, { a: '1' }, ['a: found "1", expected 1']],
    ['take the ends of a range', { ranges: { p: [0, 1] } }, { p: 1 }, []],
    [
      'name a number beyond a range',
      { ranges: { 'p.0': [0, 1] } },
      { p: [1.01] },
      ['p.0: found 1.01, expected 0 to 1'],
    ],
    [
      'name what is no number',
      { ranges: { drift: [null, 2] } },
      { drift: null },
      ['drift: found null, expected a number from … to 2'],
    ],
    ['name what is absent', { present: ['a.b'] }, { a: {} }, ['a.b: found nothing']],
    ['name what should be', { absent: ['a'] }, { a: 0 }, ['a: found 0, expected nothing']],
  ] as const)
    it(`${what}`, () => {
      assert.deepEqual(contractProblems(one({ request: 1, ...wanted }), answered(body)), problems);
    });

  it('name another status with what was said, and an answer that is no JSON', () => {
    assert.deepEqual(contractProblems(one({ request: 1 }), answered({ error: 'x' }, 500)), [
      'answered 500, expected 200: {"error":"x"}',
    ]);
    assert.deepEqual(contractProblems(one({ request: 1, present: ['a'] }), { status: 200, text: '<html>' }), [
      'answered no JSON: <html>',
    ]);
    assert.deepEqual(contractProblems(one({ path: '/docs' }), { status: 200, text: '<html>' }), []);
  });
});
