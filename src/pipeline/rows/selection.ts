import { InputError } from '../../common/errors.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { readSlice } from '../../project/rules/slice.js';
import { parseMetric } from '../../report/format/figure-names.js';
import { countedCell } from '../../report/monitoring/matrix.js';
import { predictionColumn } from '../evaluating/class-drift.js';
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

/** How wrong a row's prediction is, in SQL; null without a label. */
export const wrongOf = (task: MonitoringResults['task']): string =>
  task === 'multiclass'
    ? 'CASE WHEN label <> predicted THEN score WHEN label = predicted THEN 1 - score END'
    : 'abs(label - score)';

const byWrongOf = ({ task }: MonitoringResults): string =>
  `${task === 'multiclass' ? 'label <> predicted DESC NULLS LAST, ' : ''}${wrongOf(task)} DESC NULLS LAST, record_id`;

/**
 * The rows behind `cell:fn`, `gate:ID`, `slice:NAME`, `column:NAME` or `record:ID` of some results.
 * @throws InputError for a selection that these results do not have
 */
export function rowsQuery(selection: string, results: MonitoringResults): RowsQuery {
  const byWrong = byWrongOf(results);
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

/** The cell of two classes, label and prediction, as a report names it. */
export const classCell = (label: string, predicted: string): string => JSON.stringify([label, predicted]);

function ofClassCell(cell: string, { classes = [] }: MonitoringResults): RowsQuery {
  const pair = pairOf(cell);
  if (pair === undefined || pair.some((name) => !classes.includes(name)))
    throw new InputError(
      `rows: found cell ${cell}, expected label and prediction, such as ${classCell(classes[0] ?? 'a', classes[1] ?? 'b')}`,
    );
  const [label, predicted] = pair;
  const said = label === predicted ? `${label}, found` : `${label}, predicted as ${predicted}`;
  return {
    title: `${said}, the ${label === predicted ? 'least certain' : 'most wrong'} first`,
    where: `label = ${literal(label)} AND predicted = ${literal(predicted)}`,
    order: `score ${label === predicted ? '' : 'DESC'}, record_id`,
  };
}

function pairOf(cell: string): [string, string] | undefined {
  try {
    const pair = JSON.parse(cell) as unknown;
    const [label, predicted] = Array.isArray(pair) ? (pair as unknown[]) : [];
    return typeof label === 'string' && typeof predicted === 'string' ? [label, predicted] : undefined;
  } catch {
    return undefined;
  }
}

/** What speaks against a figure of one class. */
function againstClass({ figure, class: name }: { figure: string; class: string }, order: string): RowsQuery {
  const own = literal(name);
  if (figure === 'recall')
    return {
      title: `${name}, not found, the most wrong first`,
      where: `label = ${own} AND predicted <> ${own}`,
      order,
    };
  if (figure === 'precision')
    return {
      title: `Wrongly predicted as ${name}, the most wrong first`,
      where: `label <> ${own} AND predicted = ${own}`,
      order,
    };
  return { title: `${name}, mistaken, the most wrong first`, where: `(label = ${own}) <> (predicted = ${own})`, order };
}

function ofCell(cell: string, results: MonitoringResults): RowsQuery {
  const { task } = results;
  if (task === 'multiclass') return ofClassCell(cell, results);
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
  const byWrong = byWrongOf(results);
  const { figure, class: ofClass, column, slice } = parseMetric(gate.metric);
  const deciding = gate.evidence?.columns?.[0]?.column;
  const named = column === '*' ? deciding : column;
  if (named != null) {
    if (figure === 'null_pct' || figure === 'null_rise') {
      return { title: `Rows where ${named} is missing`, where: `${columnSql(named, results)} IS NULL`, order: byWrong };
    }
    return ofColumn(named, results);
  }
  const wrong = { title: 'Wrong predictions, the most wrong first', where: 'label <> predicted', order: byWrong };
  const ofTask = {
    binary: () => cells[countedCell(figure) ?? ''] ?? wrong,
    multiclass: () => (ofClass === null ? wrong : againstClass({ figure, class: ofClass }, byWrong)),
    regression: () => ({ title: 'All rows, the most wrong first', where: labelled, order: byWrong }),
  };
  const base = ofTask[results.task]();
  if (slice === null) return base;
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
  const sql = columnSql(column, results);
  const fresh = drift.newCategories?.names ?? [];
  if (fresh.length > 0) {
    const where = `${sql}::VARCHAR IN (${fresh.map(literal).join(', ')})`;
    return { title: `Rows whose ${column} training never had`, where, order: byWrongOf(results) };
  }
  const distance = mean === null ? 'record_id' : `abs(TRY_CAST(${sql} AS DOUBLE) - ${mean}) DESC NULLS LAST, record_id`;
  return { title: `Rows whose ${column} lies farthest from its baseline`, where: 'true', order: distance };
}

/** Labels and predictions of several classes are columns of their own in the rows. */
function columnSql(column: string, { task, target, columns }: MonitoringResults): string {
  if (columns.some((one) => one.column === column && one.unscored)) return 'predicted';
  if (task !== 'multiclass') return sqlColumn(column);
  if (column === target) return 'label';
  return column === predictionColumn ? 'predicted' : sqlColumn(column);
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
