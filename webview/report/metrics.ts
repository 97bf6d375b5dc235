import type { MetricView } from '../../src/report/view.js';
import { el } from '../shared/dom.js';
import { drawFigure } from './gates.js';

export interface MetricsSection {
  element: HTMLElement | null;
  /** Shows those figures as a what-if; none: all as they were recorded. */
  show: (moved: readonly MetricView[]) => void;
}

/** The other figures, each beside its baseline. */
export function drawMetrics(metrics: MetricView[], title: string): MetricsSection {
  if (metrics.length === 0) return { element: null, show: () => undefined };
  const tiles = el('dl', { class: 'tiles' }, ...metrics.map((metric) => drawTile(metric)));
  const element = el(
    'section',
    { class: 'metrics', 'data-section': 'metrics', 'aria-labelledby': 'heading-metrics' },
    el('h2', { id: 'heading-metrics' }, title),
    tiles,
  );
  return {
    element,
    show: (moved) => {
      const byId = new Map(moved.map((metric) => [metric.id, metric]));
      tiles.replaceChildren(...metrics.map((metric) => drawTile(byId.get(metric.id) ?? metric, byId.has(metric.id))));
    },
  };
}

function drawTile({ id, title: name, value, baseline, change, interval }: MetricView, whatIf = false): HTMLElement {
  return el(
    'div',
    { class: 'tile', 'data-metric': id, 'data-what-if': whatIf },
    el('dt', {}, name),
    el('dd', { class: 'tile-value' }, drawFigure(value)),
    el('dd', { class: 'quiet small' }, 'baseline ', drawFigure(baseline), change ? ` · ${change}` : ''),
    interval ? el('dd', { class: 'quiet small' }, interval) : null,
  );
}
