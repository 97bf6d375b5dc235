import type { MonitoredRows } from '../../documents/monitored-rows.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import type { ExplainedMessage, RowsMessage } from './rows.js';
import { anyCell, numberCell, textCell } from '../blocks/cells.js';
import { plural } from '../format/words.js';
import { waterfallOf } from '../blocks/waterfall.js';

/** The rows behind a figure as a table; pressing a row's id asks what moved its score. */
export function rowsMessage(document: MonitoredRows, explains: boolean): RowsMessage {
  const { rows, total, features, title, selection } = document;
  const timed = rows.some(({ time }) => time !== null);
  const shown =
    rows.length < total
      ? `The first ${formatCount(rows.length)} of ${formatCount(total)} rows`
      : `${formatCount(total)} ${plural(total, 'row')}`;
  return {
    type: 'rows',
    selection,
    title,
    explains,
    note:
      rows.length === 0
        ? 'There is no such row.'
        : `${shown}.${explains ? ' Press a row to see what moved its score.' : ''}`,
    table:
      rows.length === 0
        ? null
        : {
            type: 'table',
            id: `rows-${selection}`,
            title,
            columns: [
              { id: 'record_id', title: 'Record' },
              ...(timed ? [{ id: 'time', title: 'When' }] : []),
              { id: 'label', title: 'Label', number: true },
              { id: 'score', title: 'Score', number: true },
              { id: 'predicted', title: 'Predicted', number: true },
              { id: 'wrong', title: 'Wrong by', number: true },
              ...features.map((id) => ({ id: `feature ${id}`, title: id, number: true })),
            ],
            rows: rows.map((row) => ({
              id: row.record_id,
              cells: [
                textCell(row.record_id, 40),
                ...(timed ? [textCell(row.time)] : []),
                anyCell(row.label),
                numberCell(row.score),
                predictedCell(row.predicted),
                numberCell(row.wrong),
                ...row.values.map((value) => (value === null ? textCell(null) : anyCell(value))),
              ],
              ...(explains
                ? { open: { command: 'explainRow' as const, label: row.record_id, argument: row.record_id } }
                : {}),
            })),
          },
  };
}

function predictedCell(value: number | string | null) {
  if (typeof value === 'string') return textCell(value);
  return value === 0 || value === 1 ? { text: String(value), sort: value } : numberCell(value);
}

/** What moved the score of each row that carries it. */
export function explainedMessages({ rows }: MonitoredRows): ExplainedMessage[] {
  return rows.map(({ record_id: id, contributions, score, label }) => ({
    type: 'explained',
    record: id,
    note: contributions ? '' : 'Nothing is recorded of what moved this score.',
    waterfall: contributions
      ? waterfallOf({
          id,
          title: `${id} · score ${score === null ? 'not known' : formatNumber(score)}${label === null ? '' : ` · label ${typeof label === 'string' ? label : formatNumber(label, Number.isInteger(label) ? 0 : undefined)}`}`,
          ...contributions,
        })
      : null,
  }));
}
