import { InputError } from '../../common/errors.js';
import type { PartName } from '../../common/parts.js';
import type { SliceColumn } from '../../models/metrics/slices.js';
import { joinColumns, joinMatrices } from '../../models/table/join.js';
import type { Matrix } from '../../models/table/matrix.js';
import { inClasses, sortedClasses } from './classes.js';
import { featureGroupName } from '../../project/names.js';

/** Rows of one feature group, in the order of their record ids: the labelled ones, unless others were asked for. */
export interface Part {
  matrix: Matrix;
  /** NaN for a row without a label, where such rows were asked for. Of several classes: the place in `classes`. */
  target: Float64Array;
  /** Names of the classes of a multiclass project; not each need have a row. */
  classes?: string[];
  recordIds: string[];
  entities: string[];
  /** Records without a label: counted, never judged. */
  unlabelled: number;
  /** The columns that `monitor.slices` and rules tell rows apart by, or watch, as far as the group has them. */
  slices?: SliceColumn[];
  /** Names of those of them whose categories a rule watches. */
  categories?: string[];
  window: { from: string | null; to: string | null };
}

export const groupName: (project: string, part: PartName) => string = featureGroupName;

/** The rows of a part for which `keep` is true. */
export function filterPart(part: Part, keep: (row: number) => boolean): Part {
  const rows: number[] = [];
  for (let row = 0; row < part.target.length; row += 1) if (keep(row)) rows.push(row);
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    ...part,
    matrix: { ...part.matrix, rows: rows.length, values: part.matrix.values.map(pick) },
    target: pick(part.target),
    recordIds: rows.map((row) => part.recordIds[row]!),
    entities: rows.map((row) => part.entities[row]!),
    ...(part.slices === undefined ? {} : { slices: part.slices.map((column) => pickSlice(column, rows)) }),
  };
}

function pickSlice({ name, text, numbers }: SliceColumn, rows: number[]): SliceColumn {
  return {
    name,
    text: rows.map((row) => text[row]!),
    numbers: numbers === null ? null : Float64Array.from(rows, (row) => numbers[row]!),
  };
}

/** The rows that have a label; the others are counted. */
export function labelledRows(part: Part): Part {
  const labelled = filterPart(part, (row) => !Number.isNaN(part.target[row]!));
  return { ...labelled, unlabelled: part.target.length - labelled.target.length };
}

/** Several parts, one below the other. All have the same columns. */
export function joinParts(given: Part[]): Part {
  const classes = given[0]!.classes && sortedClasses(given.flatMap((part) => part.classes ?? []));
  const parts = classes === undefined ? given : given.map((part) => ({ ...part, ...inClasses(part, classes) }));
  const first = parts[0]!;
  return {
    ...first,
    matrix: joinMatrices(parts.map(({ matrix }) => matrix)),
    target: joinColumns(parts.map((part) => part.target)),
    recordIds: parts.flatMap((part) => part.recordIds),
    entities: parts.flatMap((part) => part.entities),
    unlabelled: parts.reduce((sum, part) => sum + part.unlabelled, 0),
    ...(first.slices === undefined ? {} : { slices: first.slices.map((column, at) => joinSlice(column, at, parts)) }),
  };
}

/** All parts come from groups of one build: the same slice columns in the same order. */
function joinSlice({ name }: SliceColumn, at: number, parts: Part[]): SliceColumn {
  const columns = parts.map((part) => part.slices![at]!);
  const numbers = columns.map((column) => column.numbers);
  const numeric = numbers.every((values) => values !== null);
  return {
    name,
    text: columns.flatMap(({ text }) => text),
    numbers: numeric ? Float64Array.from(numbers.flatMap((values) => Array.from(values))) : null,
  };
}

/**
 * The columns that a model sees, in its own order.
 * @throws InputError naming those that the feature group does not have, or no longer
 */
export function selectColumns(matrix: Matrix, columns: string[]): Matrix {
  const places = columns.map((column) => matrix.columns.indexOf(column));
  const absent = columns.filter((_, at) => places[at] === -1);
  if (absent.length > 0) {
    throw new InputError(
      `the feature group: found no column ${absent.join(', ')}, which the model looks at; ` +
        `expected it from features.sql, or a model without it`,
    );
  }
  const { categories } = matrix;
  return {
    ...matrix,
    columns,
    values: places.map((place) => matrix.values[place]!),
    ...(categories && {
      categories: Object.fromEntries(Object.entries(categories).filter(([name]) => columns.includes(name))),
    }),
  };
}
