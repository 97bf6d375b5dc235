import type { MatrixBlock, SweepView } from '../../../src/report/matrix-block.js';
import type { WhatIf } from '../../../src/report/monitoring/what-if.js';
import { el, linkButton } from '../../shared/dom.js';
import { drawSweep } from './sweep-chart.js';

/** Shows what would hold at a position of the sweep, or (null) what is recorded, with the way back; answers what it shows. */
export type OnThreshold = (position: number | null, back: () => void) => WhatIf | null;

/** The threshold as a slider over the sweep: all that follows from it moves, nothing is saved. */
export function drawThreshold({ threshold }: MatrixBlock, sweep: SweepView, onThreshold: OnThreshold): HTMLElement[] {
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
  const back = linkButton(`Back to ${threshold.text}`, goBack, { 'data-action': 'reset-threshold' });
  function goBack(): void {
    move(sweep.recorded);
    slider.focus();
  }
  function move(position: number): void {
    say(onThreshold(position === sweep.recorded ? null : position, goBack));
    slider.value = String(position);
    chart.mark(position);
  }
  function say(at: WhatIf | null): void {
    slider.setAttribute('aria-valuetext', at?.threshold.text ?? `${threshold.text}, as recorded`);
    said.textContent = at?.summary ?? '';
    back.hidden = at === null;
  }
  slider.addEventListener('input', () => move(Number(slider.value)));
  say(null);
  return [
    el('div', { class: 'threshold' }, el('label', { for: 'threshold' }, 'Threshold'), back, slider, said),
    el('p', { class: 'quiet small' }, note),
    chart.element,
  ];
}
