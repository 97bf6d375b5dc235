import type { RunColumn } from '../../src/report/runs/columns.js';
import type { RunCounts, RunsQuery } from '../../src/report/runs/query.js';
import { outcomes } from '../../src/report/runs/run-line.js';
import { el, linkButton } from '../shared/dom.js';
import { pushButton } from '../toolkit.js';
import { state } from './editor.js';
import { outcomeIcon, starIcon } from './icons.js';

export interface Toolbar {
  element: HTMLElement;
  /** The choices with what each would leave. */
  showCounts: (counts: RunCounts) => void;
  showColumns: (all: RunColumn[]) => void;
  showSelected: () => void;
}

interface Acts {
  /** The query or the columns are other ones. */
  changed: () => void;
  compare: () => void;
}

/** How runs are found: words or figures, an outcome or the starred ones; which columns; and two of them side by side. */
export function makeToolbar({ changed, compare }: Acts): Toolbar {
  const hint = 'Filter, such as: recall < 0.7';
  const text = el('input', { type: 'search', id: 'filter', placeholder: hint, 'aria-label': 'Filter runs' });
  text.title = 'Words that a run holds, or a figure against a number; several apart by commas';
  text.value = state.query.text;
  text.addEventListener('input', () => {
    state.query = { ...state.query, text: text.value };
    changed();
  });
  const chips = el('div', { class: 'chips', role: 'group', 'aria-label': 'Show' });
  const list = el('div', { class: 'menu-list' });
  const menu = el('details', { class: 'menu' }, el('summary', { id: 'columns' }, 'Columns'), list);
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
  const both = pushButton('Compare', 'primary', compare);
  both.setAttribute('data-action', 'compare');
  const side = el('div', { class: 'toolbar-side' }, menu, both);

  const chip = (only: RunsQuery['only'], count: number) => {
    const button = el(
      'button',
      { type: 'button', class: 'choice', 'data-only': only, 'aria-pressed': String(state.query.only === only) },
      only === 'all' ? null : only === 'starred' ? starIcon() : outcomeIcon(only),
      only.charAt(0).toUpperCase() + only.slice(1),
      ' ',
      el('span', { class: 'quiet' }, count.toLocaleString('en-US')),
    );
    button.addEventListener('click', () => {
      state.query = { ...state.query, only };
      changed();
    });
    return button;
  };
  return {
    element: el('div', { class: 'toolbar' }, text, chips, side),
    showCounts(counts) {
      const focused = (document.activeElement as HTMLElement | null)?.dataset.only;
      const shown = (['all', ...outcomes, 'starred'] as const).filter(
        (only) => only === 'all' || only === 'starred' || only === state.query.only || counts[only] !== undefined,
      );
      chips.replaceChildren(...shown.map((only) => chip(only, counts[only] ?? 0)));
      if (focused !== undefined) chips.querySelector<HTMLElement>(`[data-only="${focused}"]`)?.focus();
    },
    showColumns(all) {
      const choose = (ids: string[] | null) => {
        state.columns = ids;
        changed();
      };
      const chosen = () => all.filter(({ id, first }) => (state.columns === null ? first : state.columns.includes(id)));
      const ticks = all.map(({ id, title }) => {
        const tick = el('input', { type: 'checkbox', 'data-column': id });
        tick.checked = chosen().some((column) => column.id === id);
        tick.addEventListener('change', () => {
          const ids = new Set(chosen().map((column) => column.id));
          if (tick.checked) ids.add(id);
          else ids.delete(id);
          choose([...ids]);
        });
        return el('label', {}, tick, title);
      });
      const reset = linkButton('As it was at first', () => {
        choose(null);
        this.showColumns(all);
      });
      list.replaceChildren(...ticks, reset);
    },
    showSelected() {
      const count = state.selected.length;
      both.textContent = count === 2 ? 'Compare 2' : 'Compare';
      both.toggleAttribute('disabled', count !== 2);
      both.title = count === 2 ? '' : 'Select two runs to compare them';
    },
  };
}
