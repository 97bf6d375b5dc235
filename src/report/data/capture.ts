import type { CaptureRecord, GroundTruthRecord, RecordLines } from '../../documents/foreign/foreign-files.js';
import type { PageView } from '../blocks/blocks.js';
import { formatMoment } from '../format/dates.js';
import { fact } from '../blocks/facts.js';
import { formatCount } from '../format/numbers.js';
import { textCell } from '../blocks/cells.js';
import { plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

const origin = 'JSON lines as SageMaker writes them, shown as they are.';

/** What an endpoint was asked and what it answered. */
export function capturePage(document: RecordLines<CaptureRecord>, context: PageContext): PageView {
  const { records, lines } = document;
  const times = records.flatMap(({ eventMetadata }) => eventMetadata?.inferenceTime ?? []).sort();
  const variants = new Set(
    records.flatMap(({ eventMetadata }) =>
      typeof eventMetadata?.variantName === 'string' ? [eventMetadata.variantName] : [],
    ),
  );
  return page(context, {
    about: 'data-capture',
    title: 'data capture',
    origin,
    headline: `${formatCount(lines)} captured ${plural(lines, 'request')}`,
    summary: shownWords(document),
    facts: [
      fact('First', times[0] ? formatMoment(times[0]) : null),
      fact('Last', times.at(-1) ? formatMoment(times.at(-1)!) : null),
      ...(variants.size > 0 ? [fact('Variants', [...variants].join(', '))] : []),
    ],
    blocks: [
      {
        type: 'table',
        id: 'requests',
        title: 'Requests',
        columns: [
          { id: 'time', title: 'When' },
          { id: 'id', title: 'Id' },
          { id: 'type', title: 'Content type' },
          { id: 'input', title: 'Input', wide: true },
          { id: 'output', title: 'Answer', wide: true },
        ],
        rows: records.map(({ captureData, eventMetadata }, at) => ({
          id: String(at),
          cells: [
            textCell(eventMetadata?.inferenceTime ? formatMoment(eventMetadata.inferenceTime) : null),
            textCell(eventMetadata?.inferenceId ?? eventMetadata?.eventId, 24),
            textCell(captureData.endpointInput?.observedContentType),
            dataCell(captureData.endpointInput),
            dataCell(captureData.endpointOutput),
          ],
        })),
      },
    ],
  });
}

function shownWords({ records, lines, damaged }: RecordLines<unknown>): string {
  const shown = records.length < lines - damaged ? `The first ${formatCount(records.length)} are shown. ` : '';
  return `${shown}${damaged > 0 ? `${damaged} ${plural(damaged, 'line')} cannot be read.` : ''}`.trim();
}

function dataCell(side: CaptureRecord['captureData']['endpointInput']) {
  if (!side) return textCell(null);
  if (side.encoding === 'BASE64')
    return { text: `${formatCount(side.data.length)} characters of base64`, sort: side.data };
  const whole = side.data.trim();
  return whole.length > 120
    ? { text: `${whole.slice(0, 119)}…`, sort: whole, full: whole.slice(0, 2000) }
    : textCell(whole, 120);
}

/** Labels that came after their predictions. */
export function groundTruthPage(document: RecordLines<GroundTruthRecord>, context: PageContext): PageView {
  const { records, lines } = document;
  return page(context, {
    about: 'ground-truth',
    title: 'ground truth',
    origin,
    headline: `${formatCount(lines)} ${plural(lines, 'label')}`,
    summary: shownWords(document),
    blocks: [
      {
        type: 'table',
        id: 'labels',
        title: 'Labels',
        columns: [
          { id: 'id', title: 'Id' },
          { id: 'label', title: 'Label', number: true },
        ],
        rows: records.map(({ eventMetadata, groundTruthData }, at) => ({
          id: String(at),
          cells: [textCell(eventMetadata.eventId, 60), labelCell(groundTruthData.data)],
        })),
      },
    ],
  });
}

function labelCell(data: string) {
  const value = Number(data);
  return data.trim() !== '' && Number.isFinite(value) ? { text: data, sort: value } : textCell(data);
}
