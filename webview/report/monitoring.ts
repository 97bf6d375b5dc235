import { isAbsent, type ReportView } from '../../src/report/view.js';
import { card, el } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { drawBanner, drawOverride } from './banner.js';
import { drawDrift } from './drift.js';
import { drawFacts } from './facts.js';
import { drawGates } from './gates.js';
import { drawMatrix } from './matrix.js';
import { drawMetrics } from './metrics.js';
import { drawPr } from './pr-chart.js';

/** A monitoring report, the answer first. */
export function drawMonitoring(view: ReportView, host: Host): HTMLElement[] {
  const gates = drawGates(view, host);
  const matrix = drawMatrix(view, (at) => gates.show(at));
  const regression = view.matrix === null;
  const metrics = drawMetrics(view.metrics, regression ? 'Figures' : 'Other figures');
  const shown = [matrix, drawPr(view), drawDrift(view), drawNotRecorded(view)].filter((part) => part !== null);
  const cards = el('div', { class: 'cards', 'data-count': shown.length }, ...shown);
  const parts = [
    view.origin ? el('p', { class: 'origin quiet', 'data-origin': true }, view.origin) : null,
    drawBanner(view, host),
    ...view.overrides.map((override) => drawOverride(override, host)),
    drawFacts(view.facts, view.actions, host),
    gates.element,
    regression ? metrics : null,
    cards,
    regression ? null : metrics,
  ];
  return parts.filter((part) => part !== null);
}

/** What this document cannot show, said once instead of in empty cards. */
function drawNotRecorded({ matrix, sweep, pr, drift }: ReportView): HTMLElement | null {
  const reasons = [matrix, sweep, pr, drift].flatMap((part) => (part !== null && isAbsent(part) ? [part.absent] : []));
  if (reasons.length === 0) return null;
  return card(
    'absent',
    'Not recorded',
    el('ul', { class: 'not-recorded' }, ...reasons.map((reason) => el('li', {}, reason))),
  );
}
