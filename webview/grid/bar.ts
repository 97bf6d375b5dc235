import { el } from '../shared/dom.js';

/** The line above the grid: which rows are seen, what is under way, and what can be done with them. */
export function makeBar(actions: { copy: () => void; save: () => void; clear: () => void; again: () => void }) {
  const count = el('strong', { 'data-count': true });
  const of = el('span', { class: 'quiet', 'data-of': true });
  const busy = el('span', { class: 'quiet', role: 'status', 'data-busy': true });
  const note = el('span', { class: 'note', role: 'status', 'data-note': true });
  const action = (name: string, label: string, title: string, press: () => void) => {
    const button = el('button', { type: 'button', class: 'action', 'data-action': name, title }, label);
    button.addEventListener('click', press);
    return button;
  };
  const clear = action('clear', 'Clear', 'Show all rows as the table has them', actions.clear);
  const again = action('again', 'Run again', 'Run the query again', actions.again);
  again.hidden = clear.hidden = true;
  const element = el(
    'div',
    { class: 'bar' },
    ...[count, of, busy, note, again, el('span', { class: 'gap' }), clear],
    action('copy', 'Copy', 'Copy the selected cells with their names', actions.copy),
    action('save', 'Export…', 'Write the rows that are shown to a CSV or Parquet file', actions.save),
  );
  const number = (value: number) => value.toLocaleString('en-US');
  return {
    element,
    show(seen: {
      first: number;
      last: number;
      total: number | undefined;
      all: number;
      isChanged: boolean;
      took: number | undefined;
      isReading: boolean;
    }) {
      const { first, last, total, all, isChanged, took, isReading } = seen;
      count.textContent =
        total === undefined
          ? ''
          : total === 0
            ? 'no rows'
            : `rows ${number(first)}–${number(last)} of ${number(total)}`;
      const parts = [
        ...(total !== undefined && total !== all ? [`of ${number(all)}`] : []),
        ...(took === undefined ? [] : [`${(took / 1000).toFixed(2)} s`]),
      ];
      of.textContent = parts.join(' · ');
      clear.hidden = !isChanged;
      busy.textContent = total === undefined && isReading ? 'Reading …' : '';
    },
    /** Something that went wrong, or that has to be known; undefined: nothing any more. */
    note(text: string | undefined, isStale = false) {
      note.textContent = text === undefined ? '' : `⚠ ${text}`;
      again.hidden = !isStale;
    },
  };
}
