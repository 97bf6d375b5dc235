import assert from 'node:assert/strict';
import { capturedInputs } from '../../../src/documents/capture/captured-inputs.js';

function line(data: string, encoding: string, observedContentType = ''): string {
  const endpointInput = { observedContentType, mode: 'INPUT', data, encoding };
  const eventMetadata = { eventId: 'e1', inferenceTime: '2026-11-21T09:00:00Z' };
  return JSON.stringify({ captureData: { endpointInput }, eventMetadata, eventVersion: '0' });
}
const rowsOf = (...of: Parameters<typeof line>) => capturedInputs(line(...of))?.rows;

describe('what an endpoint was asked', () => {
  it('is read from CSV, a row a line, with gaps', () => {
    assert.deepEqual(rowsOf('1,2.5,a\n3,,b\n', 'CSV'), [
      { c0: 1, c1: 2.5, c2: 'a' },
      { c0: 3, c1: null, c2: 'b' },
    ]);
  });

  it('is read from CSV whose cells in quotes hold commas and quotes, none of which moves a column', () => {
    assert.deepEqual(rowsOf('1,"a, ""b""",2\n"",x,\n', 'CSV'), [
      { c0: 1, c1: 'a, "b"', c2: 2 },
      { c0: '', c1: 'x', c2: null },
    ]);
  });

  it('is read from JSON lines, several records a request', () => {
    const text = '{"area": 70}\n{"area": null, "zip": "8001"}\n';
    const rows = [{ area: 70 }, { area: null, zip: '8001' }];
    assert.deepEqual(rowsOf(text, 'JSON'), rows);
    assert.deepEqual(rowsOf(Buffer.from(text).toString('base64'), 'BASE64', 'application/jsonlines'), rows);
    assert.deepEqual(rowsOf('{"features": [1, 2]}\n{"features": [3, 4]}', 'JSON'), [
      { c0: 1, c1: 2 },
      { c0: 3, c1: 4 },
    ]);
    assert.equal(rowsOf('{"area": 70}\n{"area":', 'JSON'), undefined);
  });

  it('is read from JSON: rows, one row, named or not', () => {
    assert.deepEqual(rowsOf('{"features": [[1, 2], [3, null]]}', 'JSON'), [
      { c0: 1, c1: 2 },
      { c0: 3, c1: null },
    ]);
    assert.deepEqual(rowsOf('{"instances": [{"area": 70, "zip": "8001"}]}', 'JSON'), [{ area: 70, zip: '8001' }]);
    assert.deepEqual(rowsOf('{"instances": [{"features": [1, 2]}]}', 'JSON'), [{ c0: 1, c1: 2 }]);
    assert.deepEqual(rowsOf('[1, 2]', 'JSON'), [{ c0: 1, c1: 2 }]);
    assert.deepEqual(rowsOf('{"area": 70}', 'JSON'), [{ area: 70 }]);
  });

  it('is read from bytes by their content type', () => {
    const base64 = Buffer.from('{"area": 70}').toString('base64');
    assert.deepEqual(rowsOf(base64, 'BASE64', 'application/json'), [{ area: 70 }]);
    assert.deepEqual(rowsOf(Buffer.from('1,2').toString('base64'), 'BASE64', 'text/csv'), [{ c0: 1, c1: 2 }]);
  });

  it('carries the id and the time of the request', () => {
    const read = capturedInputs(line('1', 'CSV'));
    assert.equal(read?.id, 'e1');
    assert.equal(read.at, '2026-11-21T09:00:00Z');
  });

  it('is nothing where a line cannot be read', () => {
    for (const broken of ['', '{', '{}', line('{', 'JSON')]) assert.equal(capturedInputs(broken), undefined, broken);
  });
});
