import { InputError } from '../../common/errors.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { readSlice } from '../../project/rules/slice.js';
import { countedCell } from '../../report/monitoring/matrix.js';
import { featureName } from '../judging/monitored-rows.js';

/** Which rows, in SQL over the rows of a monitor run, and in words. */
export interface RowsQuery {
  title: string;
  where: string;
  /** Which come first. */
  order: string;
}

/** Figures of quality look at these rows; drift and nulls at all. */
const labelled = 'label IS NOT NULL';

const byWrong = 'abs(label - score) DESC NULLS LAST, record_id';

/**
 * The rows behind `cell:fn`, `gate:ID`, `slice:NAME`, `column:NAME` or `record:ID` of some results.
 * @throws InputError for a selection that these results do not have
 */
export function rowsQuery(selection: string, results: MonitoringResults): RowsQuery {
  const [kind, ...rest] = selection.split(':');
  const name = rest.join(':');
  switch (kind) {
    case 'cell':
      return ofCell(name, results);
    case 'gate':
      return ofGate(name, results);
    case 'slice':
      return { title: `Rows where ${name}`, where: `${labelled} AND ${sliceSql(name)}`, order: byWrong };
    case 'column':
      return ofColumn(name, results);
    case 'record':
      return { title: `Record ${name}`, where: `record_id = ${literal(name)}`, order: 'record_id' };
    default:
      throw new InputError(`rows: found "${selection}", expected cell:, gate:, slice:, column: or record: and a name`);
  }
}

const cells: Record<string, { title: string; where: string; order: string }> = {
  tp: {
    title: 'Found positives, the least certain first',
    where: 'label = 1 AND predicted = 1',
    order: 'score, record_id',
  },
  fn: {
    title: 'Missed positives, the most wrong first',
    where: 'label = 1 AND predicted = 0',
    order: 'score, record_id',
  },
  fp: {
    title: 'False alarms, the most wrong first',
    where: 'label = 0 AND predicted = 1',
    order: 'score DESC, record_id',
  },
  tn: {
    title: 'Left alone, the least certain first',
    where: 'label = 0 AND predicted = 0',
    order: 'score DESC, record_id',
  },
};

function ofCell(cell: string, { task }: MonitoringResults): RowsQuery {
  if (task !== 'binary') throw new InputError(`rows: found cell ${cell}, but a ${task} model has no such cells`);
  const query = cells[cell];
  if (!query) throw new InputError(`rows: found cell "${cell}", expected tp, fp, fn or tn`);
  return query;
}

function ofGate(id: string, results: MonitoringResults): RowsQuery {
  const gate = results.gates.find((one) => one.id === id);
  if (!gate) {
    const known = results.gates.map((one) => one.id).join(', ');
    throw new InputError(`rows: found gate "${id}", expected one of these results: ${known}`);
  }
  const [, figure = '', column, slice] = /^([^([]+)(?:\(([^)]*)\))?(?:\[(.*)\])?$/.exec(gate.metric.trim()) ?? [];
  const deciding = gate.evidence?.columns?.[0]?.column;
  const named = column === '*' ? deciding : column;
  if (named !== undefined) {
    if (figure === 'null_pct' || figure === 'null_rise') {
      return { title: `Rows where ${named} is missing`, where: `${sqlColumn(named)} IS NULL`, order: byWrong };
    }
    return ofColumn(named, results);
  }
  const base =
    results.task === 'binary'
      ? (cells[countedCell(figure.trim()) ?? ''] ?? {
          title: 'Wrong predictions, the most wrong first',
          where: 'label <> predicted',
          order: byWrong,
        })
      : { title: 'All rows, the most wrong first', where: labelled, order: byWrong };
  if (slice === undefined) return base;
  return { ...base, title: `${base.title}, where ${slice}`, where: `${base.where} AND ${sliceSql(slice)}` };
}

/** The rows whose value lies farthest from the baseline's mean. */
function ofColumn(column: string, results: MonitoringResults): RowsQuery {
  const drift = results.columns.find((one) => one.column === column);
  if (!drift)
    throw new InputError(
      `rows: found column "${column}", expected one of the ${results.columns.length} in these results`,
    );
  const { mean } = drift.baseline;
  const sql = sqlColumn(column);
  const fresh = drift.newCategories?.names ?? [];
  if (fresh.length > 0) {
    const where = `${sql}::VARCHAR IN (${fresh.map(literal).join(', ')})`;
    return { title: `Rows whose ${column} training never had`, where, order: byWrong };
  }
  const distance = mean === null ? 'record_id' : `abs(TRY_CAST(${sql} AS DOUBLE) - ${mean}) DESC NULLS LAST, record_id`;
  return { title: `Rows whose ${column} lies farthest from its baseline`, where: 'true', order: distance };
}

const sqlColumn = (name: string) => identifier(featureName(name));

/** A slice as results name it, in SQL. */
function sliceSql(name: string): string {
  const slice = readSlice(name);
  if (slice === undefined) {
    throw new InputError(`rows: found slice "${name}", expected COLUMN=VALUE, COLUMN=[FROM, TO) or COLUMN<NUMBER`);
  }
  const { column, is } = slice;
  const sql = sqlColumn(column);
  const asNumber = `TRY_CAST(${sql} AS DOUBLE)`;
  if (is === 'missing') return `(${sql} IS NULL OR ${sql}::VARCHAR = '')`;
  if ('value' in is) {
    const same = `${sql}::VARCHAR = ${literal(is.value)}`;
    // 1 and 1.0 are one value of a number column.
    return Number.isFinite(Number(is.value)) ? `(${same} OR ${asNumber} = ${Number(is.value)})` : `(${same})`;
  }
  const { from, to, closed } = is;
  const low = from === -Infinity ? [] : [`${asNumber} >= ${from}`];
  const high = to === Infinity ? [] : [`${asNumber} ${closed ? '<=' : '<'} ${to}`];
  return `(${[...low, ...high].join(' AND ')})`;
}
