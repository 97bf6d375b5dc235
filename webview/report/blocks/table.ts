import type { TableBlock, TableCell, TableColumn, TableRow } from '../../../src/report/blocks/blocks.js';
import { sorted, type Order } from '../../../src/report/blocks/sort.js';
import { drawSample } from '../charts/line-style.js';
import { el, linkButton } from '../../shared/dom.js';
import { answerIcon } from '../../shared/icons.js';
import type { Host } from '../../shared/host.js';
import { drawBar } from './bar.js';
import { ask } from '../context.js';
import { tableActions } from './csv.js';
import { drawOverlay } from './overlay.js';

/** So many rows are drawn at once; the CSV has all. */
const mostDrawn = 200;

/** Only what needs a person is marked; the rest stays quiet. */
const loud = new Set(['warn', 'fail', 'inconclusive', 'error']);

/** A table with its heads as buttons that sort, a switch that leaves what stands out, and its CSV. */
export function drawTable(
  block: TableBlock,
  host: Host,
  labelledBy: string,
): { element: HTMLElement; show: (block: TableBlock) => void } {
  const state: { order: Order | null; only: boolean; all: boolean } = { order: null, only: false, all: false };
  const heads = block.columns.map((column, at) => ({ ...drawHead(column, () => sortBy(at)), column }));
  const body = el('tbody');
  const count = el('span', { class: 'quiet small', role: 'status', 'data-count': true });
  const more = linkButton('Show all', () => {
    state.all = true;
    fill();
  });
  function sortBy(column: number): void {
    const { order } = state;
    const first = block.columns[column]?.number === true;
    const again = order?.column === column;
    state.order = { column, descending: again ? !order.descending : first };
    fill();
  }
  function fill(): void {
    const rows = state.only ? block.rows.filter(({ marked }) => marked) : block.rows;
    const ordered = state.order ? sorted(rows, state.order) : rows;
    const shown = state.all ? ordered : ordered.slice(0, mostDrawn);
    body.replaceChildren(...shown.map((row) => drawRow(block, row, host)));
    heads.forEach(({ cell }, at) => {
      const own = state.order?.column === at ? state.order : null;
      cell.setAttribute('aria-sort', own ? (own.descending ? 'descending' : 'ascending') : 'none');
    });
    more.hidden = shown.length === ordered.length;
    count.textContent =
      shown.length < ordered.length
        ? `${shown.length} of ${ordered.length} rows are shown `
        : state.only
          ? `${ordered.length} of ${block.rows.length} rows `
          : '';
  }
  fill();
  const table = el(
    'table',
    { 'data-table': block.id, 'aria-labelledby': labelledBy },
    el('thead', {}, el('tr', {}, ...heads.flatMap(({ cell, column }) => (column.hidden ? [] : [cell])))),
    body,
  );
  const note = el('p', { class: 'quiet small' });
  // Rows stay as they are, in the order that a person chose.
  const show = (now: TableBlock) => {
    note.textContent = now.note ?? '';
    note.hidden = !now.note;
  };
  show(block);
  const element = el(
    'div',
    { class: 'table-block', 'data-narrow': block.columns.length <= 4 && !block.columns.some(({ wide }) => wide) },
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': labelledBy }, table),
    el(
      'div',
      { class: 'table-foot' },
      block.filter !== undefined && block.rows.some(({ marked }) => marked !== true)
        ? drawFilter(block, (only) => {
            state.only = only;
            fill();
          })
        : null,
      count,
      more,
      tableActions(block, host),
    ),
    note,
  );
  return { element, show };
}

function drawFilter({ id, filter }: TableBlock, onChange: (only: boolean) => void): HTMLElement {
  const box = el('input', { type: 'checkbox', id: `filter-${id}`, 'data-filter': id });
  box.addEventListener('change', () => onChange(box.checked));
  return el('label', { class: 'filter', for: `filter-${id}` }, box, filter);
}

function drawHead({ id, title, number, key }: TableColumn, onSort: () => void): { cell: HTMLElement } {
  const mark = el('span', { class: 'sort-mark', 'aria-hidden': 'true' });
  const classes = [number ? 'number' : '', `col-${id.replace(/[^a-z0-9_-]/gi, '-')}`].filter(Boolean).join(' ');
  if (key) {
    const names = [drawSample('baseline', 'line'), key[0], ' ', drawSample('current', 'line'), key[1]];
    return { cell: el('th', { scope: 'col', class: classes }, ...names) };
  }
  if (title === '') return { cell: el('th', { scope: 'col', class: classes }, el('span', { class: 'unseen' }, id)) };
  const button = el('button', { type: 'button', class: 'sort', 'data-sort': id }, title, mark);
  button.addEventListener('click', onSort);
  return { cell: el('th', { scope: 'col', class: classes, 'aria-sort': 'none' }, button) };
}

function drawRow(block: TableBlock, row: TableRow, host: Host): HTMLElement {
  const name = Math.max(
    0,
    block.columns.findIndex(
      ({ id, number }) => id !== 'answer' && id !== 'status' && id !== 'level' && number !== true,
    ),
  );
  const cells = row.cells.flatMap((cell, at) => {
    const column = block.columns[at];
    if (column?.hidden) return [];
    const isName = at === name;
    const classes = [column?.number ? 'number' : '', column?.wide ? 'wide' : '', isName ? 'name' : '']
      .filter(Boolean)
      .join(' ');
    return el(
      isName ? 'th' : 'td',
      {
        class: classes || null,
        scope: isName ? 'row' : null,
        title: titleOf(cell),
        'data-cell-of': column?.id,
        'data-heat': cell.heat && heatStep(cell.heat.share),
        'data-right': cell.heat?.right,
      },
      isName &&
        row.answer &&
        loud.has(row.answer) &&
        !row.cells.some(({ answer }, i) => answer && !block.columns[i]?.hidden)
        ? drawMark(row)
        : null,
      isName && row.open
        ? linkButton(cell.text, () => ask(host, row.open!), {
            'data-rows': row.open.argument,
            'aria-label': row.open.command === 'openMember' ? `Open ${cell.text}` : `Rows of ${cell.text}`,
          })
        : drawCell(cell),
    );
  });
  return el(
    'tr',
    { 'data-row': row.id, 'data-status': row.answer, 'data-answer': row.answer, 'data-marked': row.marked },
    ...cells,
  );
}

/** Steps close together below, so that a small share of mistakes is seen beside a large share of hits. */
function heatStep(share: number): number {
  return [0, 0.05, 0.15, 0.3, 0.6].filter((above) => share > above).length;
}

function drawMark({ answer }: TableRow): HTMLElement {
  return el(
    'span',
    { class: 'answer-word', 'data-answer': answer },
    answerIcon(answer!),
    el('span', { class: 'unseen' }, answer),
  );
}

function titleOf({ reason, full }: TableCell): string | null {
  return reason ?? full ?? null;
}

function drawCell(cell: TableCell): Node | string {
  if (cell.overlay) return drawOverlay(cell.overlay);
  if (cell.bar) return drawBar(cell.bar);
  if (cell.answer) {
    const quiet = !loud.has(cell.answer) ? ' quiet-answer' : '';
    return el('span', { class: `answer-word${quiet}`, 'data-answer': cell.answer }, answerIcon(cell.answer), cell.text);
  }
  if (cell.reason) {
    return el('span', { class: 'missing' }, cell.text, el('span', { class: 'unseen' }, ` (${cell.reason})`));
  }
  const text = cell.strong ? el('strong', {}, cell.text) : cell.text;
  return cell.note ? el('div', {}, text, ' ', el('span', { class: 'cell-note' }, cell.note)) : text;
}
