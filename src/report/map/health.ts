import type { RiskMap } from '../../documents/map/risk-map.js';
import type { TableBlock, TableCell } from '../blocks/blocks.js';
import { textCell } from '../blocks/cells.js';
import { valueText } from '../format/units.js';

type Figure = NonNullable<RiskMap['health']>[number];

const states: Record<NonNullable<Figure['state']>, TableCell> = {
  good: { text: 'good', sort: 'good', answer: 'pass' },
  doubtful: { text: 'doubtful', sort: 'doubtful', answer: 'warn' },
  bad: { text: 'bad', sort: 'bad', answer: 'fail' },
  unknown: { text: 'not known', sort: 'unknown', answer: 'inconclusive' },
};

/** How the model and the service do, as the writer of the map says it. */
export function healthTable(health: readonly Figure[]): TableBlock {
  return {
    ...{ type: 'table', id: 'health', title: 'Model and service' },
    columns: [
      { id: 'figure', title: 'Figure' },
      { id: 'state', title: 'State' },
      { id: 'value', title: 'Value', number: true },
      { id: 'why', title: 'Why', wide: true },
    ],
    rows: health.map(({ name, value, unit, state = value === null ? 'unknown' : undefined, why }, place) => ({
      id: String(place),
      cells: [
        textCell(name),
        state === undefined ? { text: '', sort: null } : states[state],
        value === null
          ? { text: '–', sort: null, reason: why ?? 'not measured here' }
          : { text: valueText(value, unit), sort: value },
        why === undefined ? { text: '', sort: null } : textCell(why, 200),
      ],
    })),
  };
}
