import type { Answer } from '../../src/report/view.js';
import { svg } from './dom.js';

/** One shape an answer, so that it can be told without its colour. */
const shapes: Record<Answer, string[]> = {
  pass: ['M2.8 8.6 6.2 12 13.2 4.4'],
  fail: ['M3.5 3.5 12.5 12.5', 'M12.5 3.5 3.5 12.5'],
  warn: ['M8 2.2 14.2 13.4H1.8Z', 'M8 6.4V9.6', 'M8 11.4V11.6'],
  inconclusive: ['M5.2 5.6A2.9 2.9 0 1 1 8.9 8.3Q8 8.7 8 10', 'M8 12.6V12.8'],
  error: ['M8 1.8A6.2 6.2 0 1 1 7.99 1.8Z', 'M8 4.8V8.8', 'M8 11V11.2'],
  unknown: ['M3.5 8H12.5'],
};

/** Decorative: the word stands beside it. */
export function answerIcon(answer: Answer): SVGElement {
  const paths = shapes[answer].map((d) => svg('path', { d }));
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, ...paths);
}
