import { writeZip } from './zips.js';

interface MadeWorkbook {
  /** Cells' XML by sheet: `<row r="1"><c r="A1"><v>1</v></c></row>`. */
  sheets: Record<string, string>;
  hidden?: string[];
  /** Shared texts, as `<si>` elements. */
  texts?: string;
  /** Codes of formats; style 1 has the first of them, style 0 none. */
  formats?: string[];
  date1904?: boolean;
  /** What stands behind a sheet's rows: `<mergeCells>`. */
  behind?: string;
  parts?: Record<string, string>;
}

const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The smallest workbook (ECMA-376) with such cells. */
export function writeWorkbook(path: string, made: MadeWorkbook): void {
  const { sheets, hidden = [], texts, formats = [], date1904 = false, behind = '', parts = {} } = made;
  const names = Object.keys(sheets);
  const listed = names.map(
    (name, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at + 1}"${hidden.includes(name) ? ' state="hidden"' : ''}/>`,
  );
  const related = names.map(
    (_, at) => `<Relationship Id="s${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  const codes = formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`);
  const styles = formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`);
  writeZip(path, {
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="w" Type="${office}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}">${related.join('')}<Relationship Id="t" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="f" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    ...(texts === undefined ? {} : { 'xl/sharedStrings.xml': `<sst xmlns="${main}">${texts}</sst>` }),
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<?xml version="1.0" encoding="UTF-8"?>\r\n<worksheet xmlns="${main}"><sheetData>${sheets[name]}</sheetData>${behind}</worksheet>`,
      ]),
    ),
    ...parts,
  });
}

type Value = string | number | boolean | null;

/** Rows of a sheet from row `first` and column `A` on: texts stand in their cells. */
export const rowsXml = (rows: readonly (readonly Value[])[], first = 1): string =>
  rows
    .map((values, at) => {
      const row = first + at;
      const cells = values.map((value, column) => cellXml(`${String.fromCharCode(65 + column)}${row}`, value));
      return `<row r="${row}">${cells.join('')}</row>`;
    })
    .join('');

function cellXml(name: string, value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return `<c r="${name}"><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c r="${name}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<c r="${name}" t="inlineStr"><is><t>${text}</t></is></c>`;
}
