import { figureOfColumn, type RunColumn } from '../../src/report/runs/columns.js';
import type { RunCell, RunRow } from '../../src/report/runs/rows.js';
import { drawBar } from '../report/blocks/bar.js';
import { el, linkButton } from '../shared/dom.js';
import { outcomeIcon, starIcon } from './icons.js';

export interface RowActs {
  open: (id: string) => void;
  place: (id: string) => void;
  star: (id: string, on: boolean) => void;
  select: (id: string) => void;
}

/** Columns whose place a cause takes, where a run broke before it had any of them. */
const isFound = ({ id }: RunColumn) => id === 'decision' || id === 'version' || figureOfColumn(id) !== undefined;

/** One run; `place` is its place among all rows, from 0. Whatever can be pressed has a key of the row too. */
export function drawRow(
  row: RunRow,
  { place, columns, selected, active }: { place: number; columns: RunColumn[]; selected: boolean; active: boolean },
  acts: RowActs,
): HTMLElement {
  const { id, starred, cause } = row;
  const time = row.cells.at?.text ?? id;
  const tick = el('input', { type: 'checkbox', tabindex: -1, 'aria-label': `Select ${time}`, checked: selected });
  tick.addEventListener('click', () => acts.select(id));
  const star = el(
    'button',
    { type: 'button', class: 'star', tabindex: -1, 'aria-pressed': String(starred), 'aria-label': `Star ${time}` },
    starIcon(),
  );
  star.addEventListener('click', () => acts.star(id, !starred));
  const found = columns.filter(isFound);
  const cells = columns.flatMap((column) => {
    if (cause === null || !isFound(column)) return [drawCell(row, column, acts)];
    return column === found[0] ? [drawCause(row, found.length, acts)] : [];
  });
  const drawn = el(
    'tr',
    {
      'data-run': id,
      'data-outcome': row.outcome,
      'aria-rowindex': place + 2,
      'aria-selected': String(selected),
      tabindex: active ? 0 : -1,
    },
    el('td', { class: 'tick' }, tick),
    el('td', { class: 'tick' }, star),
    ...cells,
  );
  return drawn;
}

function drawCause({ id, cause }: RunRow, span: number, acts: RowActs): HTMLElement {
  const { text, full, place } = cause!;
  const link = linkButton(place ?? 'Open log', () => acts.place(id), { tabindex: -1, 'data-place': id });
  return el('td', { class: 'cause', colspan: span, title: full }, el('span', { class: 'cause-text' }, text), ' ', link);
}

function drawCell({ id, outcome, cells }: RunRow, column: RunColumn, acts: RowActs): HTMLElement {
  const cell: RunCell = cells[column.id] ?? { text: '' };
  const attributes = { class: classOf(column, cell), title: cell.full };
  if (column.id === 'at')
    return el(
      'td',
      attributes,
      linkButton(cell.text, () => acts.open(id), { tabindex: -1, 'data-open': id }),
    );
  if (column.id === 'outcome') {
    const word = el('span', { class: 'answer-word outcome', 'data-answer': outcome }, outcomeIcon(outcome), cell.text);
    return el('td', attributes, word);
  }
  if (!column.number) return el('td', attributes, cell.text);
  const value = el('span', { class: 'value' }, cell.text);
  if (figureOfColumn(column.id) === undefined) return el('td', attributes, value);
  return el(
    'td',
    attributes,
    el('span', { class: 'figure' }, value, el('span', { class: 'bar-place' }, cell.bar ? drawBar(cell.bar) : null)),
  );
}

function classOf({ id, number }: RunColumn, { failed, text }: RunCell): string {
  return [
    number && 'number',
    failed && 'failed',
    text === '–' && 'nothing',
    id === 'at' && 'at',
    id === 'commit' && 'commit',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Stands where a row is still on its way. */
export function drawWaiting(place: number, columns: number, active: boolean): HTMLElement {
  return el(
    'tr',
    { 'aria-rowindex': place + 2, class: 'waiting', tabindex: active ? 0 : -1 },
    el('td', { colspan: columns }, '…'),
  );
}
