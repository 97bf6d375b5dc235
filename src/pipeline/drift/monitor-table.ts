import type { SampleColumn, SampleTable } from '../../data/samples/sample-table.js';
import { withSampleTables } from '../../data/samples/open-samples.js';
import type { ModelMonitorConstraints } from '../../documents/model-monitor/constraints.js';
import type { ModelMonitorStatistics } from '../../documents/model-monitor/statistics.js';
import type { ModelMonitorViolations } from '../../documents/model-monitor/violations.js';
import {
  constraintsFile,
  constraintsOfColumn,
  type InferredType,
  type MonitoredColumn,
  monitoredColumn,
  statisticsFile,
  statisticsOfColumn,
} from '../../drift/model-monitor/baseline.js';
import { type CheckedColumn, constraintViolations } from '../../drift/model-monitor/check.js';
import type { TableFile } from './profile-table.js';
import { isCountable, isNumeric, oneSample } from './read-samples.js';

export interface MonitorBaseline {
  statistics: ModelMonitorStatistics;
  constraints: ModelMonitorConstraints;
}

/** What Model Monitor would say of a table file: its statistics, and the constraints it would suggest. */
export async function monitorBaseline({ data, ...reading }: TableFile): Promise<MonitorBaseline> {
  return withSampleTables([data], { ...reading, keepOrder: false }, async ([table]) => {
    const [statistics, constraints]: [
      MonitorBaseline['statistics']['features'],
      MonitorBaseline['constraints']['features'],
    ] = [[], []];
    for (const column of table!.columns) {
      const monitored = await monitoredOf(table!, column);
      statistics.push(statisticsOfColumn(monitored));
      constraints.push(constraintsOfColumn(monitored));
    }
    return { statistics: statisticsFile(table!.rows, statistics), constraints: constraintsFile(constraints) };
  });
}

/** Where a table file breaks Model Monitor's constraints, or has drifted from its baseline statistics. */
export async function monitorViolations(
  { data, ...reading }: TableFile,
  constraints: ModelMonitorConstraints,
  baseline?: ModelMonitorStatistics,
): Promise<ModelMonitorViolations> {
  const asWritten = wordColumns(constraints, baseline);
  return withSampleTables([data], { ...reading, keepOrder: false, asWritten }, async ([table]) => {
    const names = table!.columns.map(({ name }) => name);
    return {
      violations: await constraintViolations(constraints, names, checkedColumns(table!, constraints), baseline),
    };
  });
}

/** Columns that were words when the constraints were made. That this table's words look like numbers changes nothing. */
function wordColumns({ features }: ModelMonitorConstraints, baseline: ModelMonitorStatistics | undefined): string[] {
  const words = features.filter(
    ({ inferred_type, string_constraints }) => inferred_type === 'String' || string_constraints?.domains,
  );
  const counted = (baseline?.features ?? []).filter(({ inferred_type }) => inferred_type === 'String');
  return [...new Set([...words, ...counted].map(({ name }) => name))];
}

async function* checkedColumns(
  table: SampleTable,
  { features }: ModelMonitorConstraints,
): AsyncGenerator<CheckedColumn> {
  for (const column of table.columns) {
    if (!features.some(({ name }) => name === column.name)) continue;
    const monitored = await monitoredOf(table, column);
    yield { ...monitored, shareOf: (type) => shareOf(table, column, type) };
  }
}

async function monitoredOf(table: SampleTable, column: SampleColumn): Promise<MonitoredColumn> {
  const type: InferredType = column.kind === 'integer' ? 'Integral' : column.kind === 'float' ? 'Fractional' : 'String';
  if (isNumeric(column) || isCountable(column)) {
    const sample = await oneSample(table, column);
    if (sample.kind !== 'uncountable') return monitoredColumn(column.name, sample, type);
  }
  const { distinct, missing } = await table.distinct(column.name);
  return { name: column.name, type, present: table.rows - missing, missing, distinct };
}

/** In a delimited file a value has the type that it looks like, elsewhere that of its column. All are text. */
async function shareOf(table: SampleTable, column: SampleColumn, type: InferredType): Promise<number> {
  if (type === 'String') return 1;
  if (column.kind === 'integer') return 1;
  if (column.kind === 'float' && (type === 'Fractional' || !table.delimited)) return type === 'Fractional' ? 1 : 0;
  const { present, numbers, whole } = await table.numberLike(column.name);
  return (type === 'Integral' ? whole : numbers) / present;
}
