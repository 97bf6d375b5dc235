import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import type { SampleColumn, SampleTable } from '../../data/samples/sample-table.js';
import { withSampleTables } from '../../data/samples/open-samples.js';
import type { TableReading } from '../../data/said-table.js';
import type { DriftColumn, DriftReport, SchemaDifferences } from '../../documents/drift-report.js';
import { compareColumn, concludeColumns, type DriftSettings } from '../../drift/compare.js';
import { type Gaps, missingOf } from '../../drift/changes.js';
import { consensusOf } from '../../drift/consensus.js';
import { datasetOf } from '../../drift/dataset.js';
import { presentIn } from '../../drift/sample.js';
import { noValues } from '../../drift/column-result.js';
import {
  categorySamples,
  type ColumnPair,
  type Cut,
  isCountable,
  isNumeric,
  numericSamples,
  oneSample,
} from './read-samples.js';

export interface Comparison extends DriftSettings, TableReading {
  /** Table files. */
  reference: string;
  current: string;
  /** Only these columns; else all of the reference. */
  columns?: readonly string[];
  /** What each column is worth to the model, in any unit. */
  importance?: ReadonlyMap<string, number>;
  now: Date;
  signal?: AbortSignal;
}

type Tables = Record<'reference' | 'current', SampleTable>;

/**
 * Compares two table files column by column. What only one of them has, or they hold as different types, is a finding.
 * @throws InputError for a file that is no table, or a named column that neither has
 */
export async function compareTables(comparison: Comparison): Promise<DriftReport> {
  const { profile, format, nulls, decimal, encoding, sheet, say, signal } = comparison;
  const options = { format, nulls, decimal, encoding, sheet, say, signal, keepOrder: profile === 'nannyml' };
  return withSampleTables([comparison.reference, comparison.current], options, async ([reference, current]) => {
    const tables: Tables = { reference: reference!, current: current! };
    const names = namesOf(tables, comparison.columns);
    const found = new Map<string, DriftColumn>();
    for await (const column of compared(tables, names, comparison)) found.set(column.column, column);
    const columns = concludeColumns(
      names.flatMap((name) => found.get(name) ?? []),
      comparison,
    ).map((column) => withImportance(column, comparison.importance));
    const dataset = datasetOf(columns, profile);
    const { reason, ...answer } = dataset;
    const together = profile === 'default' && comparison.method === undefined ? consensusOf(columns) : undefined;
    return {
      kind: 'drift-report',
      schemaVersion: 1,
      createdAt: comparison.now.toISOString(),
      profile,
      reference: { name: reference!.name, rows: reference!.rows },
      current: { name: current!.name, rows: current!.rows },
      schema: schemaOf(tables, names),
      columns,
      dataset: { ...answer, ...(together === undefined ? {} : { consensus: together }) },
      reasons: reason === undefined ? {} : { [answer.share === null ? 'dataset.share' : 'dataset.drifted']: reason },
    };
  });
}

function namesOf({ reference, current }: Tables, asked: readonly string[] | undefined): string[] {
  const known = [...new Set([...reference.columns, ...current.columns].map(({ name }) => name))];
  if (asked === undefined || asked.length === 0) return known;
  for (const name of asked) {
    if (!known.includes(name))
      throw new InputError(
        `--columns: found "${name}", which neither ${reference.name} nor ${current.name} has; expected ${oneOf(name, known)}`,
      );
  }
  return [...new Set(asked)];
}

function columnOf(table: SampleTable, name: string): SampleColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

async function* compared(
  tables: Tables,
  names: readonly string[],
  comparison: Comparison,
): AsyncGenerator<DriftColumn> {
  const numeric: ColumnPair[] = [];
  const cut: Cut = { chunked: comparison.profile === 'nannyml', chunkSize: comparison.chunkSize };
  for (const name of names) {
    const [before, after] = [columnOf(tables.reference, name), columnOf(tables.current, name)];
    if (!before) continue;
    if (!after) yield finding(before, `${tables.current.name} has no such column`);
    else if (isNumeric(before) && isNumeric(after)) numeric.push({ before, after });
    else if (isCountable(before) && isCountable(after)) {
      const samples = await categorySamples(tables, { before, after }, cut);
      yield compareCounted(before, tables, samples, comparison);
    } else if (isComparable(before) && isComparable(after)) yield await mismatch(tables, { before, after });
    else {
      const compared = finding(isComparable(before) ? after : before, notCompared(before, after));
      yield { ...compared, ...(await missingIn(tables, { before, after })) };
    }
  }
  for await (const [{ before }, reference, current] of numericSamples(tables, numeric, cut))
    yield compareColumn(before.name, reference, current, comparison);
}

const isComparable = (column: SampleColumn): boolean => isNumeric(column) || isCountable(column);

function notCompared(before: SampleColumn, after: SampleColumn): string {
  const { type } = isComparable(before) ? after : before;
  return `values of type ${type} are not compared`;
}

/** Of columns whose values are not compared, how many are missing can still be told. */
async function missingIn(tables: Tables, { before, after }: ColumnPair): Promise<Partial<DriftColumn>> {
  const [reference, current] = await Promise.all([
    tables.reference.distinct(before.name),
    tables.current.distinct(after.name),
  ]);
  return missingOf(gaps(tables.reference, reference), gaps(tables.current, current));
}

const gaps = ({ rows }: SampleTable, { missing }: { missing: number }): Gaps => ({ missing, rows });

function compareCounted(
  column: SampleColumn,
  tables: Tables,
  [reference, current]: Awaited<ReturnType<typeof categorySamples>>,
  comparison: Comparison,
): DriftColumn {
  if (reference.kind === 'category' && current.kind === 'category')
    return compareColumn(column.name, reference, current, comparison);
  const distinct = [reference, current].map((sample) => (sample.kind === 'uncountable' ? sample.distinct : 0));
  const reason = `${Math.max(...distinct).toLocaleString('en-US')} different values are too many to be categories`;
  const missing = missingOf(gaps(tables.reference, reference), gaps(tables.current, current));
  return { ...finding(column, reason), type: 'text', ...missing };
}

/** One holds numbers and the other does not, unless one holds nothing at all. */
async function mismatch(tables: Tables, { before, after }: ColumnPair): Promise<DriftColumn> {
  const samples = [await oneSample(tables.reference, before), await oneSample(tables.current, after)];
  const empty = samples.some((sample) => sample.kind !== 'uncountable' && presentIn(sample) === 0);
  const missing = missingOf(gaps(tables.reference, samples[0]!), gaps(tables.current, samples[1]!));
  const compared = finding(before, empty ? noValues : `it holds ${before.type} in the reference and ${after.type} now`);
  return { ...compared, ...missing };
}

/** A column that could not be compared. */
function finding(column: SampleColumn, reason: string): DriftColumn {
  const type = isNumeric(column) ? 'numerical' : isCountable(column) ? 'categorical' : unsupported(column);
  const nothing = { statistic: null, p_value: null, threshold: null, drifted: null };
  return { column: column.name, type, method: 'none', ...nothing, histogram: null, reason };
}

function unsupported({ kind }: SampleColumn): DriftColumn['type'] {
  return kind === 'datetime' ? 'datetime' : 'unsupported';
}

function schemaOf({ reference, current }: Tables, names: readonly string[]): SchemaDifferences {
  const of = (table: SampleTable) => table.columns.filter(({ name }) => names.includes(name));
  const [before, after] = [of(reference), of(current)];
  const only = (these: SampleColumn[], those: SampleColumn[]) =>
    these.map(({ name }) => name).filter((name) => !those.some((other) => other.name === name));
  return {
    missing: only(before, after),
    extra: only(after, before),
    types: before.flatMap((column) => {
      const other = after.find(({ name }) => name === column.name);
      // Whole numbers become fractions wherever one value is missing: no difference to tell.
      const same = !other || column.kind === other.kind || (isNumeric(column) && isNumeric(other));
      return same ? [] : [{ column: column.name, reference: column.type, current: other.type }];
    }),
  };
}

/** The share of all importance; LightGBM writes blanks in names as underscores. */
function withImportance(column: DriftColumn, importance: ReadonlyMap<string, number> | undefined): DriftColumn {
  if (importance === undefined) return column;
  const total = [...importance.values()].reduce((sum, worth) => sum + worth, 0);
  const worth = importance.get(column.column) ?? importance.get(column.column.replaceAll(' ', '_')) ?? 0;
  return { ...column, importance: total > 0 ? worth / total : 0 };
}
