import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';

/** A column as a project is made from it. */
export interface TableColumn {
  name: string;
  kind: 'number' | 'text' | 'time' | 'other';
  /** Whether all its numbers are whole. */
  whole: boolean;
  /** A text of which some value is more than one word, or very long. */
  prose: boolean;
  /** Different values, nulls not among them. */
  distinct: number;
  nulls: number;
  /** Whether pandas wrote it as the index of the table. */
  isIndex?: true;
  median: number | null;
  /** The different values with their counts, most frequent first, when there are few. */
  values: { value: string; count: number }[];
}
export interface Table {
  rows: number;
  columns: TableColumn[];
}
export interface Asked {
  target: string;
  entity?: string;
  time?: string;
  /** The value of the target that counts as 1. */
  positive?: string;
  /** What to make of the target, where its values do not say it. */
  task?: string;
}

/** What each column is for. */
export interface Roles {
  target: TableColumn;
  task: 'binary' | 'multiclass' | 'regression';
  /** The target's value that counts as 1; undefined where it is 0 and 1 already, or a number to predict. */
  positive: string | undefined;
  /** undefined: rows have no name of their own and are numbered. */
  entity: TableColumn | undefined;
  time: TableColumn | undefined;
  numbers: TableColumn[];
  /** Texts of few values: one column a value. */
  categories: TableColumn[];
  leftOut: { name: string; why: string }[];
  /** What a person should look at before trusting what is learned. */
  warnings: string[];
}

const namesOnly = 'it names things, it measures nothing; if rows of one thing belong together: --entity';
/** Texts with more values than this are left to a person. */
const mostCategories = 12;

/** Decides what each column of a table is for. @throws InputError naming the column that cannot be what it was asked to be */
export function rolesOf(table: Table, asked: Asked): Roles {
  const target = named(table, asked.target, '--target');
  const { task, positive } = taskOf(target, asked, table.rows);
  const time = asked.time === undefined ? table.columns.find(isTime) : named(table, asked.time, '--time');
  const others = table.columns.filter((column) => column !== target && column !== time);
  const entity =
    asked.entity === undefined
      ? others.find((column) => namesRows(column, table.rows))
      : named(table, asked.entity, '--entity');
  const inputs = others.filter((column) => column !== entity);
  const roles: Roles = { target, task, positive, entity, time, numbers: [], categories: [], leftOut: [], warnings: [] };
  for (const column of inputs) {
    const why = isName(column, table.rows) ? namesOnly : whyLeftOut(column);
    if (why !== undefined) roles.leftOut.push({ name: column.name, why });
    else if (column.kind === 'number') roles.numbers.push(column);
    else roles.categories.push(column);
  }
  roles.warnings = warningsOf(roles, table.rows, asked);
  if (roles.numbers.length + roles.categories.length === 0) {
    throw new InputError(
      `found no column to learn from beside ${target.name}, expected numbers or texts of few values`,
    );
  }
  return roles;
}

function named({ columns }: Table, name: string, flag: string): TableColumn {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  throw new InputError(
    `${flag}: found no column "${name}", expected ${oneOf(
      name,
      columns.map((column) => column.name),
    )}`,
  );
}

/** Of more classes than this each has few rows, and a report of them is no longer read. */
const mostClasses = 50;
/** Whole numbers of more values count something, more often than they name it. */
const mostNumbers = 10;
/** A class that stands in fewer rows than this, on average, is rather a name or a remark. */
const rowsAClass = 5;

function taskOf(target: TableColumn, { positive, task }: Asked, rows: number): Pick<Roles, 'task' | 'positive'> {
  if (task !== undefined) checkTask(target, task);
  if (task === 'multiclass' || task === 'regression') {
    if (positive === undefined) return { task, positive: undefined };
    throw new InputError(`--positive: found "${positive}" beside --task ${task}, expected it for two classes only`);
  }
  const values = target.values.map(({ value }) => value);
  if (values.length === 2 && values.every((value) => value === 'true' || value === 'false')) {
    return { task: 'binary', positive: truthOf(target.name, positive) };
  }
  const isFlag = values.length === 2 && values.every((value) => ['0', '1', '0.0', '1.0'].includes(value));
  if (positive !== undefined) {
    if (!values.includes(positive))
      throw new InputError(`--positive: found "${positive}", expected a value of ${target.name}: ${values.join(', ')}`);
    return { task: 'binary', positive };
  }
  if (target.kind === 'number' && isFlag) return { task: 'binary', positive: undefined };
  // The rarer of two is what people look for.
  if (target.distinct === 2) return { task: 'binary', positive: values[1] };
  if (task === undefined && isClasses(target, rows)) return { task: 'multiclass', positive: undefined };
  if (task === undefined && target.kind === 'number' && target.distinct > 2)
    return { task: 'regression', positive: undefined };
  const found =
    target.distinct === 0
      ? 'no value'
      : target.distinct === 1
        ? 'one value only'
        : `${target.distinct} different values`;
  throw new InputError(
    `--target: found ${found} in column ${target.name}, expected classes (up to ${mostClasses}, of ${rowsAClass} rows or more each on average) or a number; to find one class among several: --positive VALUE`,
  );
}

/** Several words, or a few whole numbers, each of which stands in some rows. */
const isClasses = ({ kind, whole, distinct }: TableColumn, rows: number): boolean =>
  distinct > 2 &&
  distinct * rowsAClass <= rows &&
  (kind === 'text' ? distinct <= mostClasses : kind === 'number' && whole && distinct <= mostNumbers);

const tasks = ['binary', 'multiclass', 'regression'];

function checkTask(target: TableColumn, task: string): void {
  if (!tasks.includes(task)) throw new InputError(`--task: found "${task}", expected ${oneOf(task, tasks)}`);
  if (task === 'regression' && target.kind !== 'number')
    throw new InputError(`--task regression: found ${target.name}, which is no column of numbers, expected one`);
  if (task === 'multiclass' && (target.distinct < 2 || target.kind === 'time'))
    throw new InputError(
      `--task multiclass: found ${target.distinct} values in column ${target.name}, expected classes`,
    );
}

/** A table's yes and no are read as true and false, whatever they are written as; what is true counts, unless asked. */
function truthOf(column: string, positive = 'true'): string {
  if (/^(no?|f|false|0)$/i.test(positive)) return 'false';
  if (/^(y|yes|t|true|1)$/i.test(positive)) return 'true';
  throw new InputError(`--positive: found "${positive}", expected a value of ${column}: yes or no (true or false)`);
}

const isTime = ({ kind }: TableColumn): boolean => kind === 'time';

const namesThings = /(^|_)(id|nr|nbr|no|num|number|key|uid|uuid|code)$|^id(_|$)|[a-z](Id|ID|Nr|Key)$/;

/** A column that names rows: every value there, once, and neither a measurement nor a time. */
function namesRows({ kind, whole, distinct, nulls, name, prose }: TableColumn, rows: number): boolean {
  if (nulls > 0 || distinct !== rows || rows === 0) return false;
  // Of a remark, too, every one may be another.
  return (
    (kind === 'text' && (!prose || namesThings.test(name))) || (kind === 'number' && whole && namesThings.test(name))
  );
}

/** So many rows stand for anything on the test set, which has 15 % of a table. */
const fewestRows = 200;

function warningsOf({ entity, numbers, target }: Roles, rows: number, asked: Asked): string[] {
  const running = numbers.filter(({ whole, distinct, nulls }) => whole && nulls === 0 && distinct === rows && rows > 1);
  return [
    ...(entity !== undefined && asked.entity === undefined
      ? [
          `each row is taken to be another thing, named by ${entity.name}; if several rows are about one thing: --entity COLUMN`,
        ]
      : []),
    ...running.map(
      ({ name }) =>
        `${name} is another whole number in every row: if it numbers the rows or names them, take it out of features.sql and mlops.json`,
    ),
    ...(rows < fewestRows
      ? [`${rows} rows are few to learn ${target.name} from: about ${Math.floor(rows * 0.15)} are left to test on`]
      : []),
  ];
}

/** Numbers that name things, with nearly as many values as there are things, teach a model the rows by heart. */
function isName({ name, kind, whole, distinct }: TableColumn, rows: number): boolean {
  return kind === 'number' && whole && distinct > rows / 2 && namesThings.test(name);
}

function whyLeftOut({ name, kind, distinct, nulls, isIndex }: TableColumn): string | undefined {
  if (isIndex) return 'it is the index of the table, as pandas wrote it: it names rows, it measures nothing';
  if (name === '') return 'it has no name';
  if (distinct === 0) return 'it is empty';
  if (distinct === 1 && nulls === 0) return 'it always has the same value';
  if (kind === 'time') return 'it is a time; make a number of it';
  if (kind === 'other') return 'it is neither number nor text';
  if (kind === 'text' && distinct > mostCategories) return `it is text of ${distinct} values`;
  return undefined;
}
