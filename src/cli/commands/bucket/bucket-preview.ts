import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { sizeText } from '../../../common/size-text.js';
import type { ArchiveContents, ObjectPreview, TablePreview, TextPreview } from '../../../documents/tables/previews.js';
import { preview } from '../../../operations/buckets/preview.js';
import type { Act } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { figure, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

const mostRows = 10_000;

export function addPreview(bucket: Command, act: Act): void {
  bucket
    .command('preview')
    .argument('<key>', 'a table (.parquet, .csv, .tsv, .json, .jsonl, .xlsx; .gz too), an archive or a text')
    .option('--rows <n>', 'how many rows of a table', '20')
    .option('--member <name>', 'look into one file of an archive')
    .option('--whole', 'read what is read only when asked: very large row groups, lists and archives')
    .description('the first rows of a table, what lies in an archive, or the beginning of a text')
    .action(
      act(async (workspace, [key], { member, rows, whole, ...flags }) => {
        const wish = { member: member as string | undefined, rows: rowsOf(rows), whole: whole === true };
        const found = await perform(workspace, preview, { key: key as string, ...wish }, flags);
        const isTable = found.kind === 'table-preview';
        const expected = 'only a table has rows to show';
        refuseIdle('bucket preview', { rows }, [{ option: 'rows', met: isTable, expected, unless: '20' }]);
        workspace.output.result(found, () => textOf(found));
      }),
    );
}

function rowsOf(text: unknown): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows > 0 && rows <= mostRows) return rows;
  throw new InputError(`--rows: found "${String(text)}", expected a whole number from 1 to ${mostRows}`);
}

function textOf(found: ObjectPreview): Lines {
  switch (found.kind) {
    case 'table-preview':
      return tableText(found);
    case 'archive-contents':
      return archiveText(found);
    case 'text-preview':
      return plainText(found);
  }
}

/** So many columns of values fit beside each other in a terminal, each of so many characters. */
const widest = { columns: 8, characters: 30 };

function tableText({ uri, format, size, total, columns, rows, reasons, unread }: TablePreview): Lines {
  const count = total === null ? `rows not counted: ${reasons.total}` : `${figure(total)} rows`;
  const head = `${uri} · ${format} · ${sizeText(size)} · ${count} · ${figure(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}`;
  const shown = columns.slice(0, widest.columns).map(({ name }) => name);
  const lines = rows.map((row) => row.slice(0, widest.columns).map(valueText));
  const missing = [
    ...(unread !== null && reasons.rows ? [`no rows: ${reasons.rows} (--whole)`] : []),
    ...(reasons.nulls ? [`nulls not counted: ${reasons.nulls}`] : []),
    ...(reasons.values ? [reasons.values] : []),
    ...(columns.length > shown.length && rows.length > 0
      ? [`${columns.length - shown.length} more columns: --json`]
      : []),
  ];
  return [
    head,
    table(
      ['column', 'type', 'nulls'],
      columns.map(({ name, type, nulls }) => [name, type, figure(nulls)]),
      ['nulls'],
    ),
    ...(rows.length === 0
      ? []
      : [`${figure(rows.length)} of ${total === null ? 'many' : figure(total)}`, table(shown, lines)]),
    ...missing,
  ];
}

/** A value in one line. */
function valueText(value: TablePreview['rows'][number][number]): string {
  if (value === null) return '–';
  const text = String(value).replaceAll(/\s+/g, ' ');
  return text.length <= widest.characters ? text : `${text.slice(0, widest.characters - 1)}…`;
}

function archiveText({ uri, format, size, members, complete, reasons, unread }: ArchiveContents): Lines {
  const files = members.filter(({ type }) => type === 'file');
  const unpacked = files.reduce((sum, { size: bytes }) => sum + bytes, 0);
  const lines = members.map(({ name, size: bytes, type, modifiedAt, closed }) => {
    return [
      name,
      type === 'file' ? figure(bytes) : '',
      modifiedAt?.slice(0, 19).replace('T', ' ') ?? '–',
      type === 'folder' ? '' : (closed ?? ''),
    ];
  });
  return [
    `${uri} · ${format} · ${sizeText(size)} · ${figure(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${sizeText(unpacked)} unpacked`,
    table(['member', 'bytes', 'changed', ''], lines, ['bytes']),
    ...(complete ? [] : [`there may be more: ${reasons.members}${unread === null ? '' : ' (--whole)'}`]),
  ];
}

function plainText({ uri, size, text, whole }: TextPreview): Lines {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return whole ? lines : [lines, `… the beginning of ${uri}, ${sizeText(size)}`];
}
