import type { Grid } from './grid.js';
import type { RowActs } from './row.js';

/** The table by keyboard: one stop for Tab, arrows from row to row, a letter for each thing that can be done. */
export function listenToKeys(grid: Grid, acts: RowActs & { compare: () => void }): void {
  grid.element.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    const onRow = target.closest('tr[aria-rowindex]');
    if (!onRow || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = grid.rowAt(grid.active);
    const deeds: Record<string, () => void> = {
      ArrowDown: () => grid.goTo(grid.active + 1),
      ArrowUp: () => grid.goTo(grid.active - 1),
      PageDown: () => grid.goTo(grid.active + grid.seen - 2),
      PageUp: () => grid.goTo(grid.active - grid.seen + 2),
      Home: () => grid.goTo(0),
      End: () => grid.goTo(grid.total - 1),
      ' ': () => row && acts.select(row.id),
      Enter: () => row && acts.open(row.id),
      s: () => row && acts.star(row.id, !row.starred),
      g: () => row?.cause && acts.place(row.id),
      c: acts.compare,
    };
    const deed = deeds[event.key] ?? deeds[event.key.toLowerCase()];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  });
  // A press anywhere on a row makes it the active one.
  grid.element.addEventListener('pointerdown', ({ target }) => {
    const row = (target as HTMLElement).closest<HTMLElement>('tr[data-run]');
    if (row) grid.active = Number(row.getAttribute('aria-rowindex')) - 2;
  });
}
