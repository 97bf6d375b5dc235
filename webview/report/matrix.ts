import { atThreshold, type AtThreshold } from '../../src/report/monitoring/threshold.js';
import {
  isAbsent,
  type CellView,
  type Figure,
  type MatrixView,
  type ReportView,
  type SweepView,
} from '../../src/report/view.js';
import { card, el, linkButton } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { drawSweep } from './sweep-chart.js';

type OnMove = (at: AtThreshold | null, back: () => void) => void;

/**
 * The confusion matrix in words, with a threshold that can be moved: all that follows from it moves, nothing is saved.
 * `onMove` hears what would hold at the threshold, or null when it is back at the recorded one, and how to get back.
 */
export function drawMatrix(view: ReportView, host: Host, onMove: OnMove): HTMLElement | null {
  const { matrix, sweep } = view;
  if (matrix === null || isAbsent(matrix)) return null;
  const cells = el('div', { class: 'cells' });
  const drawRecorded = (cell: CellView) => drawCell(cell, matrix.opens && cell.count > 0 ? host : null);
  cells.append(...matrix.cells.map(drawRecorded));
  const section = card('matrix', titleOf(matrix.threshold), cells);
  if (sweep === null || isAbsent(sweep)) return section;
  const title = section.querySelector('h2');
  section.append(
    ...drawThreshold(view, matrix, sweep, (at, back) => {
      // Rows are those of the recorded threshold.
      cells.replaceChildren(...(at ? at.cells.map((cell) => drawCell(cell)) : matrix.cells.map(drawRecorded)));
      if (title) title.textContent = titleOf(at?.threshold ?? matrix.threshold);
      section.toggleAttribute('data-what-if', at !== null);
      onMove(at, back);
    }),
  );
  return section;
}

function titleOf({ value, text }: Figure): string {
  return value === null ? 'Confusion, threshold not recorded' : `Confusion at threshold ${text}`;
}

export function drawCell({ cell, text, label, detail, blamed }: CellView, host: Host | null = null): HTMLElement {
  const content = [
    el('strong', {}, text),
    el('span', {}, label),
    blamed ? el('span', { class: 'unseen' }, '(a failing gate counts these)') : null,
  ];
  const about = { class: 'cell', 'data-cell': cell, 'data-blamed': blamed, title: detail };
  if (!host) return el('div', about, ...content);
  const button = el('button', { type: 'button', ...about, title: `${detail}: show these rows` }, ...content);
  button.addEventListener('click', () => host.send({ type: 'command', command: 'showRows', argument: `cell:${cell}` }));
  return button;
}

function drawThreshold(view: ReportView, matrix: MatrixView, sweep: SweepView, onMove: OnMove): HTMLElement[] {
  const gates = view.gates !== null && !isAbsent(view.gates) ? view.gates : [];
  const chart = drawSweep(sweep);
  const slider = el('input', {
    type: 'range',
    id: 'threshold',
    min: 0,
    max: sweep.threshold.length - 1,
    step: 1,
    value: sweep.recorded,
    'aria-describedby': 'threshold-note',
  });
  const note = el(
    'span',
    { id: 'threshold-note' },
    'Moving it shows what would follow from another threshold; nothing is saved.',
  );
  const said = el('output', { for: 'threshold', class: 'unseen', 'aria-live': 'polite' });
  const back = linkButton(`Back to ${matrix.threshold.text}`, goBack, {
    'data-action': 'reset-threshold',
  });
  function goBack(): void {
    move(sweep.recorded, true);
  }
  function move(position: number, byButton = false): void {
    const recorded = position === sweep.recorded;
    const at = atThreshold(sweep, position, gates, view.metrics, view.soft);
    slider.value = String(position);
    slider.setAttribute('aria-valuetext', recorded ? `${matrix.threshold.text}, as recorded` : at.threshold.text);
    said.textContent = recorded ? '' : at.summary;
    back.hidden = recorded;
    chart.mark(position);
    onMove(recorded ? null : at, goBack);
    if (byButton) slider.focus();
  }
  slider.addEventListener('input', () => move(Number(slider.value)));
  move(sweep.recorded);
  return [
    el('div', { class: 'threshold' }, el('label', { for: 'threshold' }, 'Threshold'), back, slider, said),
    el('p', { class: 'quiet small' }, note),
    chart.element,
  ];
}
