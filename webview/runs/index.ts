import './runs.css';
import type { RunColumn } from '../../src/report/runs/columns.js';
import type { RunsHead, RunsNews } from '../../src/report/runs/protocol.js';
import { el } from '../shared/dom.js';
import { keepState, onNews, say, state } from './editor.js';
import { makeGrid } from './grid.js';
import { drawHead } from './head.js';
import { listenToKeys } from './keys.js';
import { makeToolbar } from './toolbar.js';

const root = document.getElementById('root')!;
const news = document.getElementById('news')!;
let all: RunColumn[] = [];
let head: RunsHead | undefined;

const acts = {
  open: (id: string) => say({ type: 'open', id }),
  place: (id: string) => say({ type: 'place', id }),
  star: (id: string, on: boolean) => say({ type: 'star', id, on }),
  /** Two at most: a third takes the place of the first. */
  select(id: string) {
    const rest = state.selected.filter((one) => one !== id);
    state.selected = rest.length < state.selected.length ? rest : [...rest.slice(-1), id];
    keepState();
    tellSelected();
    grid.draw();
  },
  /** From the older to the newer. */
  compare: () => {
    const [a, b] = [...state.selected].sort();
    if (a !== undefined && b !== undefined) say({ type: 'compare', a, b });
  },
};
const grid = makeGrid(acts, ({ id, number }) => {
  const { sort } = state.query;
  const descending = sort.column === id ? !sort.descending : number || id === 'at';
  state.query = { ...state.query, sort: { column: id, descending } };
  changed();
});
const toolbar = makeToolbar({ changed, compare: acts.compare });
const top = el('div', { class: 'runs-head' });
const count = el('span', { role: 'status', 'data-count': true });
const keys = [
  ['Space', 'select'],
  ['C', 'compare'],
  ['S', 'star'],
  ['Enter', 'report'],
  ['G', 'cause'],
];
const help = keys.map(([key, what]) => el('span', {}, el('kbd', {}, key), ` ${what}`));
const foot = el('div', { class: 'runs-foot quiet small' }, count, el('span', { class: 'runs-keys' }, ...help));
listenToKeys(grid, acts);

/** What is shown is another choice: the table begins at its top. */
function changed(): void {
  grid.columns = chosen();
  grid.active = 0;
  grid.element.scrollTop = 0;
  keepState();
  grid.ask();
}

const chosen = () => all.filter(({ id, first }) => (state.columns === null ? first : state.columns.includes(id)));

function tellSelected(): void {
  toolbar.showSelected();
  const parts = [
    state.selected.length > 0 ? `${state.selected.length} selected` : '',
    `${grid.total.toLocaleString('en-US')} of ${(head?.all ?? 0).toLocaleString('en-US')} runs shown`,
    head && head.read < head.all ? `${head.read.toLocaleString('en-US')} read so far` : '',
  ];
  count.textContent = parts.filter(Boolean).join(' · ');
}

function begin(): void {
  root.replaceChildren(el('main', { class: 'runs' }, top, toolbar.element, grid.element, foot));
}

function hear(message: RunsNews): void {
  switch (message.type) {
    case 'head': {
      const first = head === undefined;
      if (first) begin();
      if (head !== undefined && head.headline !== message.head.headline) news.textContent = message.head.headline;
      head = message.head;
      if (state.place !== head.place) {
        if (state.place !== null) [state.selected, state.top] = [[], 0];
        state.place = head.place;
        keepState();
      }
      const focused = document.activeElement?.closest<HTMLElement>('[data-gate]')?.dataset.gate;
      top.replaceChildren(...drawHead(head));
      if (focused) top.querySelector<HTMLElement>(`[data-gate="${CSS.escape(focused)}"]`)?.focus();
      const columns = JSON.stringify(head.columns) !== JSON.stringify(all);
      if (columns) {
        all = head.columns;
        toolbar.showColumns(all);
      }
      [grid.columns, grid.zone] = [chosen(), head.zone];
      if (columns) grid.ask();
      return tellSelected();
    }
    case 'window': {
      const { total } = message.window;
      const restoring = grid.total === 0 && state.top > 0;
      toolbar.showCounts(message.window.counts);
      grid.take(message.window);
      if (restoring && total > state.top) grid.element.scrollTop = state.top * 28;
      return tellSelected();
    }
    case 'changed':
      return grid.ask();
    case 'failed':
      if (head === undefined)
        root.replaceChildren(el('main', {}, el('h1', {}, 'Runs cannot be read'), el('p', {}, message.reason)));
      else news.textContent = message.reason;
  }
}

onNews(hear);
addEventListener('pagehide', keepState);
say({ type: 'ready', zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
