import type { AlarmDocument } from '../../documents/alarm.js';
import { actionWords, periodWords, stateAnswers, stateWords, whenWords } from '../format/alarm-words.js';
import type { Block, PageView, TableBlock } from '../blocks/blocks.js';
import { formatAge, formatMoment } from '../format/dates.js';
import { fact } from '../blocks/facts.js';
import { textCell } from '../blocks/cells.js';
import { durationText, valueText } from '../format/units.js';
import { capital } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';
import { timeChart } from '../measured/time-chart.js';
import type { FactView } from '../view-parts.js';
import { nextSteps } from './alarm-next.js';
import { statesOver } from './alarm-states.js';

const ruleKinds = {
  expression: 'an expression over several metrics',
  band: 'a band around a metric',
  composite: 'other alarms',
} as const;

/** One alarm: its state and for how long, why, when it alarms, and every change before. */
export function alarmPage(alarm: AlarmDocument, context: PageContext): PageView {
  const { name, state, since, reason, latest, definition, rule } = alarm;
  const dimensions = Object.entries(definition?.dimensions ?? {}).map(([key, value]) => `${key} ${value}`);
  const lasted = durationText(since, context.now);
  return page(context, {
    about: 'alarm',
    title: `alarm · ${name}`,
    answer: stateAnswers[state],
    headline: `${capital(stateWords[state])}${lasted === '' ? '' : ` for ${lasted}`}`,
    summary: reason === '' ? 'No reason is recorded.' : capital(reason),
    facts: [
      fact('Alarm', name),
      fact('Environment', alarm.environment),
      { label: 'Alarms when', text: whenWords(alarm), full: null },
      ...(rule ? [{ label: 'Judges', text: `${ruleKinds[rule.kind]}; only its owner changes it`, full: null }] : []),
      ...[periodWords(alarm)].flatMap((text) => (text === null ? [] : [{ label: 'Judged over', text, full: null }])),
      ...(definition ? [fact('Metric', [definition.namespace, ...dimensions].join(' · '), 120)] : []),
      ...(definition ? [fact('A missing datapoint', missingWords[definition.missing] ?? definition.missing)] : []),
      ...(latest === undefined ? [] : [fact('Latest', valueText(latest, definition?.unit))]),
      ...[actionWords(alarm)].flatMap((text) => (text === null ? [] : [{ label: 'Tells', text, full: null }])),
      ...(alarm.watcher ? [watchedFact(alarm.watcher, context.now)] : []),
      { label: 'Since', text: since === '' ? 'not recorded' : formatMoment(since), full: null },
    ],
    blocks: [...nextBlock(alarm), ...chartOf(alarm), historyTable(alarm), ...doneTable(alarm)],
  });
}

const missingWords: Record<string, string> = {
  missing: 'counts as missing',
  ignore: 'leaves the state as it is',
  breaching: 'counts as breaching',
  notBreaching: 'counts as healthy',
};

function watchedFact({ at, lives }: NonNullable<AlarmDocument['watcher']>, now: Date): FactView {
  const age = at === null ? 'it has not looked yet' : `last look ${formatAge(at, now) || formatMoment(at)}`;
  return {
    label: 'Watched',
    text: lives ? `on this machine, ${age}` : `by nobody on this machine now; ${age}`,
    full: null,
  };
}

function nextBlock(alarm: AlarmDocument): Block[] {
  const lines = nextSteps(alarm);
  return lines.length === 0 ? [] : [{ type: 'text', id: 'next', title: 'What to do next', lines }];
}

/** What it judges over time, its limit, and its states as a band. */
function chartOf(alarm: AlarmDocument): Block[] {
  const { measured, definition } = alarm;
  if (measured === undefined) return [];
  const hours = Math.round((Date.parse(measured.to) - Date.parse(measured.from)) / 3600e3);
  const title = `${measured.lines[0]?.label ?? definition?.metric ?? 'What it judges'}, ${hours} hours`;
  return [timeChart({ ...measured, id: 'measured', title, states: statesOver(alarm, measured) })];
}

function doneTable({ done = [], history }: AlarmDocument): Block[] {
  if (done.length === 0) return [];
  return [
    {
      ...{ type: 'table', id: 'done', title: 'What its actions did', beside: history.length > 0 },
      columns: [
        { id: 'at', title: 'When' },
        { id: 'action', title: 'Action' },
        { id: 'for', title: 'For' },
        { id: 'ok', title: 'Came of it' },
        { id: 'said', title: 'Said', wide: true },
      ],
      rows: done.map(({ at, action, kind, to, ok, said }, place) => ({
        id: String(place),
        cells: [
          { ...textCell(formatMoment(at)), sort: at },
          { ...textCell(action, 40), ...(kind === null ? {} : { note: kind }) },
          textCell(stateWords[to]),
          { text: ok ? 'done' : 'failed', sort: String(ok), answer: ok ? 'pass' : 'fail' },
          textCell(said, 300),
        ],
      })),
    },
  ];
}

function historyTable({ history, more }: AlarmDocument): TableBlock {
  const notes = [
    history.length === 0 ? 'No change of state is recorded.' : '',
    more ? 'Older changes are left out.' : '',
  ].filter(Boolean);
  return {
    type: 'table',
    id: 'history',
    title: 'History',
    columns: [
      { id: 'at', title: 'When' },
      { id: 'to', title: 'Became' },
      { id: 'from', title: 'Was' },
      { id: 'lasted', title: 'Lasted' },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: history.map(({ at, from, to, reason }, place) => ({
      id: String(place),
      cells: [
        { ...textCell(formatMoment(at)), sort: at },
        { text: stateWords[to], sort: to, answer: stateAnswers[to] },
        textCell(stateWords[from]),
        lastedCell(at, history[place - 1]?.at),
        textCell(capital(reason), 400),
      ],
    })),
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };
}

/** Until the next change; the newest still lasts. */
function lastedCell(at: string, next: string | undefined) {
  if (next === undefined) return { text: 'until now', sort: null };
  const minutes = (Date.parse(next) - Date.parse(at)) / 60e3;
  return { text: durationText(at, new Date(next)), sort: Number.isFinite(minutes) ? minutes : null };
}
