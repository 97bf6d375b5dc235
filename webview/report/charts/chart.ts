import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartConfiguration,
  type Plugin,
  type ScaleOptionsByType,
} from 'chart.js';
import { formatNumber } from '../../../src/report/format/numbers.js';
import { el } from '../../shared/dom.js';
import { drawSample, isHollow, lineStyles, type LineRole } from './line-style.js';
import { timeText, timeTicks } from './time-axis.js';
import { colour, fontFamily, onThemeChange } from '../../shared/theme.js';

Chart.register(LineController, ScatterController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip);

export type XyConfig = ChartConfiguration<'scatter', { x: number; y: number }[]>;

/** The colours of a chart, read anew whenever the theme changes. */
export interface Palette {
  text: string;
  /** For what has to be read first. */
  strong: string;
  paper: string;
  grid: string;
  line: Record<LineRole, string>;
  font: string;
}

function palette(): Palette {
  return {
    text: colour('--quiet'),
    strong: colour('--text'),
    paper: colour('--paper'),
    grid: colour('--grid'),
    line: Object.fromEntries(
      Object.entries(lineStyles).map(([role, style]) => [role, colour(style.colour)]),
    ) as Palette['line'],
    font: fontFamily(),
  };
}

const drawn = new Set<() => void>();
onThemeChange(() => drawn.forEach((redraw) => redraw()));

/** Forgets the charts of a page that is drawn anew. */
export function forgetCharts(): void {
  drawn.clear();
}

export interface DrawnChart {
  element: HTMLElement;
  /** The chart in words, to stand under it. */
  words: HTMLElement;
  /** Draws what has changed: what `configure` says now, under new words where they changed too. */
  refresh(summary?: string): void;
}

/** A canvas with its chart; the canvas says in words what it shows. Nothing in it moves by itself. */
export function drawChart(summary: string, configure: (colours: Palette) => XyConfig): DrawnChart {
  const canvas = el('canvas', { role: 'img', 'aria-label': summary });
  const element = el('div', { class: 'chart' }, canvas);
  let chart: Chart<'scatter', { x: number; y: number }[]> | undefined;
  const redraw = () => {
    chart?.destroy();
    chart = new Chart(canvas, configure(palette()));
  };
  drawn.add(redraw);
  // The canvas has a size only once the page has taken it in.
  requestAnimationFrame(redraw);
  const words = el('p', { class: 'quiet small' }, summary);
  const refresh = (now = summary) => {
    words.textContent = now;
    canvas.setAttribute('aria-label', now);
    if (!chart) return;
    chart.data.datasets = configure(palette()).data.datasets;
    chart.update();
  };
  return { element, words, refresh };
}

/** What every chart of a report has in common. */
export function axes(colours: Palette, x: AxisWish, y: AxisWish): NonNullable<XyConfig['options']> {
  return {
    animation: false,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: { top: 4, right: 8 } },
    scales: { x: axis(colours, x), y: axis(colours, y) },
    plugins: { tooltip: { enabled: false } },
  };
}

export interface AxisWish {
  title: string;
  type: 'linear' | 'logarithmic' | 'time';
  min?: number;
  max?: number;
  ticks?: number;
}

function axis(colours: Palette, wish: AxisWish): ScaleOptionsByType<'linear'> & ScaleOptionsByType<'logarithmic'> {
  const font = { family: colours.font, size: 11 };
  const options = {
    type: wish.type === 'time' ? 'linear' : wish.type,
    ...(wish.type === 'time' && { afterBuildTicks: placeTimes(wish.ticks ?? 6) }),
    min: wish.min,
    max: wish.max,
    title: { display: wish.title !== '', text: wish.title, color: colours.text, font, padding: 2 },
    border: { color: colours.grid },
    grid: { color: colours.grid, drawTicks: false },
    ticks: {
      color: colours.text,
      font,
      padding: 4,
      maxTicksLimit: wish.ticks ?? 5,
      maxRotation: 0,
      callback: (value: number | string) => tickText(Number(value), wish.type),
    },
  };
  return options as unknown as ScaleOptionsByType<'linear'> & ScaleOptionsByType<'logarithmic'>;
}

function placeTimes(most: number) {
  return (scale: { min: number; max: number; ticks: { value: number }[] }) => {
    scale.ticks = timeTicks(scale.min, scale.max, most).map((value) => ({ value }));
  };
}

/** A logarithmic axis names its powers of ten only. */
function tickText(value: number, type: AxisWish['type']): string {
  if (type === 'time') return timeText(value);
  if (type === 'logarithmic' && Math.abs(Math.log10(value) % 1) > 1e-6) return '';
  return String(Number(formatNumber(value).replaceAll(',', '').replace('−', '-')));
}

/** A dashed line from top to bottom at a value of the x axis, with its name beside it. */
export function verticalMark(at: () => { x: number; label: string } | null, colourOf: () => string): Plugin<'scatter'> {
  return {
    id: 'vertical-mark',
    afterDatasetsDraw(chart) {
      const mark = at();
      if (!mark) return;
      const { ctx, chartArea } = chart;
      const x = Math.round(chart.scales.x!.getPixelForValue(mark.x)) + 0.5;
      if (x < chartArea.left - 1 || x > chartArea.right + 1) return;
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = colourOf();
      ctx.setLineDash([3, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.font = `11px ${fontFamily()}`;
      const right = x + 6 + ctx.measureText(mark.label).width < chartArea.right;
      ctx.textAlign = right ? 'left' : 'right';
      ctx.fillText(mark.label, right ? x + 4 : x - 4, chartArea.top + 9);
      ctx.restore();
    },
  };
}

/** The key under a chart's title: a line as it is drawn, and what it is. */
export function drawKey(entries: KeyEntry[]): HTMLElement {
  return el('ul', { class: 'keys' }, ...entries.map(drawEntry));
}

export interface KeyEntry {
  role: LineRole;
  draw: 'line' | 'points';
  text: string;
}

export function drawEntry({ role, draw, text }: KeyEntry): HTMLElement {
  return el('li', {}, drawSample(role, draw), text);
}

/** How a line of that role is drawn. */
export function lineOf(role: LineRole, colours: Palette) {
  const { dash, width } = lineStyles[role];
  return { showLine: true, pointRadius: 0, borderWidth: width, borderDash: dash, borderColor: colours.line[role] };
}

export function pointOf(role: LineRole, colours: Palette) {
  const colour = colours.line[role];
  return {
    pointRadius: role === 'now' ? 5 : 3.5,
    backgroundColor: isHollow(role) ? 'transparent' : colour,
    borderColor: colour,
  };
}
