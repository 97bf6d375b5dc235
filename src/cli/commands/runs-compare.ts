import type { Run } from '../../documents/run.js';
import { monitoringResultsSchema } from '../../documents/monitoring.js';
import type { Environment } from '../../platform/ports/environment.js';
import { comparableOf, withCommonStages, type Comparable } from '../../report/comparison/comparable.js';
import { compare, type Comparison } from '../../report/comparison/compare.js';
import { comparisonTables } from '../../report/comparison/page.js';
import type { TableBlock } from '../../report/blocks/blocks.js';
import { parseJson } from '../../pipeline/store.js';
import { apart, table } from '../output.js';
import type { Lines } from '../terminal.js';

/** Two runs side by side: their stages' figures, and the gates and columns that their monitor stages judged. */
export async function compareRuns(environment: Environment, a: Run, b: Run): Promise<Comparison> {
  const [left, right] = withCommonStages(a, b);
  return compare(await withResults(environment, a, left), await withResults(environment, b, right));
}

async function withResults({ objects }: Environment, run: Run, common: Run): Promise<Comparable> {
  const own = comparableOf(run.id, { kind: 'run', document: common })!;
  const stages = run.stages.map(({ name }) => name);
  const key = run.stages
    .flatMap(({ outputs }) => outputs)
    .find(({ uri }) => uri.endsWith('/monitoring_results.json'))?.uri;
  const bytes = key === undefined ? undefined : await objects.read(key);
  const results = bytes && monitoringResultsSchema.safeParse(parseJson(bytes, key!)).data;
  const judged = results && comparableOf(run.id, { kind: 'monitoring-results', document: results });
  return judged
    ? {
        ...own,
        gates: judged.gates,
        columns: judged.columns,
        settings: { ...own.settings, ...judged.settings, stages },
      }
    : { ...own, settings: { ...own.settings, stages } };
}

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
