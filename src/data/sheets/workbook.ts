import { WrongInput } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { kindOfFormat, type NumberKind } from './serial-dates.js';
import type { Parts } from './parts.js';
import { sharedTexts } from './shared-texts.js';

/** A sheet that was chosen, and what its cells refer to. */
export interface Sheet {
  name: string;
  /** Its part of the zip. */
  part: string;
  /** From which year on its workbook counts days. */
  system: 1900 | 1904;
  /** The texts that cells refer to by their places. */
  texts: readonly string[];
  /** What numbers mean, by the style of their cell. */
  kinds: readonly NumberKind[];
}

interface Listed {
  name: string;
  part: string;
  hidden: boolean;
}

/**
 * The sheet to read: the one that was asked for, else the only one that shows something.
 * @throws WrongInput naming the sheets that there are
 */
export async function chosenSheet(parts: Parts, asked: string | undefined): Promise<Sheet> {
  const wrong = (found: string, expected: string) => new WrongInput({ file: parts.name, found, expected });
  const workbook = await workbookOf(parts);
  const { sheets, system } = await listed(parts, workbook);
  const names = sheets.map(({ name }) => name);
  if (sheets.length === 0) throw wrong('no sheet with cells', 'one');
  if (asked !== undefined && !names.includes(asked)) throw wrong(`no sheet "${asked}"`, oneOf(asked, names));
  const wanted = asked === undefined ? await onlyOne(parts, sheets) : sheets.find(({ name }) => name === asked)!;
  const relations = [...(await parts.relations(workbook)).values()];
  const partOf = (kind: string) => relations.find((one) => one.kind === kind)?.target;
  return {
    ...{ name: wanted.name, part: wanted.part, system },
    texts: await sharedTexts(parts, partOf('sharedStrings')),
    kinds: await numberKinds(parts, partOf('styles')),
  };
}

/** The names of the sheets that show something. @throws WrongInput for a zip that is no workbook */
export async function filledSheets(parts: Parts): Promise<string[]> {
  const { sheets } = await listed(parts, await workbookOf(parts));
  return (await filledOf(parts, sheets)).map(({ name }) => name);
}

/** The part that lists the sheets. */
async function workbookOf(parts: Parts): Promise<string> {
  const root = [...(await parts.relations('workbook')).values()].find(({ kind }) => kind === 'officeDocument');
  const workbook = root?.target ?? 'xl/workbook.xml';
  if (parts.has(workbook)) return workbook;
  throw new WrongInput({ file: parts.name, found: 'a zip that is no workbook', expected: 'an .xlsx workbook' });
}

/** The sheets of cells in their order: charts and macros have none. */
async function listed(parts: Parts, workbook: string): Promise<{ sheets: Listed[]; system: 1900 | 1904 }> {
  const relations = await parts.relations(workbook);
  const sheets: Listed[] = [];
  let system: 1900 | 1904 = 1900;
  await parts.read(workbook, {
    open: (tag, attribute) => {
      if (tag === 'workbookPr' && /^(1|true)$/.test(attribute('date1904') ?? '')) system = 1904;
      if (tag !== 'sheet') return;
      const relation = relations.get(attribute('id') ?? '');
      if (relation?.kind !== 'worksheet') return;
      const hidden = /hidden/i.test(attribute('state') ?? '');
      sheets.push({ name: attribute('name') ?? '', part: relation.target, hidden });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return { sheets, system };
}

async function onlyOne(parts: Parts, sheets: Listed[]): Promise<Listed> {
  const filled = await filledOf(parts, sheets);
  if (filled.length === 1) return filled[0]!;
  const names = (filled.length > 0 ? filled : sheets).map(({ name }) => name);
  const found = filled.length > 0 ? `the sheets ${names.join(', ')}` : `no cell in any sheet that is shown`;
  const expected = `one of them, said by --sheet "${names[0]!}" or "sheet": "${names[0]!}" of its source`;
  throw new WrongInput({ file: parts.name, found, expected });
}

/** Those that show something; the only one that is shown, whatever is on it. */
async function filledOf(parts: Parts, sheets: Listed[]): Promise<Listed[]> {
  const shown = sheets.filter(({ hidden }) => !hidden);
  if (shown.length === 1) return shown;
  const filled: Listed[] = [];
  for (const sheet of shown) if (await hasCells(parts, sheet.part)) filled.push(sheet);
  return filled;
}

async function hasCells(parts: Parts, part: string): Promise<boolean> {
  let [inCell, found] = [false, false];
  const sink = {
    open: (tag: string) => {
      if (tag === 'v' || tag === 't') inCell = true;
    },
    text: (text: string) => {
      if (inCell && text !== '') found = true;
    },
    close: () => void (inCell = false),
  };
  await parts.read(part, sink, { enough: () => found });
  return found;
}

/** Whether the numbers of each style are days, times or numbers. */
async function numberKinds(parts: Parts, part: string | undefined): Promise<NumberKind[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inside = false;
  if (part === undefined) return [];
  await parts.read(part, {
    open: (tag, attribute) => {
      if (tag === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (tag === 'cellXfs') inside = true;
      if (tag === 'xf' && inside) formats.push(Number(attribute('numFmtId') ?? 0));
    },
    text: () => undefined,
    close: (tag) => {
      if (tag === 'cellXfs') inside = false;
    },
  });
  return formats.map((id) => kindOfFormat(id, codes.get(id)));
}
