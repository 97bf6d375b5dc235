/** How a person has arranged a page, so that it stands the same after it was filled anew. */
export function keepPlace(root: HTMLElement): () => void {
  const focused = placeOf(document.activeElement);
  const opened = [...root.querySelectorAll('details[open] > summary[id]')].map(({ id }) => id);
  const ticked = [...root.querySelectorAll<HTMLInputElement>('[data-filter]:checked')].map(({ id }) => id);
  const tables = [...root.querySelectorAll<HTMLElement>('[data-table]')].map((table) => {
    const head = table.querySelector<HTMLElement>('th[aria-sort="ascending"], th[aria-sort="descending"]');
    return {
      name: table.dataset.table!,
      column: head?.querySelector<HTMLElement>('[data-sort]')?.dataset.sort,
      order: head?.getAttribute('aria-sort'),
      top: table.parentElement?.scrollTop ?? 0,
    };
  });
  return () => {
    for (const id of opened) root.querySelector(`#${CSS.escape(id)}`)?.parentElement?.setAttribute('open', '');
    for (const id of ticked) root.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.click();
    for (const { name, column, order, top } of tables) {
      const table = root.querySelector(`[data-table="${CSS.escape(name)}"]`);
      if (!table) continue;
      const button = column && table.querySelector<HTMLElement>(`[data-sort="${CSS.escape(column)}"]`);
      // A press sorts one way, another the other.
      for (let press = 0; button && press < 2 && button.parentElement?.getAttribute('aria-sort') !== order; press++)
        button.click();
      if (table.parentElement) table.parentElement.scrollTop = top;
    }
    if (focused) root.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  };
}

/** A selector of an element that finds it again once the page is drawn anew. */
export function placeOf(element: Element | null): string | undefined {
  if (!element || element === document.body) return undefined;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const named = [...element.attributes].filter(({ name }) => name.startsWith('data-'));
  return named.length === 0 ? undefined : named.map(({ name, value }) => `[${name}="${CSS.escape(value)}"]`).join('');
}
