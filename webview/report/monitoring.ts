import type { Block } from '../../src/report/blocks/blocks.js';
import { isAbsent, type Part, type ReportView } from '../../src/report/view.js';
import { rocSummary } from '../../src/report/monitoring/roc.js';
import { card, el } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { drawBanner, drawOverride } from './banner.js';
import { drawBlock } from './blocks/block.js';
import { drawMovableChart } from './blocks/line-chart.js';
import { drawFacts } from './facts.js';
import { drawGates } from './gates.js';
import { drawMatrix } from './matrix.js';
import { drawMetrics } from './metrics.js';
import { drawPr } from './pr-chart.js';

/** A monitoring report, the answer first. */
export function drawMonitoring(view: ReportView, host: Host): HTMLElement[] {
  const gates = drawGates(view, host);
  const banner = drawBanner(view, host);
  const regression = view.matrix === null;
  const { element: metrics, show: showMetrics } = drawMetrics(view.metrics, regression ? 'Figures' : 'Other figures');
  const pr = drawPr(view);
  const roc = view.roc === null || isAbsent(view.roc) ? null : drawMovableChart(view.roc, host);
  // Rows of a slice are not swept over thresholds.
  const slicesNote = el('p', { class: 'quiet small' }, 'Slices stay as recorded, at the recorded threshold.');
  slicesNote.hidden = true;
  const matrix = drawMatrix(view, host, (at, back) => {
    banner.show(at?.whatIf ?? null, back);
    gates.show(at);
    showMetrics(at?.metrics ?? []);
    pr?.show(at?.points.pr ?? null, at !== null);
    roc?.show(at && { point: at.points.roc, summary: rocSummary(roc.series, 'What if', at.points.roc) });
    slicesNote.hidden = at === null;
  });
  const draw = (part: Part<Block>) => (part === null || isAbsent(part) ? null : drawBlock(part, host));
  const first = [matrix, pr?.element ?? null, draw(view.drift)].filter((part) => part !== null);
  const second = [roc && card('roc', roc.title, ...roc.elements), draw(view.calibration)].filter(
    (part) => part !== null,
  );
  const slices = draw(view.slices);
  slices?.append(slicesNote);
  // What is not recorded stands where there is room.
  const missing = drawNotRecorded(view);
  if (missing) (second.length > 0 ? second : first).push(missing);
  const cards = el('div', { class: 'cards', 'data-count': first.length }, ...first);
  const parts = [
    view.origin ? el('p', { class: 'origin quiet', 'data-origin': true }, view.origin) : null,
    banner.element,
    ...view.overrides.map((override) => drawOverride(override, host)),
    drawFacts(view.facts, view.actions, host),
    gates.element,
    regression ? metrics : null,
    cards,
    slices,
    second.length > 0 ? el('div', { class: 'splits' }, ...second) : null,
    regression ? null : metrics,
  ];
  return parts.filter((part) => part !== null);
}

/** What this document cannot show, said once instead of in empty cards. */
function drawNotRecorded({ matrix, sweep, pr, drift, roc, calibration }: ReportView): HTMLElement | null {
  const reasons = [matrix, sweep, pr, roc, calibration, drift].flatMap((part) =>
    part !== null && isAbsent(part) ? [part.absent] : [],
  );
  if (reasons.length === 0) return null;
  return card(
    'absent',
    'Not recorded',
    el('ul', { class: 'not-recorded' }, ...reasons.map((reason) => el('li', {}, reason))),
  );
}
