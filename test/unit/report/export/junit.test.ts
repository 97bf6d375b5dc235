import assert from 'node:assert/strict';
import { gatesJUnit } from '../../../../src/report/export/junit.js';
import { results } from '../../../support/documents.js';

describe('gates as JUnit XML', () => {
  it('holds no character that XML cannot, whatever a name holds', () => {
    const gate = { ...results('fail').gates[0]!, id: 'a\u0000"<b>', message: 'red \u001b[31m \u{1f600}' };
    const xml = gatesJUnit([{ results: 'x', verdict: 'fail', gates: [gate] }]);
    assert.match(xml, /name="a\ufffd&quot;&lt;b&gt;"/u);
    const lines = gatesJUnit([{ results: 'x', verdict: 'warn', gates: [{ ...gate, id: 'a\nb', status: 'warn' }] }]);
    assert.match(lines, /name="a&#10;b"/);
    assert.match(xml, /red \ufffd\[31m \u{1f600}/u);
  });
});
