import type { GridColumn } from '../../src/documents/grid/grid.js';
import { el } from '../shared/dom.js';
import type { Columns } from './layout.js';

/** A pause in typing, after which the rows follow. */
const pauseMs = 400;

const hints = {
  number: '≥ 4, 1..5, empty',
  time: '2026-04, ≥ 2026-04-10',
  boolean: 'yes, no',
  text: 'part of it, = all of it',
};

/** The line of fields above the rows. A field that somebody types in stays the same while all around it is drawn anew. */
export function makeFilters(
  row: HTMLElement,
  columns: readonly GridColumn[],
  changed: (filters: Record<number, string>) => void,
) {
  const fields = new Map<number, HTMLInputElement>();
  const line = el('div', { class: 'cells', role: 'presentation' });
  row.append(el('div', { class: 'gutter', role: 'presentation' }), line);
  let typed: Record<number, string> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    changed({ ...typed });
  };
  const fieldOf = (at: number) => {
    const { name, kind } = columns[at]!;
    const field = el('input', {
      type: 'text',
      class: 'filter',
      'aria-label': `Filter ${name}`,
      title: hints[kind],
      'data-filter': name,
      spellcheck: 'false',
    });
    field.addEventListener('input', () => {
      typed[at] = field.value;
      clearTimeout(timer);
      timer = setTimeout(tell, pauseMs);
    });
    field.addEventListener('keydown', (event) => event.key === 'Enter' && tell());
    fields.set(at, field);
    return field;
  };
  return {
    draw(seen: readonly number[], places: Columns, filters: Record<number, string>) {
      if (timer === undefined) typed = { ...filters };
      const wanted = seen.map((at) => fields.get(at) ?? fieldOf(at));
      for (const [at, field] of fields) if (document.activeElement !== field) field.value = typed[at] ?? '';
      seen.forEach((at, place) => {
        const field = wanted[place]!;
        let cell = field.parentElement;
        cell ??= el('div', { class: 'cell', role: 'gridcell', 'aria-colindex': at + 2 }, field);
        cell.style.left = `${places.lefts[at]}px`;
        cell.style.width = `${places.widths[at]}px`;
        field.classList.toggle('set', (typed[at] ?? '').trim() !== '');
        if (cell.parentElement === null) line.append(cell);
      });
      for (const [at, field] of fields)
        if (!seen.includes(at) && document.activeElement !== field) field.parentElement?.remove();
    },
  };
}
