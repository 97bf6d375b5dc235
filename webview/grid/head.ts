import type { GridColumn, GridHead, GridView } from '../../src/documents/grid/grid.js';
import { el, svg } from '../shared/dom.js';

/** What a column holds, in a word. */
export const kindWord = ({ kind, type, isPrivate }: GridColumn): string => {
  if (isPrivate) return 'private';
  if (kind === 'number') return type.includes('INT') ? 'whole' : 'decimal';
  if (kind === 'boolean') return 'yes / no';
  if (kind === 'time') return type === 'DATE' ? 'date' : 'time';
  return type === 'VARCHAR' ? 'text' : type.split('(')[0]!.toLowerCase();
};

export interface HeadActions {
  sort: (column: number) => void;
  statistics: (column: number) => void;
}

/** The head of a column: its name and order, its kind and what of it is empty, how its values are spread. */
export function drawHead(
  column: GridColumn,
  at: number,
  { view, head, actions }: { view: GridView; head: GridHead | undefined; actions: HeadActions },
): HTMLElement {
  const sorted = view.sort?.column === at ? (view.sort.descending ? 'descending' : 'ascending') : 'none';
  const empty = head?.nullShare ?? null;
  const cell = el(
    'div',
    {
      ...{ role: 'columnheader', id: `head-${at}`, class: `head kind-${column.kind}`, 'aria-colindex': at + 2 },
      ...{ 'aria-sort': sorted, 'data-column': column.name, title: `${column.name} · ${column.type}` },
      'aria-label': `${column.name}, ${kindWord(column)}${empty === null ? '' : `, ${shareText(empty)} empty`}`,
    },
    button('name', `Sort by ${column.name}`, () => actions.sort(at), [
      el('span', {}, column.name),
      el(
        'span',
        { class: 'order', 'aria-hidden': 'true' },
        sorted === 'none' ? '' : sorted === 'ascending' ? '↑' : '↓',
      ),
    ]),
    button('glance', `Statistics of ${column.name}`, () => actions.statistics(at), [
      el('span', { class: 'kind' }, kindWord(column)),
      emptyOf(empty),
      head === undefined ? el('span', { class: 'bars' }) : barsOf(head.bars, head.sampled),
    ]),
  );
  return cell;
}

/** Drawn, for not every font has the sign of the empty set. */
function emptyOf(share: number | null): HTMLElement {
  if (share === null) return el('span', { class: 'empty' });
  const sign = svg(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('path', { d: 'M8 2.5A5.5 5.5 0 1 1 7.99 2.5ZM12.5 2 3.5 14' }),
  );
  return el('span', { class: share > 0 ? 'empty some' : 'empty' }, sign, ` ${shareText(share)}`);
}

function button(name: string, label: string, onPress: () => void, children: Node[]): HTMLButtonElement {
  const made = el(
    'button',
    { type: 'button', class: name, tabindex: -1, 'data-action': name, 'aria-label': label },
    ...children,
  );
  made.addEventListener('click', onPress);
  return made;
}

function barsOf(bars: readonly number[], sampled: number | null): SVGElement {
  const width = 100 / Math.max(1, bars.length);
  const drawn = bars.map((share, at) => {
    const height = share === 0 ? 0 : Math.max(1, share * 18);
    return svg('rect', { x: at * width, y: 18 - height, width: width - 1, height });
  });
  const note = sampled === null ? null : svg('title', {}, `from ${sampled} rows of all parts of the table`);
  return svg(
    'svg',
    { class: 'bars', viewBox: '0 0 100 18', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    note,
    ...drawn,
  );
}

/** What is there at all is never told as nothing. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent === 0 || percent === 100 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}
