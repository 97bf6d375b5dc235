import { rateOfConfusion } from '../../../src/report/monitoring/rate-of-confusion.js';
import { confusionAt } from '../../../src/report/monitoring/threshold.js';
import type { SweepView } from '../../../src/report/matrix-block.js';
import { scaleFor } from '../../../src/report/blocks/scale.js';
import { el } from '../../shared/dom.js';
import { axes, drawChart, drawKey, lineOf, verticalMark, type Palette, type XyConfig } from '../charts/chart.js';

export interface SweepChart {
  element: HTMLElement;
  /** Moves the mark to a position of the sweep. */
  mark(position: number): void;
}

/** What each threshold would have found and what false alarms it would have cost. */
export function drawSweep(sweep: SweepView): SweepChart {
  let position = sweep.recorded;
  const summary = 'Recall and false positive rate at every threshold; both fall as the threshold rises.';
  const chart = drawChart(summary, (colours) => configure(sweep, colours, () => sweep.threshold[position]!));
  const key = drawKey([
    { role: 'baseline', draw: 'line', text: 'recall' },
    { role: 'current', draw: 'line', text: 'false positive rate' },
  ]);
  return {
    element: el('div', { class: 'sweep' }, key, chart.element),
    mark: (at) => {
      position = at;
      chart.refresh();
    },
  };
}

function configure(sweep: SweepView, colours: Palette, threshold: () => number): XyConfig {
  const type = scaleFor(sweep.threshold);
  const rate = (figure: 'recall' | 'fpr') =>
    sweep.threshold.flatMap((x, i) => {
      const { value } = rateOfConfusion(figure, confusionAt(sweep, i));
      return value === null || (type === 'logarithmic' && x <= 0) ? [] : [{ x, y: value }];
    });
  const stepped = 'before' as const;
  return {
    type: 'scatter',
    data: {
      datasets: [
        { ...lineOf('baseline', colours), stepped, data: rate('recall') },
        { ...lineOf('current', colours), stepped, data: rate('fpr') },
      ],
    },
    options: axes(
      colours,
      { title: type === 'logarithmic' ? 'threshold (log scale)' : 'threshold', type, ticks: 4 },
      { title: 'rate', type: 'linear', min: 0, max: 1, ticks: 3 },
    ),
    plugins: [
      verticalMark(
        () => ({ x: threshold(), label: '' }),
        () => colours.text,
      ),
    ],
  };
}
