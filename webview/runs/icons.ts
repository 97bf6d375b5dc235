import type { Outcome } from '../../src/report/runs/run-line.js';
import { answerIcon } from '../shared/icons.js';
import { svg } from '../shared/dom.js';

/** A verdict has the shape that it has everywhere; what is no verdict has another, so that a crash looks unlike a fail. */
const shapes: Record<Exclude<Outcome, Parameters<typeof answerIcon>[0]>, string> = {
  crashed: 'M9.2 1.8 3.6 9H7.4L6.4 14.2 12.4 6.6H8.4Z',
  interrupted: 'M5.5 3V13M10.5 3V13',
  cancelled: 'M8 1.8A6.2 6.2 0 1 1 7.99 1.8ZM3.7 3.7 12.3 12.3',
  running: 'M4.5 2.8 12.8 8 4.5 13.2Z',
  done: 'M3.5 8H12.5',
};

export function outcomeIcon(outcome: Outcome): SVGElement {
  return outcome in shapes ? drawn(shapes[outcome as keyof typeof shapes]) : answerIcon(outcome as 'pass');
}

export const starIcon = (): SVGElement =>
  drawn('M8 1.8 9.9 5.8 14.3 6.4 11.1 9.4 11.9 13.8 8 11.7 4.1 13.8 4.9 9.4 1.7 6.4 6.1 5.8Z');

function drawn(path: string): SVGElement {
  const attributes = { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' };
  return svg('svg', attributes, svg('path', { d: path }));
}
