import type { DriftColumn, DriftReport } from '../../documents/drift-report.js';
import type { Block, PageView, TableBlock, TableCell, TableRow } from '../blocks/blocks.js';
import { fact, runFact } from '../blocks/facts.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import { overlayOf, categoryOverlay } from '../blocks/overlay.js';
import { driftedCell, numberCell, textCell } from '../blocks/cells.js';
import type { Answer } from '../view.js';
import { listed, plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

/** Two tables compared column by column: the drifted ones first. */
export function driftReportPage(report: DriftReport, context: PageContext): PageView {
  const { columns, dataset, profile, reference, current } = report;
  const drifted = columns.filter((column) => column.drifted === true);
  const unknown = columns.filter((column) => column.drifted === null);
  const names = [...new Set(drifted.map(({ column }) => column))];
  return page(context, {
    about: 'drift-report',
    title: `drift · ${profile}`,
    answer: answerOf(report),
    headline: headlineOf(report),
    summary: [
      `${names.length} of ${new Set(columns.map(({ column }) => column)).size} columns drifted${names.length > 0 ? `: ${listed(names)}` : ''}.`,
      dataset.share === null
        ? (report.reasons.share ?? '')
        : `Share ${formatNumber(dataset.share, 2)}${dataset.threshold === null ? '' : `; the data set drifts from ${formatNumber(dataset.threshold, 2)} on`}.`,
      unknown.length > 0 ? `${unknown.length} ${plural(unknown.length, 'comparison')} could not be computed.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    facts: [
      fact('Profile', profile),
      fact('Reference', tableText(reference)),
      fact('Current', tableText(current)),
      { ...runFact(report.createdAt, context.now), label: 'Made' },
    ],
    blocks: [driftTable(columns), ...categoryTables(columns)],
  });
}

function answerOf({ dataset }: DriftReport): Answer {
  if (dataset.drifted === null) return 'inconclusive';
  return dataset.drifted ? 'warn' : 'pass';
}

function headlineOf({ dataset, reasons }: DriftReport): string {
  if (dataset.drifted === null)
    return `Not known — ${reasons.drifted ?? reasons.share ?? 'too little could be computed'}`;
  return dataset.drifted ? 'Drift — the data set has moved' : 'No drift of the data set';
}

function tableText({ name, rows }: DriftReport['reference']): string {
  return [name, `${formatCount(rows)} rows`].filter(Boolean).join(', ');
}

function driftTable(columns: DriftColumn[]): TableBlock {
  const rank = ({ drifted }: DriftColumn) => (drifted === true ? 0 : drifted === null ? 1 : 2);
  const weighed = columns.some(({ importance }) => importance !== undefined && importance !== null);
  const adjusted = columns.some(({ p_adjusted }) => p_adjusted !== undefined);
  const gaps = columns.some(({ missing }) => missing !== undefined);
  const overlaid = columns.some(({ histogram }) => histogram);
  const rows = [...columns]
    .sort((a, b) => rank(a) - rank(b))
    .map((column): TableRow => {
      const { drifted, reason, histogram } = column;
      const shares = histogram ? { baseline: histogram.reference, current: histogram.current } : null;
      const overlay = shares && (histogram?.categories ? categoryOverlay(shares) : overlayOf(shares));
      return {
        id: `${column.column} ${column.method}`,
        marked: drifted !== false,
        answer: drifted === true ? 'warn' : drifted === null ? 'inconclusive' : undefined,
        cells: [
          driftedCell(drifted, reason),
          textCell(column.column, 32),
          textCell(column.type),
          ...(overlaid ? [overlay ? { text: '', sort: null, overlay } : textCell(null)] : []),
          textCell(column.method.replaceAll('_', ' ')),
          numberCell(column.statistic, { reason: reason ?? 'this method gives a p-value' }),
          numberCell(column.p_value, { reason: reason ?? 'this method has no test' }),
          ...(adjusted ? [numberCell(column.p_adjusted, { reason: 'not corrected' })] : []),
          numberCell(column.threshold),
          ...(weighed ? [numberCell(column.importance, { decimals: 2, reason: 'no importance was given' })] : []),
          ...(gaps ? missingCells(column) : []),
          { ...textCell(notesOf(column) || ' ', 90) },
        ],
      };
    });
  return {
    type: 'table',
    id: 'drift',
    title: 'Columns',
    filter: 'Only drifted or not known',
    columns: [
      { id: 'answer', title: 'Answer' },
      { id: 'column', title: 'Column' },
      { id: 'type', title: 'Type' },
      ...(overlaid
        ? [{ id: 'overlay', title: 'Distribution', key: ['reference', 'current'] as [string, string] }]
        : []),
      { id: 'method', title: 'Method' },
      { id: 'statistic', title: 'Statistic', number: true },
      { id: 'p_value', title: 'p', number: true },
      ...(adjusted ? [{ id: 'p_adjusted', title: 'p corrected', number: true }] : []),
      { id: 'threshold', title: 'Threshold', number: true },
      ...(weighed ? [{ id: 'importance', title: 'Importance', number: true }] : []),
      ...(gaps
        ? [
            { id: 'missing_reference', title: 'Missing before %', number: true },
            { id: 'missing_current', title: 'Missing now %', number: true },
          ]
        : []),
      { id: 'note', title: 'Note', wide: true },
    ],
    rows,
  };
}

function missingCells({ missing }: DriftColumn): TableCell[] {
  const cell = (share: number | null | undefined) =>
    numberCell(share == null ? null : 100 * share, { decimals: 1, reason: 'not counted' });
  return [cell(missing?.reference), cell(missing?.current)];
}

function notesOf(column: DriftColumn): string {
  const { reason, new_categories: fresh, missing_categories: gone, severity, new_category_share: share } = column;
  const part = share == null ? '' : ` (${formatNumber(100 * share, 1)} % of rows)`;
  const emptied = column.changes?.some(({ of, size, threshold }) => of === 'missing' && size > threshold);
  return [
    severity && severity !== 'none' ? severity : '',
    emptied ? 'other share of missing values' : '',
    fresh && fresh.length > 0 ? `new: ${listed(fresh, 4)}${part}` : '',
    gone && gone.length > 0 ? `gone: ${listed(gone, 4)}` : '',
    reason ?? '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** So many columns get a table of their own; the rest is in the JSON. */
const mostCategoryTables = 6;

/** Shares by category of the columns that drifted. */
function categoryTables(columns: DriftColumn[]): Block[] {
  const chosen = columns.filter(({ histogram, drifted }) => histogram?.categories && drifted === true);
  const once = chosen.filter(({ column }, at) => chosen.findIndex((other) => other.column === column) === at);
  return once.slice(0, mostCategoryTables).map(({ column, histogram }): TableBlock => ({
    type: 'table',
    id: `shares-${column}`,
    title: `Shares of ${column}`,
    columns: [
      { id: 'category', title: 'Category' },
      { id: 'reference', title: 'Reference %', number: true },
      { id: 'current', title: 'Current %', number: true },
      { id: 'change', title: 'Change', number: true },
    ],
    rows: histogram!.categories!.map((category, at) => {
      const [then, now] = [histogram!.reference[at] ?? 0, histogram!.current[at] ?? 0];
      return {
        id: category,
        cells: [
          textCell(category),
          numberCell(100 * then, { decimals: 1 }),
          numberCell(100 * now, { decimals: 1 }),
          numberCell(100 * (now - then), { decimals: 1 }),
        ],
      };
    }),
  }));
}
