import assert from 'node:assert/strict';
import { InputError } from '../../../src/common/errors.js';
import { textFlags } from '../../../src/cli/table-options.js';

describe('what is said of how a table is read', () => {
  const refused = (flags: Record<string, string>, file: string, words: RegExp) =>
    assert.throws(
      () => textFlags(flags, [file]),
      (error) => error instanceof InputError && words.test(error.message),
    );

  it('is taken where the table leaves it open, and is not there where nothing was said', () => {
    const said = { nulls: 'NA,?', decimal: ',', encoding: 'windows-1252' };
    assert.deepEqual(textFlags(said, ['a.csv']), { ...said, nulls: ['NA', '?'] });
    assert.deepEqual(textFlags({ sheet: 'S', nulls: '#N/A' }, ['a.xlsx']), { nulls: ['#N/A'], sheet: 'S' });
    assert.deepEqual(textFlags({}, ['a.csv']), {});
  });

  it('is refused where it would do nothing', () => {
    for (const file of ['a.parquet', 'a.jsonl', 'a.json'])
      for (const [option, value] of Object.entries({ nulls: 'NA', decimal: ',', encoding: 'latin1', sheet: 'S' }))
        refused({ [option]: value }, file, new RegExp(`found --${option}, which does nothing here`));
    refused({ encoding: 'latin1' }, 'a.xlsx', /found --encoding, which does nothing here/);
    refused({ sheet: 'S' }, 'a.csv', /found --sheet, which does nothing here/);
  });

  it('is refused where it is none of the words', () => {
    refused({ encoding: 'latin-9' }, 'a.csv', /--encoding: found "latin-9", expected .*latin1/);
    refused({ decimal: ';' }, 'a.csv', /--decimal: found ";"/);
  });
});
