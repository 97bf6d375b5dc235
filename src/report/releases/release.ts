import type { Incident, ReleaseDocument, Watched } from '../../documents/releases/release.js';
import { offered, quietActions } from '../actions.js';
import type { ChartBlock, PageView, TableBlock } from '../blocks/blocks.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { fact } from '../blocks/facts.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatMoment } from '../format/dates.js';
import { durationText } from '../format/units.js';
import type { Answer } from '../view.js';

/** A release: how it stands, the ramp of its traffic, past and planned, and what watches each step. */
export function releasePage(release: ReleaseDocument, context: PageContext): PageView {
  const { endpoint, from, to, strategy, phase, outcome, takenBack, cost, by, why, startedAt, seen, incident } = release;
  const stop =
    phase === 'ended' ? null : offered(context, { command: 'stopRelease', label: `Roll back to ${from ?? 'nothing'}` });
  return page(context, {
    about: 'release',
    title: `release · ${endpoint} ${to}`,
    answer: outcome === 'promoted' ? 'pass' : outcome === 'rolled-back' ? 'fail' : 'unknown',
    headline: headlineOf(release),
    summary: takenBack === undefined ? summaryOf(release) : `By ${takenBack.by}: ${takenBack.why}`,
    actions: [...(stop === null ? [] : [stop]), ...quietActions(context)],
    facts: [
      fact('Endpoint', endpoint),
      fact('From', from ?? 'nothing'),
      fact('To', to),
      fact('Strategy', strategy),
      fact('Asked for by', by),
      fact('Why', why, 120),
      { label: 'Began', text: `${formatMoment(startedAt)}, ${durationText(startedAt, context.now)} ago`, full: null },
      fact('Cost', cost, 120),
      ...(incident === null ? [] : [fact('Incident', incident, 120)]),
    ],
    blocks: [
      rampChart(release, context.now),
      watchedTable(seen?.watched ?? [], seen?.requests ?? 0),
      eventsTable(release.events),
    ],
  });
}

/** What happened when a version was taken back. */
export function incidentPage(incident: Incident, context: PageContext): PageView {
  const { endpoint, from, to, why, by, share, seconds, requests, watched, events, evidence } = incident;
  return page(context, {
    about: 'incident',
    title: `incident · ${endpoint} ${from}`,
    answer: 'fail',
    headline: `${from} was taken back; ${to ?? 'nothing'} serves ${endpoint}`,
    summary: `By ${by}: ${why}`,
    facts: [
      fact('Endpoint', endpoint),
      fact('Most of the traffic', percent(share)),
      fact('Lasted', `${seconds} s`),
      fact('When', formatMoment(incident.at)),
    ],
    blocks: [
      watchedTable(watched, requests),
      eventsTable(events),
      { type: 'text', id: 'evidence', title: 'Evidence', lines: evidence },
    ],
  });
}

function headlineOf({ endpoint, from, to, phase, outcome, steps, step }: ReleaseDocument): string {
  if (outcome === 'promoted') return `${to} serves ${endpoint}`;
  if (outcome === 'rolled-back') return `${to} was taken back; ${from ?? 'nothing'} serves ${endpoint}`;
  if (phase === 'rolling-back') return `${to} is being taken back`;
  return `${to} takes ${percent(steps[step]!)} of ${endpoint}`;
}

function summaryOf({ phase, seen, steps, step, bakeSeconds, since }: ReleaseDocument): string {
  if (phase === 'ended') return 'Every step passed.';
  const next = steps[step + 1];
  const on = next === undefined ? 'then it is the only version' : `then ${percent(next)}`;
  const watched = seen === undefined ? 'Nothing was seen of this step yet' : `${seen.requests} requests in this step`;
  return `${watched}; it is watched until ${formatMoment(new Date(Date.parse(since) + bakeSeconds * 1000).toISOString())}, ${on}.`;
}

/** Share of the traffic over minutes since the release began: past as it was, the rest as it is planned. */
function rampChart(release: ReleaseDocument, now: Date): ChartBlock {
  const { startedAt, events, steps, step, bakeSeconds, phase, endedAt } = release;
  const minute = (at: number) => Number(((at - Date.parse(startedAt)) / 60e3).toFixed(2));
  const end = endedAt === undefined ? now.getTime() : Date.parse(endedAt);
  const past = [...events.map(({ at, share }) => [minute(Date.parse(at)), 100 * share] as const)];
  const last = past.at(-1)?.[1] ?? 0;
  past.push([minute(end), last]);
  const rest =
    phase === 'ended'
      ? []
      : steps.slice(step).map((share, index) => [minute(end) + (index * bakeSeconds) / 60, 100 * share] as const);
  if (rest.length > 0) rest.push([rest.at(-1)![0] + bakeSeconds / 60, 100]);
  const series = (name: string, role: 'now' | 'baseline', points: readonly (readonly [number, number])[]) => ({
    ...{ name, role, draw: 'steps' as const },
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
  });
  return {
    ...{ type: 'chart', id: 'ramp', title: 'Traffic' },
    series: [
      series(`${release.to}, so far`, 'now', past),
      ...(rest.length > 0 ? [series('planned', 'baseline', rest)] : []),
    ],
    x: { title: 'Minutes since it began', min: 0 },
    y: { title: 'Traffic, %', min: 0, max: 100 },
    marks: phase === 'ended' ? [] : [{ x: minute(end), label: 'now' }],
    summary: `Share of the traffic: ${past.map(([, share]) => `${Math.round(share)} %`).join(', ')}`,
  };
}

const answers: Record<Watched['answer'], Answer> = { good: 'pass', bad: 'fail', unknown: 'inconclusive' };
const answerWords = { good: 'ok', bad: 'bad', unknown: 'not known yet' } as const;

function watchedTable(watched: readonly Watched[], requests: number): TableBlock {
  return {
    ...{ type: 'table', id: 'watched', title: 'What watches it' },
    columns: [
      { id: 'rule', title: 'Rule or alarm' },
      { id: 'answer', title: 'Says' },
      { id: 'value', title: 'Value', number: true },
      { id: 'limit', title: 'Taken back at', number: true },
      { id: 'baseline', title: 'Version before', number: true },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: watched.map(({ rule, answer, value, limit, baseline, why }, place) => ({
      id: String(place),
      answer: answers[answer],
      cells: [
        textCell(rule),
        { text: answerWords[answer], sort: answer, answer: answers[answer] },
        ...[value, limit, baseline].map((number) => (number === null ? textCell('–') : numberCell(number))),
        textCell(why, 200),
      ],
    })),
    note: `${requests} requests in the step that was watched last.`,
  };
}

function eventsTable(events: ReleaseDocument['events']): TableBlock {
  return {
    ...{ type: 'table', id: 'events', title: 'What happened' },
    columns: [
      { id: 'at', title: 'When' },
      { id: 'share', title: 'Traffic %', number: true },
      { id: 'text', title: 'What', wide: true },
    ],
    rows: events.map(({ at, share, text }, place) => ({
      id: String(place),
      cells: [
        { ...textCell(formatMoment(at)), sort: at },
        numberCell(100 * share, { decimals: 0 }),
        textCell(text, 300),
      ],
    })),
  };
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
