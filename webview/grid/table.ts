import type { GridTable, GridView } from '../../src/documents/grid/grid.js';
import { el } from '../shared/dom.js';
import { makeBar } from './bar.js';
import { drawRows } from './body.js';
import { drawHead } from './head.js';
import { movedBy, type Place, rangeOf } from './keys.js';
import { columnsOf, rowHeight, seen } from './layout.js';
import type { Link } from './link.js';
import { makePopover } from './popover.js';
import { makeStore } from './store.js';
import { makeSurface } from './surface.js';
import { makeFilters } from './filters.js';

/** How a person left a table: comes back with it. */
export interface Left {
  view: GridView;
  top: number;
  scrolled: number;
  active: Place;
  /** Of its columns: it fits no other table. */
  names: string[];
}

interface Shown {
  name: string;
  table: GridTable;
  took?: number;
  left?: Left;
}

/** A table on the page: drawn anew, once a frame at most, whenever something about it changes. */
export function showTable(root: HTMLElement, link: Link, { name, table, took, left }: Shown) {
  const surface = makeSurface(table, name);
  const { scroller, stage } = surface;
  const over = el('div', { class: 'over' });
  let view: GridView = left?.view ?? { sort: null, filters: {} };
  let top = left?.top ?? 0;
  let active: Place = left?.active ?? { row: 0, column: 0 };
  let anchor = active;
  let due = false;
  let problem: string | undefined;
  let stale: string | undefined;
  const redraw = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  };
  const store = makeStore(link, redraw, (message) => (problem = message));
  const longest = new Map<number, number>();
  let places = columnsOf(table.columns, () => 0);
  const bar = makeBar({
    copy: () => copy(true),
    save: () => link.send({ type: 'save', view, columns: all }),
    clear: () => look({ sort: null, filters: {} }),
    again: () => link.send({ type: 'take', offer: 'again' }),
  });
  const all = table.columns.map((_, at) => at);
  const names = table.columns.map((column) => column.name);
  const popover = makePopover(over, () => stage.focus());
  const filters = makeFilters(surface.filters, table.columns, (typed) => look({ ...view, filters: typed }));

  const draw = () => {
    const total = store.total();
    const measured = surface.measure(total ?? table.total, places);
    top = Math.max(0, Math.min(top, measured.lastTop));
    const scrolled = measured.scrolledAt(top);
    if (Math.abs(scroller.scrollTop - scrolled) >= 1) scroller.scrollTop = scrolled;
    const columns = seen(places, scroller.scrollLeft, surface.bodyWidth());
    const first = Math.floor(top);
    const rows =
      problem === undefined ? Math.max(0, Math.min(surface.visibleRows(), (total ?? table.total) - first)) : 0;
    const range = rangeOf(anchor, active);
    surface.heads.replaceChildren(
      el('div', { class: 'gutter', role: 'columnheader', 'aria-label': 'Row', 'aria-colindex': 1 }),
      el(
        'div',
        { class: 'cells', role: 'presentation' },
        ...columns.map((at) =>
          placed(drawHead(table.columns[at]!, at, { view, head: store.head(at), actions: { sort, statistics } }), at),
        ),
      ),
    );
    filters.draw(columns, places, view.filters);
    surface.lines.replaceChildren(...drawRows(table, places, store, { top, rows, columns, active, range }));
    stage.setAttribute('aria-rowcount', String((total ?? table.total) + 2));
    stage.setAttribute(
      'aria-activedescendant',
      active.row < 0 ? `head-${active.column}` : `cell-${active.row}-${active.column}`,
    );
    surface.heads.querySelector(`#head-${active.column}`)?.classList.toggle('active', active.row < 0);
    const last = Math.min(first + Math.floor(surface.bodyHeight() / rowHeight), total ?? 0);
    const isChanged = view.sort !== null || Object.values(view.filters).some((typed) => typed.trim() !== '');
    bar.show({ first: first + 1, last, total, all: table.total, isChanged, took, isReading: problem === undefined });
    bar.note(problem ?? stale, problem === undefined && stale !== undefined);
    store.want(Math.max(0, first - 20), rows + 40, columns);
    if (total !== undefined) store.wantHeads(columns);
    fit(first, rows);
    link.remember({ view, top, scrolled: scroller.scrollLeft, active, names } satisfies Left);
  };
  const placed = (cell: HTMLElement, at: number) => {
    cell.style.left = `${places.lefts[at]}px`;
    cell.style.width = `${places.widths[at]}px`;
    cell.classList.toggle('sorted', view.sort?.column === at);
    return cell;
  };
  /** Columns are as wide as the first rows need; later rows move nothing. */
  const fit = (first: number, rows: number) => {
    const fresh = all.filter((at) => !longest.has(at) && store.row(first)?.cells.has(at));
    if (fresh.length === 0) return;
    for (const at of fresh)
      longest.set(
        at,
        Math.max(...Array.from({ length: rows }, (_, row) => store.row(first + row)?.cells.get(at)?.length ?? 0)),
      );
    places = columnsOf(table.columns, (at) => longest.get(at) ?? 0);
    redraw();
  };
  const look = (other: GridView) => {
    [view, problem, top] = [other, undefined, 0];
    active = anchor = { ...active, row: Math.min(active.row, 0) };
    store.look(view);
    redraw();
  };
  /** Up, down, as the table has them. */
  const sort = (column: number) => {
    const { sort: before } = view;
    const next =
      before?.column !== column
        ? { column, descending: false }
        : before.descending
          ? null
          : { column, descending: true };
    active = { row: active.row, column };
    look({ ...view, sort: next });
  };
  const statistics = (at: number) => {
    const column = table.columns[at]!;
    const beside = places.lefts[at]! - scroller.scrollLeft + surface.gutter;
    popover.wait(at, column, beside);
    link.ask({ ask: 'statistics', view, column: at }).then(
      (found) => popover.show(column, beside, found),
      (error: unknown) => popover.fail(at, column, beside, error instanceof Error ? error.message : String(error)),
    );
  };
  const copy = (named: boolean) => {
    const { top: from, bottom, left: first, right } = rangeOf(anchor, active);
    const columns = all.slice(first, right + 1);
    link.send({ type: 'copy', named, wish: { view, from, count: bottom - from + 1, columns } });
  };
  const goTo = (to: Place, extend: boolean) => {
    active = to;
    if (!extend) anchor = to;
    const whole = Math.floor(surface.bodyHeight() / rowHeight);
    if (to.row >= 0 && to.row < top) top = to.row;
    if (to.row >= top + whole - 1) top = to.row - whole + 1;
    // Before anything else scrolls, for whoever scrolls says where the rows stand.
    scroller.scrollTop = surface.measure(store.total() ?? table.total, places).scrolledAt(Math.max(0, top));
    const [from, width] = [places.lefts[to.column] ?? 0, places.widths[to.column] ?? 0];
    if (from < scroller.scrollLeft) scroller.scrollLeft = from;
    if (from + width > scroller.scrollLeft + surface.bodyWidth())
      scroller.scrollLeft = from + width - surface.bodyWidth();
    redraw();
  };
  stage.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement) return;
    const rows = store.total() ?? 0;
    const bounds = { rows, columns: all.length, page: Math.max(1, Math.floor(surface.bodyHeight() / rowHeight) - 1) };
    const far = event.ctrlKey || event.metaKey;
    const to = movedBy(event, active, bounds);
    if (to !== undefined) goTo(to, event.shiftKey);
    else if (far && event.key === 'c') copy(false);
    else if (far && event.key === 'a')
      [anchor, active] = [
        { row: 0, column: 0 },
        { row: rows - 1, column: all.length - 1 },
      ];
    else if (event.key === 'Enter' && active.row < 0) sort(active.column);
    else if (event.key === ' ' && active.row < 0) statistics(active.column);
    else return;
    event.preventDefault();
    redraw();
  });
  stage.addEventListener('mousedown', (event) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    if (cell === null) return;
    const { row, cell: column } = cell.dataset;
    if (column !== undefined) return goTo({ row: Number(row), column: Number(column) }, event.shiftKey);
    [anchor, active] = [
      { row: event.shiftKey ? anchor.row : Number(row), column: 0 },
      { row: Number(row), column: all.length - 1 },
    ];
    redraw();
  });
  scroller.addEventListener('scroll', () => {
    const measured = surface.measure(store.total() ?? table.total, places);
    if (Math.abs(measured.scrolledAt(top) - scroller.scrollTop) >= 1) top = measured.topAt(scroller.scrollTop);
    redraw();
  });
  // Where a pixel of the bar stands for several rows, a wheel still goes row by row.
  scroller.addEventListener(
    'wheel',
    (event) => {
      if (event.deltaY === 0 || event.shiftKey || !surface.measure(store.total() ?? table.total, places).isScaled)
        return;
      event.preventDefault();
      top += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / rowHeight;
      redraw();
    },
    { passive: false },
  );
  // Who comes back to the page by the keyboard comes to the cell that was left.
  window.onfocus = () => document.activeElement === document.body && stage.focus({ preventScroll: true });
  new ResizeObserver(redraw).observe(scroller);
  root.replaceChildren(bar.element, el('div', { class: 'board' }, scroller, over));
  store.look(view);
  if (left !== undefined) {
    surface.measure(table.total, places);
    scroller.scrollLeft = left.scrolled;
  }
  draw();
  stage.focus({ preventScroll: true });
  return {
    stale(text: string) {
      stale = text;
      redraw();
    },
  };
}
