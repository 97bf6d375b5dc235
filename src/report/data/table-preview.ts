import { sizeText } from '../../common/size-text.js';
import type { TablePreview } from '../../documents/tables/previews.js';
import type { Block, PageView, TableBlock, TableCell } from '../blocks/blocks.js';
import { fact, whereFact } from '../blocks/facts.js';
import { formatCount } from '../format/numbers.js';
import { offered } from '../actions.js';
import { countCell, textCell } from '../blocks/cells.js';
import { capital, plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

/** More columns are no table that a person reads; the schema lists all. */
const mostColumns = 60;

const formats: Record<TablePreview['format'], string> = {
  parquet: 'Parquet',
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  jsonl: 'JSON lines',
  xlsx: 'Excel workbook',
};

/** A table's first rows and its schema. */
export function tablePreviewPage(preview: TablePreview, context: PageContext): PageView {
  const { name, uri, format, size, total, columns, rows, unread, reasons } = preview;
  const wide = `${formatCount(columns.length)} ${plural(columns.length, 'column')}`;
  const long = total === null ? 'rows not counted' : `${formatCount(total)} ${plural(total, 'row')}`;
  const readAll = rows.length === 0 && unread !== null ? readWhole(context, unread) : [];
  return page(context, {
    about: 'table-preview',
    title: name,
    headline: columns.length === 0 ? name : `${capital(long)}, ${wide}`,
    summary: reasons.rows ? `No rows are shown: ${reasons.rows}.` : shownText(preview),
    facts: [fact('Table', name), fact('Format', formats[format]), fact('Size', sizeText(size)), whereFact(uri)],
    actions: readAll,
    blocks: [...(rows.length > 0 ? [rowsTable(preview)] : []), ...(columns.length > 0 ? [schemaTable(preview)] : [])],
  });
}

function readWhole(context: PageContext, unread: number): PageView['actions'] {
  const action = offered(context, { command: 'readWhole', label: `Read ${sizeText(unread)}` });
  return action ? [action] : [];
}

function shownText({ rows, total, reasons }: TablePreview): string {
  if (total === 0) return 'The table is empty.';
  if (total === null)
    return `Showing the first ${formatCount(rows.length)} rows. Rows are not counted: ${reasons.total}.`;
  return rows.length < total
    ? `Showing ${formatCount(rows.length)} of ${formatCount(total)} rows.`
    : `Showing all ${formatCount(total)} ${plural(total, 'row')}.`;
}

function rowsTable(preview: TablePreview): Block {
  const shown = preview.columns.slice(0, mostColumns);
  const left = preview.columns.length - shown.length;
  const notes = [
    left > 0 ? `The first ${mostColumns} of ${formatCount(preview.columns.length)} columns.` : '',
    preview.reasons.values ? `${capital(preview.reasons.values)}.` : '',
  ].filter(Boolean);
  return {
    type: 'table',
    id: 'rows',
    title: 'First rows',
    columns: [
      { id: 'row', title: '#', number: true },
      ...shown.map(({ name, type }, at) => ({ id: `c${at}`, title: name, number: isNumber(type) })),
    ],
    rows: preview.rows.map((values, at) => ({
      id: String(at + 1),
      cells: [{ text: String(at + 1), sort: at + 1 }, ...shown.map((_, column) => valueCell(values[column] ?? null))],
    })),
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
  };
}

const isNumber = (type: string) => /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/.test(type);

/** A value as it is stored: a year is no count, so nothing parts its thousands; only digits that tell nothing go. */
function valueCell(value: TablePreview['rows'][number][number]): TableCell {
  if (value === null) return { text: '–', sort: null, reason: 'null' };
  if (typeof value === 'boolean') return { text: String(value), sort: String(value) };
  if (typeof value === 'string') return value === '' ? { text: '', sort: '' } : textCell(value);
  const short = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  return short === String(value) ? { text: short, sort: value } : { text: short, sort: value, full: String(value) };
}

function schemaTable({ columns, total, reasons }: TablePreview): TableBlock {
  return {
    type: 'table',
    id: 'columns',
    title: 'Columns',
    columns: [
      { id: 'name', title: 'Column' },
      { id: 'type', title: 'Type' },
      { id: 'nulls', title: 'Nulls', number: true },
      { id: 'share', title: 'Null %', number: true },
    ],
    rows: columns.map(({ name, type, nulls }, at) => ({
      id: String(at),
      cells: [
        textCell(name),
        textCell(type),
        countCell(nulls, reasons.nulls ?? 'not counted'),
        shareCell(nulls, total, reasons.nulls),
      ],
    })),
    ...(reasons.nulls ? { note: `Some nulls are not counted: ${reasons.nulls}.` } : {}),
  };
}

function shareCell(nulls: number | null, total: number | null, reason = 'not counted'): TableCell {
  if (nulls === null || total === null) return { text: '–', sort: null, reason };
  if (total === 0) return { text: '–', sort: null, reason: 'there are no rows' };
  const share = (100 * nulls) / total;
  return { text: share.toFixed(1), sort: share };
}
