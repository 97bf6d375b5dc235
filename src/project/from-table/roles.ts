import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';

/** A column as a project is made from it. */
export interface TableColumn {
  name: string;
  /** What the table calls it, where the project calls it otherwise. */
  from?: string;
  kind: 'number' | 'text' | 'time' | 'other';
  /** Whether all its numbers are whole. */
  whole: boolean;
  /** A text of which some value is more than one word, or very long. */
  prose: boolean;
  /** Words that its texts have in the mean. */
  words?: number;
  /** Of a time: where half, 65 % and 80 % of the rows lie before. */
  cuts?: string[];
  /** Different values, nulls not among them. */
  distinct: number;
  nulls: number;
  /** Whether pandas wrote it as the index of the table. */
  isIndex?: true;
  median: number | null;
  /** Of numbers: the least and the largest. */
  range?: [least: number, most: number];
  /** The different values with their counts, most frequent first, when there are few. */
  values: { value: string; count: number }[];
}
export interface Table {
  rows: number;
  columns: TableColumn[];
  /** Columns of texts that can only be numbers with a decimal comma, where no column has a decimal point. */
  commas?: string[];
}
export interface Asked {
  target: string;
  entity?: string;
  time?: string;
  /** Columns to leave out. */
  without?: readonly string[];
  /** Days that the target looks ahead: as many lie between what is learned from and what comes after. */
  horizon?: number;
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
  /** Whether several rows are called alike by entity and time, so that each needs a number of its own. */
  repeats?: boolean;
  time: TableColumn | undefined;
  numbers: TableColumn[];
  /** Texts to learn from. */
  categories: TableColumn[];
  /** Dates to learn from. */
  dates: TableColumn[];
  /** Whether rows are divided by their time, so that what is judged came after what was learned from. */
  byTime: boolean;
  horizon: number;
  leftOut: { name: string; why: string }[];
  /** What a person should look at before trusting what is learned. */
  warnings: string[];
}

const namesOnly = 'it names things, it measures nothing; if rows of one thing belong together: --entity';
/** Texts of so many words in the mean are prose, which has to be turned into columns first. */
const fewestWords = 4;
/** So few different texts are categories, however long they are. */
const fewTexts = 30;

/** Decides what each column of a table is for. @throws InputError naming the column that cannot be what it was asked to be */
export function rolesOf(table: Table, asked: Asked): Roles {
  const target = named(table, asked.target, '--target');
  const { task, positive } = taskOf(target, asked, table.rows);
  const time = asked.time === undefined ? table.columns.find(datesRows) : named(table, asked.time, '--time');
  for (const name of asked.without ?? []) named(table, name, '--without');
  const others = table.columns.filter(
    (column) => column !== target && column !== time && !asked.without?.includes(column.name),
  );
  const entity =
    asked.entity === undefined
      ? others.find((column) => namesRows(column, table.rows))
      : named(table, asked.entity, '--entity');
  const inputs = others.filter((column) => column !== entity);
  const byTime = time?.cuts !== undefined && (entity === undefined || namesEach(entity, table.rows));
  const found = { target, task, positive, entity, time, byTime, horizon: asked.horizon ?? 0 };
  const roles: Roles = { ...found, numbers: [], categories: [], dates: [], leftOut: [], warnings: [] };
  for (const column of inputs) {
    const why = whyLeftOut(column) ?? whyNamed(column, table.rows);
    if (why !== undefined) roles.leftOut.push({ name: column.name, why });
    else if (column.kind === 'number') roles.numbers.push(column);
    else if (column.kind === 'time') roles.dates.push(column);
    else roles.categories.push(column);
  }
  roles.warnings = warningsOf(roles, table.rows, asked);
  if (roles.numbers.length + roles.categories.length + roles.dates.length === 0) {
    throw new InputError(
      `found no column to learn from beside ${target.name}, expected numbers, texts of few words or dates`,
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
  if (target.distinct === 2) return { task: 'binary', positive: affirmed(values) ?? values[1] };
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

/** Of two words that say yes and no the one that says yes; of others none. */
export function affirmed([one = '', other = '']: readonly string[]): string | undefined {
  if (says.yes.test(one) && says.no.test(other)) return one;
  return says.yes.test(other) && says.no.test(one) ? other : undefined;
}
const says = {
  yes: /^(y|yes|t|true|1|positive|label_1|ja|oui|s[ií])$/i,
  no: /^(n|no|f|false|0|negative|label_0|nein|non)$/i,
};

/** A table's yes and no are read as true and false, whatever they are written as; what is true counts, unless asked. */
function truthOf(column: string, positive = 'true'): string {
  if (/^(no?|f|false|0)$/i.test(positive)) return 'false';
  if (/^(y|yes|t|true|1)$/i.test(positive)) return 'true';
  throw new InputError(`--positive: found "${positive}", expected a value of ${column}: yes or no (true or false)`);
}

/** A date that a thing brings along, such as a birthday, is something to learn from; others say when the row came about. */
const ofThing =
  /birth|sign_?(ed)?_?up|since|start|begin|open|join|hire|regist|renovat|built|expir|due|valid|_until|end_?date/i;
const datesRows = ({ kind, name }: TableColumn): boolean => kind === 'time' && !ofThing.test(name);

/** Whether no two rows have the same. */
const namesEach = ({ distinct, nulls }: TableColumn, rows: number): boolean => nulls === 0 && distinct === rows;

const namesThings = /(^|_)(id|nr|nbr|no|num|number|key|uid|uuid|code)$|^id(_|$)|[a-z](Id|ID|Nr|Key)$/;

/** The classes of a column that has few, as labels are read: a whole number has no fraction, however it is stored. */
export const classNames = ({ kind, values }: TableColumn): string[] =>
  values.map(({ value }) => (kind === 'number' ? value.replace(/\.0+$/, '') : value));

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

function warningsOf({ entity, time, byTime, numbers, target }: Roles, rows: number, asked: Asked): string[] {
  const running = numbers.filter(({ whole, distinct, nulls }) => whole && nulls === 0 && distinct === rows && rows > 1);
  return [
    ...(entity !== undefined && asked.entity === undefined
      ? [
          `each row is taken to be another thing, named by ${entity.name}; if several rows are about one thing: --entity COLUMN`,
        ]
      : []),
    ...(byTime && asked.time === undefined
      ? [
          `${time!.name} is taken for the rows' own time: the newest are judged, never learned from; if it is not: --time COLUMN`,
        ]
      : []),
    ...(time !== undefined && !byTime
      ? [
          `rows are divided by ${entity?.name ?? 'chance'}, not by ${time.name}: it has too few times, or a thing has several rows`,
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

function whyNamed(column: TableColumn, rows: number): string | undefined {
  if (!isName(column, rows)) return undefined;
  return column.prose ? `it is text, another one in nearly every row: ${column.distinct} of ${rows}` : namesOnly;
}

/** Numbers and texts that name things, with nearly as many values as there are things, teach a model the rows by heart. */
function isName({ name, kind, whole, distinct }: TableColumn, rows: number): boolean {
  if (kind === 'text') return distinct > (namesThings.test(name) ? rows / 2 : 0.9 * rows) && distinct > fewTexts;
  return kind === 'number' && whole && distinct > rows / 2 && namesThings.test(name);
}

function whyLeftOut({ name, kind, distinct, nulls, isIndex, words }: TableColumn): string | undefined {
  if (isIndex) return 'it is the index of the table, as pandas wrote it: it names rows, it measures nothing';
  if (name === '') return 'it has no name';
  if (distinct === 0) return 'it is empty';
  if (distinct === 1 && nulls === 0) return 'it always has the same value';
  if (kind === 'other') return 'it is neither number nor text';
  if (kind === 'text' && distinct > fewTexts && (words ?? 1) >= fewestWords)
    return `it is text of ${words!.toFixed(0)} words in the mean; make columns of it that a model can learn from`;
  return undefined;
}
