import type { SampleColumn, SampleTable } from '../../data/samples/sample-table.js';
import { withSampleTables } from '../../data/samples/open-samples.js';
import type { TableReading } from '../../data/said-table.js';
import type { ProfiledColumn, TableProfile } from '../../documents/tables/table-profile.js';
import { suggestedConstraints } from '../../drift/profiling/constraints.js';
import { profiledCategories, profiledNumbers } from '../../drift/profiling/profiled-column.js';
import { isCountable, isNumeric, oneSample } from './read-samples.js';

export interface TableFile extends TableReading {
  data: string;
  now: Date;
  signal?: AbortSignal;
}

/** Statistics of every column of a table file, and constraints for the next one. One column at a time in memory. */
export async function profileTable({ data, now, ...reading }: TableFile): Promise<TableProfile> {
  return withSampleTables([data], reading, async ([table]) => {
    const columns: ProfiledColumn[] = [];
    for (const column of table!.columns) columns.push(await profiled(table!, column, now));
    return {
      kind: 'table-profile',
      schemaVersion: 1,
      createdAt: now.toISOString(),
      table: { name: table!.name, rows: table!.rows },
      columns,
      constraints: suggestedConstraints(columns),
    };
  });
}

async function profiled(table: SampleTable, column: SampleColumn, now: Date): Promise<ProfiledColumn> {
  const { name, kind: type } = column;
  if (!isNumeric(column) && !isCountable(column)) return profiledOther(table, column, now);
  const { order } = await table.ends(name);
  const named = { column: name, type, order };
  const sample = await oneSample(table, column);
  if (sample.kind === 'numeric') return profiledNumbers(named, sample);
  if (sample.kind === 'category') return profiledCategories(named, sample);
  return { ...uncounted(table, column, sample), order, reasons: { top: 'there are too many different values' } };
}

/** Dates, and what is neither number nor text. */
async function profiledOther(table: SampleTable, column: SampleColumn, now: Date): Promise<ProfiledColumn> {
  const base = uncounted(table, column, await table.distinct(column.name));
  if (column.kind !== 'datetime')
    return { ...base, reasons: { min: `values of type ${column.type} have no order here` } };
  const { min, max, order } = await table.ends(column.name);
  const latest = max === null ? NaN : timeOf(max);
  const age_days = Number.isNaN(latest) ? null : (now.getTime() - latest) / 86_400_000;
  return { ...base, order, min, max, age_days, reasons: age_days === null ? { age_days: 'there is no date' } : {} };
}

/** DuckDB's text of a date or a time in UTC, in milliseconds. */
function timeOf(text: string): number {
  const [day, time] = text.replace(/\+00$/, '').split(' ');
  return Date.parse(time === undefined ? day! : `${day}T${time}Z`);
}

function uncounted(
  table: SampleTable,
  { name, kind }: SampleColumn,
  { distinct, missing }: { distinct: number; missing: number },
): ProfiledColumn {
  const count = table.rows - missing;
  const null_pct = table.rows === 0 ? null : (100 * missing) / table.rows;
  const unique = count === 0 ? null : distinct === count;
  return { column: name, type: kind, count, missing, null_pct, distinct, unique, order: null, reasons: {} };
}
