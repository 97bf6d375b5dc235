import type { GateTrend } from '../../documents/gates/gate-trend.js';
import type { ChartBlock, PageView, TableBlock } from '../blocks/blocks.js';
import { answerCell, countCell, numberCell, textCell } from '../blocks/cells.js';
import { fact } from '../blocks/facts.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatMoment, formatWindow } from '../format/dates.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import { plural } from '../format/words.js';

type Point = GateTrend['points'][number];
type Gate = Point['gates'][number];

/** Every gate's figure over batches and runs, with its limit and its answer, each in a chart and a table. */
export function trendPage({ points, project, environment }: GateTrend, context: PageContext): PageView {
  const last = points.at(-1);
  const batches = points.filter(({ batch }) => batch !== null).length;
  const runs = points.length - batches;
  const ids = idsOf(points);
  return page(context, {
    about: 'gate-trend',
    title: 'gate trend',
    answer: last?.verdict ?? null,
    headline: last === undefined ? 'Nothing was judged yet' : `${nameOf(last)}: ${last.verdict}`,
    summary:
      last === undefined
        ? 'Run the pipeline, or judge a file.'
        : `${formatCount(batches)} ${plural(batches, 'batch', 'batches')} and ${formatCount(runs)} ${plural(runs, 'run')} over the production rows, oldest first.`,
    facts: [fact('Project', project), fact('Environment', environment)],
    blocks:
      points.length === 0 ? [] : [gatesOverTime(points, 'Batches and runs'), ...ids.map((id) => gateChart(id, points))],
  });
}

/** "march.csv", or "run of 2026-03-01 09:00 UTC". */
export const nameOf = ({ batch, at }: Point): string => batch?.name ?? `run of ${formatMoment(at)}`;

/** When its rows were; where that is not known, when they were judged. */
export const whenOf = ({ window, at }: Point): string =>
  window.to === null ? formatMoment(at) : formatWindow(window.from, window.to);

const idsOf = (points: readonly Point[]) => [...new Set(points.flatMap(({ gates }) => gates.map(({ id }) => id)))];

const gateIn = (point: Point, id: string): Gate | undefined => point.gates.find((gate) => gate.id === id);

/** A line a batch or run, a column a gate. */
export function gatesOverTime(points: readonly Point[], title: string): TableBlock {
  const ids = idsOf(points);
  return {
    type: 'table',
    ...{ id: 'points', title },
    columns: [
      { id: 'when', title: 'When' },
      { id: 'what', title: 'What' },
      { id: 'version', title: 'Version' },
      { id: 'n', title: 'n', number: true },
      { id: 'verdict', title: 'Verdict' },
      ...ids.map((id) => ({ id: `gate-${id}`, title: id })),
    ],
    rows: points.map((point, place) => ({
      id: String(place),
      marked: point.verdict !== 'pass',
      cells: [
        { ...textCell(whenOf(point)), sort: place },
        textCell(nameOf(point)),
        textCell(point.modelVersion),
        countCell(point.n),
        answerCell(point.verdict),
        ...ids.map((id) => {
          const gate = gateIn(point, id);
          return gate === undefined
            ? { text: '–', sort: null, reason: 'there was no such gate' }
            : { ...answerCell(gate.status, figureText(gate)), sort: gate.value, full: gate.message };
        }),
      ],
    })),
    filter: 'only what did not pass',
  };
}

const figureText = ({ value }: Gate): string => (value === null ? 'not judged' : formatNumber(value));

function gateChart(id: string, points: readonly Point[]): ChartBlock {
  const places = points.flatMap((point, place) => {
    const gate = gateIn(point, id);
    return gate === undefined ? [] : [{ point, place, gate }];
  });
  const x = places.map(({ place }) => place + 1);
  const { gate: newest } = places.at(-1)!;
  // One point makes no line.
  const isAlone = places.length === 1;
  const failed = places.filter(({ gate }) => gate.status === 'fail').length;
  return {
    type: 'chart',
    id: `trend-${id}`,
    title: id,
    series: [
      {
        name: 'limit',
        role: 'baseline',
        x,
        y: places.map(({ gate }) => gate.threshold),
        draw: isAlone ? 'points' : 'steps',
      },
      {
        name: 'figure',
        role: 'current',
        x,
        y: places.map(({ gate }) => gate.value),
        draw: isAlone ? 'points' : 'line',
      },
    ],
    x: { title: 'batch or run, oldest first', min: 1, max: Math.max(2, points.length) },
    y: { title: newest.metric },
    marks: [],
    summary: `${id} failed ${failed} of ${places.length} times; newest: ${newest.message}.`,
    table: {
      type: 'table',
      id: `trend-table-${id}`,
      title: id,
      columns: [
        { id: 'when', title: 'When' },
        { id: 'what', title: 'What' },
        { id: 'answer', title: 'Answer' },
        { id: 'figure', title: 'Figure', number: true },
        { id: 'limit', title: 'Limit', number: true },
        { id: 'metric', title: 'Of' },
        { id: 'why', title: 'Why', wide: true },
      ],
      rows: places.map(({ point, place, gate }) => ({
        id: String(place),
        cells: [
          { ...textCell(whenOf(point)), sort: place },
          textCell(nameOf(point)),
          answerCell(gate.status),
          numberCell(gate.value, { reason: gate.message }),
          numberCell(gate.threshold, { reason: 'it has no limit' }),
          textCell(gate.metric),
          textCell(gate.message, 200),
        ],
      })),
    },
  };
}
