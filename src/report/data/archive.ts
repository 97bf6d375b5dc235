import { sizeText } from '../../common/size-text.js';
import type { ArchiveContents, ArchiveMember, TextPreview } from '../../documents/tables/previews.js';
import type { PageView } from '../blocks/blocks.js';
import { formatMoment } from '../format/dates.js';
import { fact, whereFact } from '../blocks/facts.js';
import { formatCount } from '../format/numbers.js';
import { offered } from '../actions.js';
import { textCell } from '../blocks/cells.js';
import { capital, plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

/** What lies in an archive; a press on a file opens it. */
export function archivePage(contents: ArchiveContents, context: PageContext): PageView {
  const { name, uri, format, size, members, complete, unread, reasons } = contents;
  const files = members.filter(({ type }) => type === 'file');
  const unpacked = files.reduce((sum, file) => sum + file.size, 0);
  const noted = members.some(({ type, closed }) => type !== 'folder' && closed !== null);
  const more = unread === null ? null : offered(context, { command: 'readWhole', label: `Read ${sizeText(unread)}` });
  return page(context, {
    about: 'archive-contents',
    title: name,
    answer: complete ? null : 'warn',
    headline: `${formatCount(files.length)} ${plural(files.length, 'file')}, ${sizeText(unpacked)} unpacked`,
    summary: complete ? '' : `There may be more: ${reasons.members ?? 'the archive was not read to its end'}.`,
    facts: [fact('Archive', name), fact('Format', format), fact('Size', sizeText(size)), whereFact(uri)],
    actions: more ? [more] : [],
    blocks: [
      {
        type: 'table',
        id: 'members',
        title: 'Contents',
        columns: [
          { id: 'name', title: 'Name' },
          { id: 'size', title: 'Size', number: true },
          { id: 'changed', title: 'Changed' },
          ...(noted ? [{ id: 'note', title: 'Note', wide: true }] : []),
        ],
        // What only leads to files says nothing of its own.
        rows: members
          .filter(({ type }) => type !== 'folder')
          .map((member, at) => memberRow(member, at, noted, context)),
      },
    ],
  });
}

function memberRow(
  { name, type, size, modifiedAt, closed }: ArchiveMember,
  at: number,
  noted: boolean,
  context: PageContext,
) {
  const action = offered(context, { command: 'openMember', label: name, argument: name });
  return {
    id: String(at),
    cells: [
      textCell(name, 120),
      type === 'file' ? { text: sizeText(size), sort: size, full: `${formatCount(size)} bytes` } : textCell(null),
      modifiedAt === null ? textCell(null) : { text: formatMoment(modifiedAt), sort: modifiedAt },
      ...(noted ? [closed === null ? { text: '', sort: '' } : textCell(`Not opened: ${closed}`, 200)] : []),
    ],
    ...(action && closed === null ? { open: action } : {}),
  };
}

/** The beginning of a text that no editor reads as it lies, such as a packed one. */
export function textPreviewPage({ name, uri, size, text, whole }: TextPreview, context: PageContext): PageView {
  return page(context, {
    about: 'text-preview',
    title: name,
    headline: name,
    summary: whole ? '' : capital('only its beginning is shown.'),
    facts: [fact('Size', sizeText(size)), whereFact(uri)],
    actions: [],
    blocks: [
      {
        type: 'text',
        id: 'text',
        title: whole ? 'Text' : 'Beginning',
        lines: text.replace(/\r?\n$/, '').split(/\r?\n/),
      },
    ],
  });
}
