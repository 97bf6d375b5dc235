import type { DashboardPart } from '../../documents/measured/dashboard.js';
import type { TableBlock } from '../blocks/blocks.js';
import { textCell } from '../blocks/cells.js';
import { stateAnswers, stateWords } from '../format/alarm-words.js';
import { durationText, valueText } from '../format/units.js';
import { capital } from '../format/words.js';

type Alarms = Extract<DashboardPart, { type: 'alarms' }>;

const order: Record<Alarms['alarms'][number]['state'], number> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };

/** Every alarm in a line, those that need somebody first. */
export function alarmsTable({ id, title, alarms, reason }: Alarms, now: Date): TableBlock {
  const sorted = [...alarms].sort((left, right) => order[left.state] - order[right.state]);
  return {
    ...{ type: 'table', id, title, filter: 'only what is not ok' },
    columns: [
      { id: 'state', title: 'State' },
      { id: 'alarm', title: 'Alarm' },
      { id: 'since', title: 'For' },
      { id: 'latest', title: 'Latest', number: true },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: sorted.map(({ name, state, since, reason: why, latest, unit }) => ({
      id: name,
      marked: state !== 'OK',
      cells: [
        { text: stateWords[state], sort: state, answer: stateAnswers[state] },
        textCell(name, 60),
        { ...textCell(since === '' ? null : durationText(since, now)), sort: since },
        latest === undefined
          ? { text: '–', sort: null, reason: 'nothing was measured' }
          : { text: valueText(latest, unit), sort: latest },
        textCell(why === '' ? null : capital(why), 300),
      ],
    })),
    ...(reason !== undefined ? { note: capital(reason) } : alarms.length === 0 ? { note: 'No alarm watches it.' } : {}),
  };
}
