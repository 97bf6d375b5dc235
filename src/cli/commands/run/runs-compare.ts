import type { Comparison } from '../../../report/comparison/compare.js';
import { comparisonTables } from '../../../report/comparison/page.js';
import type { TableBlock } from '../../../report/blocks/blocks.js';
import { apart, table } from '../../output.js';
import type { Lines } from '../../terminal.js';

/** Only what differs, as narrow as it can be: a line a difference. */
export function comparisonText(comparison: Comparison): Lines {
  const { a, b } = comparison;
  const parts = comparisonTables(comparison).flatMap((block) => {
    const rows = block.filter === undefined ? block.rows : block.rows.filter(({ marked }) => marked);
    return rows.length === 0 ? [] : [[block.title, lines({ ...block, rows })]];
  });
  const head = `A ${a.name}${a.verdict ? ` (${a.verdict})` : ''}  B ${b.name}${b.verdict ? ` (${b.verdict})` : ''}`;
  return parts.length === 0 ? [head, 'nothing differs'] : apart([head, ...parts]);
}

const widest = 36;

function lines({ columns, rows }: TableBlock): Lines {
  const shown = columns.map(({ id }) => id !== 'changed');
  const pick = <T>(all: readonly T[]) => all.filter((_, at) => shown[at]);
  const heads = pick(columns.map(({ title }) => title));
  const body = rows.map(({ cells }) =>
    pick(
      cells.map(({ text, full }) => ((full ?? text).length > widest ? `${text.slice(0, widest - 1)}…` : text).trim()),
    ),
  );
  return table(heads, body, pick(columns.map(({ title, number }) => (number ? title : ''))));
}
