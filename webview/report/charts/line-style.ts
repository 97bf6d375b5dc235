import type { ChartSeries } from '../../../src/report/blocks/blocks.js';
import { svg } from '../../shared/dom.js';

export type LineRole = ChartSeries['role'] | 'diagonal';

interface LineStyle {
  /** A variable of the style sheet. */
  colour: string;
  /** Lengths of line and gap in pixels; empty: a whole line. */
  dash: number[];
  width: number;
}

/** How each role is drawn: by the chart and by its key, so that they cannot differ. */
export const lineStyles: Record<LineRole, LineStyle> = {
  baseline: { colour: '--baseline', dash: [], width: 2 },
  current: { colour: '--current', dash: [5, 4], width: 2 },
  now: { colour: '--fail', dash: [], width: 2 },
  other: { colour: '--quiet', dash: [], width: 2 },
  'line-1': { colour: '--line-1', dash: [], width: 2 },
  'line-2': { colour: '--line-2', dash: [8, 3], width: 2 },
  'line-3': { colour: '--line-3', dash: [3, 3], width: 2 },
  'line-4': { colour: '--line-4', dash: [8, 3, 2, 3], width: 2 },
  'line-5': { colour: '--line-5', dash: [12, 4], width: 2 },
  'line-6': { colour: '--line-6', dash: [1, 3], width: 2 },
  limit: { colour: '--text', dash: [6, 3], width: 1.5 },
  diagonal: { colour: '--quiet', dash: [2, 4], width: 1 },
};

/** Whether a role's points are rings instead of dots. */
export const isHollow = (role: LineRole) => role === 'other';

/** A short line, or a point, as the chart draws that role. */
export function drawSample(role: LineRole, draw: 'line' | 'points'): SVGElement {
  const { colour, dash, width } = lineStyles[role];
  const stroke = `var(${colour})`;
  const about = { 'data-key': role, 'aria-hidden': 'true', class: 'key-sample', height: 10 };
  if (draw === 'points') {
    const fill = isHollow(role) ? 'none' : stroke;
    return svg('svg', { ...about, width: 10 }, svg('circle', { cx: 5, cy: 5, r: 4, stroke, fill }));
  }
  const line = {
    x1: 0,
    x2: 23,
    y1: 5,
    y2: 5,
    stroke,
    'stroke-width': width,
    'stroke-dasharray': dash.join(' ') || null,
  };
  return svg('svg', { ...about, width: 23 }, svg('line', line));
}
