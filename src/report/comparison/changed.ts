import type { TableBlock, TableCell } from '../blocks/blocks.js';
import { numberCell, textCell, valueText } from '../blocks/cells.js';
import { commonDecimals } from '../format/numbers.js';
import type { Comparison, SettingChange } from './compare.js';

/** Something that was made other than before, and can explain what came out; an outcome explains nothing. */
export interface Cause {
  what: string;
  kind: 'gate' | 'setting' | 'rows' | 'outcome';
  a: TableCell;
  b: TableCell;
}

const order: Cause['kind'][] = ['gate', 'setting', 'rows', 'outcome'];
const words: Record<Cause['kind'], string> = {
  ...{ gate: 'limit of a gate', setting: 'setting', rows: 'rows', outcome: 'what came of it' },
};

/** What is not the same, causes before outcomes: limits of gates, settings, rows, then what came of them. */
export function causesOf({ gates, figures, settings }: Comparison): Cause[] {
  const limits = gates.flatMap(({ gate, a, b }): Cause[] => {
    const [left, right] = [a?.threshold ?? null, b?.threshold ?? null];
    if (left === right || a === null || b === null) return [];
    return [{ what: `limit of ${gate}`, kind: 'gate', ...numbers(left, right) }];
  });
  const counted = figures.flatMap(({ figure, a, b }): Cause[] => {
    const known = causesAmongFigures[figure];
    if (known === undefined || a === b) return [];
    return [{ ...known, ...numbers(a, b) }];
  });
  const all = [...limits, ...counted, ...settings.map(causeOfSetting)];
  return all.sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
}

/** Figures that are no result: where the model decides, and how many rows it decided on. */
const causesAmongFigures: Record<string, Pick<Cause, 'what' | 'kind'>> = {
  threshold: { what: 'decision threshold', kind: 'setting' },
  n: { what: 'rows judged', kind: 'rows' },
  positives: { what: 'positives among them', kind: 'rows' },
};

const outcome = /^(decision|status|chosen|stages|.* (stage|decision|decidedBy|verdict|status))$/;
const ofRows = /(^| )(input|window|data|baseline)( |$)/;

function causeOfSetting({ setting, a, b, removed, added }: SettingChange): Cause {
  const kind = outcome.test(setting) ? 'outcome' : ofRows.test(setting) ? 'rows' : 'setting';
  const what = setting.replaceAll('_', ' ');
  if (removed === undefined || added === undefined) return { what, kind, a: valueCell(a), b: valueCell(b) };
  return {
    ...{ what, kind },
    a: textCell(removed.length > 0 ? `without ${removed.join(', ')} in B` : 'nothing is gone', 120),
    b: textCell(added.length > 0 ? `and ${added.join(', ')}` : 'nothing is new', 120),
  };
}

function numbers(a: number | null, b: number | null): Pick<Cause, 'a' | 'b'> {
  const counts = [a, b].every((value) => value === null || Number.isInteger(value));
  const decimals = counts ? 0 : commonDecimals([a, b]);
  return { a: numberCell(a, { decimals }), b: numberCell(b, { decimals }) };
}

function valueCell(value: unknown): TableCell {
  return textCell(value === null || value === undefined ? null : valueText(value), 120);
}

/** The first thing that a person wants to know of two runs. */
export function causesTable(comparison: Comparison): TableBlock {
  return {
    type: 'table',
    id: 'settings',
    title: 'What changed',
    columns: [
      { id: 'setting', title: 'What' },
      { id: 'a', title: 'A', wide: true },
      { id: 'b', title: 'B', wide: true },
      { id: 'kind', title: 'Kind' },
    ],
    rows: causesOf(comparison).map(({ what, kind, a, b }) => ({
      id: what,
      marked: true,
      cells: [{ ...textCell(what, 60), strong: kind !== 'outcome' }, a, b, textCell(words[kind])],
    })),
  };
}
