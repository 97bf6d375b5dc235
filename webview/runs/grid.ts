import { figureOfColumn, type RunColumn } from '../../src/report/runs/columns.js';
import type { RunsWindow } from '../../src/report/runs/protocol.js';
import type { RunRow } from '../../src/report/runs/rows.js';
import { el } from '../shared/dom.js';
import { say, state } from './editor.js';
import { drawRow, drawWaiting, type RowActs } from './row.js';

/** Every row is so high, in pixels: so a place is known without drawing what lies above it. The style sheet says the same. */
const height = 28;
/** Drawn beyond what is seen, so that a turn of the wheel meets rows. */
const beyond = 12;
/** Rows are asked for in pieces of so many. */
const piece = 100;

export interface Grid {
  element: HTMLElement;
  /** Other columns, or another order: asks anew, and shows what was there until the answer comes. */
  ask: () => void;
  take: (window: RunsWindow) => void;
  /** Draws what is seen. */
  draw: () => void;
  columns: RunColumn[];
  zone: string;
  total: number;
  rowAt: (place: number) => RunRow | undefined;
  row: (id: string) => RunRow | undefined;
  /** The row with the keyboard's focus. */
  active: number;
  goTo: (place: number) => void;
  /** How many rows are seen at once. */
  readonly seen: number;
}

/** A table of any length: only rows that are seen are drawn, and only those are asked for. */
export function makeGrid(acts: RowActs, onSort: (column: RunColumn) => void): Grid {
  let turn = 0;
  let rows = new Map<number, RunRow>();
  let shownTurn = 0;
  const asked = new Set<number>();
  const head = el('tr', { 'aria-rowindex': 1 });
  const body = el('tbody');
  const widths = el('colgroup');
  const table = el('table', { role: 'grid', 'aria-label': 'Runs', 'aria-multiselectable': 'true' });
  table.append(widths, el('thead', {}, head), body);
  const element = el('div', { class: 'runs-scroll', 'data-scroll': true }, table);

  const grid: Grid = {
    element,
    columns: [],
    zone: '',
    total: 0,
    active: 0,
    ask() {
      turn++;
      asked.clear();
      askFor(firstSeen(), firstSeen() + grid.seen);
    },
    take(window) {
      if (window.turn !== turn) return;
      if (shownTurn !== turn) rows = new Map();
      shownTurn = turn;
      window.rows.forEach((row, at) => rows.set(window.offset + at, row));
      grid.total = window.total;
      grid.active = Math.max(0, Math.min(grid.active, window.total - 1));
      drawHead();
      grid.draw();
    },
    draw,
    rowAt: (place) => rows.get(place),
    row: (id) => [...rows.values()].find((row) => row.id === id),
    goTo(place) {
      grid.active = Math.max(0, Math.min(place, grid.total - 1));
      const [top, room] = [grid.active * height, element.clientHeight - 2 * height];
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top > element.scrollTop + room) element.scrollTop = top - room;
      draw();
      body.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
    },
    get seen() {
      return Math.max(10, Math.ceil(element.clientHeight / height));
    },
  };

  const firstSeen = () => Math.floor(element.scrollTop / height);

  function askFor(from: number, to: number): void {
    for (let at = from - (from % piece); at < Math.max(to, from + 1); at += piece) {
      if (asked.has(at)) continue;
      asked.add(at);
      say({
        type: 'window',
        turn,
        query: state.query,
        columns: grid.columns.map(({ id }) => id),
        offset: at,
        limit: piece,
      });
    }
  }

  function draw(): void {
    const hadFocus = body.contains(document.activeElement);
    const from = Math.max(0, firstSeen() - beyond);
    const to = Math.min(grid.total, firstSeen() + grid.seen + beyond);
    const span = grid.columns.length + 2;
    const drawn = Array.from({ length: Math.max(0, to - from) }, (_, at) => {
      const place = from + at;
      const row = rows.get(place);
      if (row === undefined) return drawWaiting(place, span, place === grid.active);
      const selected = state.selected.includes(row.id);
      return drawRow(row, { place, columns: grid.columns, selected, active: place === grid.active }, acts);
    });
    table.setAttribute('aria-rowcount', String(grid.total + 1));
    body.replaceChildren(space(from), ...drawn, space(grid.total - to));
    if (hadFocus) body.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus({ preventScroll: true });
    if (to > from) askFor(from, to);
  }

  function drawHead(): void {
    const kinds = ['tick', 'tick', ...grid.columns.map(kindOf)];
    widths.replaceChildren(...kinds.map((kind) => el('col', { class: `col-${kind}` })));
    head.replaceChildren(unseen('Selected'), unseen('Starred'), ...grid.columns.map(drawTitle));
  }

  function drawTitle(column: RunColumn): HTMLElement {
    const { sort } = state.query;
    const way = sort.column !== column.id ? 'none' : sort.descending ? 'descending' : 'ascending';
    const title = column.id === 'at' ? `Time (${grid.zone})` : column.title;
    const mark = el('span', { class: 'sort-mark', 'aria-hidden': 'true' });
    const button = el('button', { type: 'button', class: 'sort', 'data-sort': column.id, title }, title, mark);
    button.addEventListener('click', () => onSort(column));
    return el('th', { scope: 'col', 'aria-sort': way, class: column.number ? 'number' : null }, button);
  }

  let due = false;
  element.addEventListener('scroll', () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      state.top = firstSeen();
      draw();
    });
  });
  new ResizeObserver(draw).observe(element);
  return grid;
}

const kindOf = ({ id }: RunColumn): string => (figureOfColumn(id) === undefined ? id : 'figure');

const unseen = (text: string) => el('th', { scope: 'col' }, el('span', { class: 'unseen' }, text));

/** As high as the rows that are not drawn. Of no meaning to who listens. */
function space(rows: number): HTMLElement {
  const row = el('tr', { class: 'space', 'aria-hidden': 'true' });
  row.style.height = `${Math.max(0, rows) * height}px`;
  return row;
}
