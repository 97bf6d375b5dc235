import type { ForeignDrift } from '../../documents/foreign/foreign-files.js';
import type { PageView } from '../blocks/blocks.js';
import { driftedCell, numberCell, textCell } from '../blocks/cells.js';
import type { Answer, FactView } from '../view.js';
import { listed } from '../format/words.js';
import { othersOrigin, page, type PageContext } from '../blocks/page.js';
import { besideFacts } from '../data/summary.js';

/** Another system's drift check: every column with the figures that stand there. */
export function foreignDriftPage(document: ForeignDrift, context: PageContext): PageView {
  const { columns, drifted } = document;
  const moved = columns.filter((column) => column.drifted === true).map(({ column }) => column);
  const figures = [...new Set(columns.flatMap((column) => Object.keys(column.figures)))];
  const rank = (value: boolean | null) => (value === true ? 0 : value === null ? 1 : 2);
  return page(context, {
    about: 'foreign-drift',
    title: 'drift',
    origin: othersOrigin,
    answer: answerOf(drifted, moved.length),
    headline:
      moved.length === 0
        ? `No drift in ${columns.length} columns`
        : `${moved.length} of ${columns.length} columns drifted`,
    summary: [
      moved.length > 0 ? `${listed(moved)}.` : '',
      drifted === null
        ? 'The document gives no answer for the whole.'
        : `It says that the whole ${drifted ? 'drifted' : 'did not drift'}.`,
    ]
      .filter(Boolean)
      .join(' '),
    facts: besideFacts(document.beside) satisfies FactView[],
    blocks: [
      {
        type: 'table',
        id: 'drift',
        title: 'Columns',
        filter: 'Only drifted or not known',
        columns: [
          { id: 'answer', title: 'Answer' },
          { id: 'column', title: 'Column' },
          ...figures.map((id) => ({ id, title: id.replaceAll('_', ' '), number: true })),
        ],
        rows: [...columns]
          .sort((a, b) => rank(a.drifted) - rank(b.drifted))
          .map(({ column, drifted: own, figures: values }) => ({
            id: column,
            marked: own !== false,
            answer: own === true ? ('warn' as const) : undefined,
            cells: [driftedCell(own), textCell(column, 40), ...figures.map((id) => numberCell(values[id]))],
          })),
      },
    ],
  });
}

/** One column that moved is worth a look, whatever the document says of the whole; silence is not health. */
function answerOf(drifted: boolean | null, moved: number): Answer {
  if (drifted === true || moved > 0) return 'warn';
  return drifted === false ? 'pass' : 'unknown';
}
