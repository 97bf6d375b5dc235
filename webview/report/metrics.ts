import type { MetricView } from '../../src/report/view.js';
import { el } from '../shared/dom.js';
import { drawFigure } from './gates.js';

/** The other figures, each beside its baseline. */
export function drawMetrics(metrics: MetricView[], title: string): HTMLElement | null {
  if (metrics.length === 0) return null;
  const tiles = metrics.map(({ id, title: name, value, baseline, change, interval }) =>
    el(
      'div',
      { class: 'tile', 'data-metric': id },
      el('dt', {}, name),
      el('dd', { class: 'tile-value' }, drawFigure(value)),
      el('dd', { class: 'quiet small' }, 'baseline ', drawFigure(baseline), change ? ` · ${change}` : ''),
      interval ? el('dd', { class: 'quiet small' }, interval) : null,
    ),
  );
  return el(
    'section',
    { class: 'metrics', 'data-section': 'metrics', 'aria-labelledby': 'heading-metrics' },
    el('h2', { id: 'heading-metrics' }, title),
    el('dl', { class: 'tiles' }, ...tiles),
  );
}
