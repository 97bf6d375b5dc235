import type { RiskMap } from '../../documents/map/risk-map.js';
import type { TableBlock, TableCell } from '../blocks/blocks.js';
import { textCell } from '../blocks/cells.js';
import { formatAge, formatMoment } from '../format/dates.js';

type Freshness = RiskMap['freshness'];
type Input = Freshness[string];
type State = 'late' | 'missing' | 'fresh' | 'unjudged';

function stateOf({ at, late_after_minutes: limit }: Input, now: Date): State {
  const minutes = at === null ? NaN : (now.getTime() - Date.parse(at)) / 60e3;
  if (Number.isNaN(minutes)) return 'missing';
  if (limit === undefined) return 'unjudged';
  return minutes > limit ? 'late' : 'fresh';
}

/** Inputs that are late or were never written. */
export function lateInputs(freshness: Freshness, now: Date): string[] {
  return Object.entries(freshness)
    .filter(([, input]) => ['late', 'missing'].includes(stateOf(input, now)))
    .map(([name]) => name);
}

const cells: Record<State, TableCell> = {
  late: { text: 'late', sort: 'late', answer: 'warn' },
  missing: { text: 'never written', sort: 'missing', answer: 'inconclusive' },
  fresh: { text: 'fresh', sort: 'fresh', answer: 'pass' },
  unjudged: { text: 'no limit', sort: 'unjudged', answer: 'unknown' },
};

/** When each input was last written, and whether that is long ago. */
export function freshnessTable(freshness: Freshness, now: Date, beside: boolean): TableBlock {
  const inputs = Object.entries(freshness);
  return {
    ...{ type: 'table', id: 'freshness', title: 'Data freshness', beside },
    columns: [
      { id: 'input', title: 'Input' },
      { id: 'state', title: 'State' },
      { id: 'at', title: 'Last written' },
      { id: 'age', title: 'Age' },
      { id: 'limit', title: 'Late after', number: true },
    ],
    rows: inputs.map(([name, input]) => ({
      id: name,
      cells: [
        textCell(name, 40),
        cells[stateOf(input, now)],
        input.at === null ? textCell(null) : { ...textCell(formatMoment(input.at)), sort: input.at },
        input.at === null ? textCell(null) : { ...textCell(formatAge(input.at, now) || 'ahead'), sort: input.at },
        input.late_after_minutes === undefined
          ? { text: '–', sort: null, reason: 'it has no limit' }
          : { text: `${input.late_after_minutes} min`, sort: input.late_after_minutes },
      ],
    })),
    ...(inputs.length === 0 && { note: 'Nothing is recorded of when its inputs were written.' }),
  };
}
