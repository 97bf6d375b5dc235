import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WrongInput } from '../../../../src/common/errors.js';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { readTable } from '../../../../src/data/tables.js';
import { lyingZip } from '../../../support/lying-zip.js';
import { temporaryFolder } from '../../../support/temporary.js';
import { rowsXml, writeWorkbook } from '../../../support/workbooks.js';

describe('a workbook that is not what it says', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const path = join(folder.path, 'book.xlsx');
  const table = rowsXml([
    ['a', 'b'],
    [1, 2],
  ]);

  const refused = (found: RegExp) =>
    assert.rejects(
      withSession({ folders: [folder.path] }, (session) => readTable(session, [path])),
      (error: unknown) => {
        assert.ok(error instanceof WrongInput, String(error));
        assert.match(error.at.found, found);
        return true;
      },
    );

  it('defines entities, refers to what is not there, or goes backwards', async () => {
    const wrong: [RegExp, Parameters<typeof writeWorkbook>[1]][] = [
      [
        /definition/,
        { sheets: { S: table }, parts: { 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><sst/>' } },
      ],
      [/no character/, { sheets: { S: '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>' } }],
      [
        /a text that is not there/,
        { sheets: { S: `${table}<row r="3"><c r="A3" t="s"><v>7</v></c></row>` }, texts: '' },
      ],
      [/row 1 behind row 2/, { sheets: { S: `${table}<row r="1"/>` } }],
      [/out of its place/, { sheets: { S: '<row r="1"><c r="ZZZ1"><v>1</v></c></row>' } }],
      [/out of its place/, { sheets: { S: '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>1</v></c></row>' } }],
      [/without its beginning/, { sheets: { S: `${table}</sheetDatas>` } }],
      [/no cell/, { sheets: { S: '' } }],
    ];
    for (const [found, made] of wrong) {
      writeWorkbook(path, made);
      await refused(found);
    }
  });

  it('is cut off, another kind of file, or unpacks to other bytes than it says', async () => {
    writeWorkbook(path, { sheets: { S: table } });
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 200));
    await refused(/no whole \.xlsx|a zip that is no workbook|no part/);
    // The older kind, and one with a password.
    writeFileSync(path, Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    await refused(/no whole \.xlsx/);
    writeFileSync(path, 'a,b\n1,2\n');
    await refused(/no whole \.xlsx/);
    writeFileSync(path, lyingZip([{ name: 'xl/workbook.xml', body: Buffer.from('<workbook/>'), size: 5 }]));
    await refused(/other bytes than its zip says/);
  });

  it('says that it unpacks to what no honest one does', async () => {
    writeFileSync(path, lyingZip([{ name: 'xl/sharedStrings.xml', body: Buffer.alloc(1000), size: 2e9 }]));
    await refused(/unpacked/);
  });
});
