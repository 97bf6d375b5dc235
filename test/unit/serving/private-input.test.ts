import assert from 'node:assert/strict';
import { recordable } from '../../../src/serving/private-input.js';

const bundle = { metadata: { private_columns: ['patient_*', 'ssn'] } };
const recorded = (contentType: string, text: string, of: { metadata: Record<string, unknown> } = bundle) => {
  const kept = recordable(of, { contentType, body: Buffer.from(text) });
  return kept === undefined ? undefined : Buffer.from(kept).toString('utf8');
};

describe('what a request leaves in the capture', () => {
  it('is the body byte for byte where nothing is private', () => {
    const text = '{ "features": { "age": 1.50, "patient_nbr": 3 } }';
    assert.equal(recorded('application/json', text, { metadata: {} }), text);
  });

  it('has no private field, at whatever depth and in every line', () => {
    const record = '{"age":1,"patient_nbr":3,"more":[{"ssn":"x","b":null}]}';
    const kept = '{"age":1,"more":[{"b":null}]}';
    assert.equal(recorded('application/json', record), kept);
    assert.equal(recorded('application/json; charset=utf-8', `{"instances":[${record}]}`), `{"instances":[${kept}]}`);
    assert.equal(recorded('application/jsonlines', `${record}\n${record}\n`), `${kept}\n${kept}`);
  });

  it('is nothing where private values stand by their places, or the body cannot be read', () => {
    assert.equal(recorded('application/json', '{"columns":["age","ssn"],"data":[[1,2]]}'), undefined);
    assert.equal(recorded('application/json', '{"dataframe_split":{"columns":["ssn"],"data":[[2]]}}'), undefined);
    assert.equal(recorded('text/csv', 'age,"ssn"\n1,2\n'), undefined);
    assert.equal(recorded('application/json', '{"ssn":'), undefined);
    assert.equal(recorded('application/octet-stream', 'ssn=3'), undefined);
  });

  it('is the body where it has no names: those are the model’s own columns', () => {
    assert.equal(recorded('text/csv', '1,2\n3,4\n'), '1,2\n3,4\n');
    assert.equal(recorded('application/json', '[[1,2]]'), '[[1,2]]');
  });
});
