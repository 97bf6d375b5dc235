import { InputError } from '../../common/errors.js';
import { withFreeNames } from './free-names.js';
import { predictedColumns, type AskedColumns, type PredictedColumns } from './predicted-columns.js';
import { classNames, rolesOf, type Asked, type Roles, type Table, type TableColumn } from './roles.js';
import { scaleOf, type ScoreScale } from './score-scale.js';

export interface AskedPredictions extends AskedColumns {
  /** From which score on a row is acted on, in the score's own numbers. */
  threshold?: number;
}

/** One thing that was decided, and what to say in a terminal where it is otherwise. */
export interface Understood {
  text: string;
  otherwise?: string;
}

/** What a table of predictions made elsewhere holds. */
export interface Predictions extends PredictedColumns {
  /** `numbers` with the scores among them; the predicted class is in none of the lists. */
  roles: Roles;
  scale: ScoreScale;
  threshold: number | undefined;
  /** Where the score is that of the predicted class: its column, and the class that counts as 1. */
  beside?: { column: TableColumn; positive: string };
  /** What was decided, a line each, for a person to check. */
  understood: Understood[];
}

type AskedTable = AskedPredictions & Pick<Asked, 'entity' | 'time' | 'positive' | 'task'> & { label: string };

/**
 * Decides what each column of a table of predictions is.
 * @throws InputError naming the option whose column is not there, or cannot be what it is said to be
 */
export function predictionsOf(table: Table, { label, threshold, task, ...asked }: AskedTable): Predictions {
  const plain = rolesOf(table, { ...asked, target: label, task: task ?? taskOf(table, label, asked) });
  const found = predictedColumns(table, plain, asked);
  const own = [found.score, found.class, ...(found.scores ?? []).map(({ column }) => column)];
  const scores = own.filter((column) => column !== undefined && column !== found.class) as TableColumn[];
  const others = (columns: TableColumn[]) => columns.filter((column) => !own.includes(column));
  const time = plain.time!;
  if (time.kind !== 'time') throw new InputError(`--time: found no times in column ${time.name}, expected dates`);
  if (plain.entity !== undefined && own.includes(plain.entity)) plain.entity = undefined;
  const { numbers, categories } = plain;
  // Every column that is read gets a free name, also one that a model would not learn from.
  const named = withFreeNames({
    ...plain,
    numbers: [...others(numbers), ...scores],
    categories: [...others(categories), ...(found.class ? [found.class] : [])],
  });
  const called = <Column extends TableColumn | undefined>(column: Column): Column =>
    [...named.numbers, ...named.categories].find(({ name, from = name }) => from === column?.name) as Column;
  const ofClass = called(found.class);
  const roles = { ...named, categories: named.categories.filter((column) => column !== ofClass) };
  const scale = found.score === undefined ? 'probability' : scaleOf(found.score);
  checkThreshold(threshold, roles.task);
  const predictions = {
    ...(found.score && { score: called(found.score) }),
    ...(ofClass && { class: ofClass }),
    ...(found.scores && { scores: found.scores.map(({ name, column }) => ({ name, column: called(column) })) }),
    ...{ roles, scale: roles.task === 'binary' ? scale : 'probability', threshold },
  } as const;
  const renamed = named.warnings.slice(plain.warnings.length).map((text) => ({ text }));
  return { ...predictions, understood: [...understoodOf(predictions, label), ...renamed] };
}

/** Where only a predicted class is there, two classes are judged as several are. */
const taskOf = ({ columns }: Table, label: string, { score, class: ofClass }: AskedColumns): string | undefined => {
  const target = columns.find(({ name }) => name === label);
  return score === undefined && ofClass !== undefined && target?.distinct === 2 ? 'multiclass' : undefined;
};

function checkThreshold(threshold: number | undefined, task: Roles['task']): void {
  if (threshold !== undefined && task !== 'binary')
    throw new InputError(`--threshold: found ${threshold}, expected none: the task is ${task}`);
}

function understoodOf(predictions: Omit<Predictions, 'understood'>, label: string): Understood[] {
  const { roles, score, scores = [], class: ofClass, scale, threshold } = predictions;
  const { task, target } = roles;
  const from = (column: TableColumn) => column.from ?? column.name;
  return [
    targetText(label, task, roles.positive, target),
    ...(ofClass ? [{ text: `${from(ofClass)} is the predicted class` }] : []),
    ...scores.map(({ name, column }) => ({ text: `${from(column)} is the score of "${name}"` })),
    ...(score ? [scoreText(from(score), { task, scale, threshold })] : []),
    ...roles.leftOut.map(({ name, why }) => ({ text: `leaves out ${name === '' ? 'a column' : name}: ${why}` })),
  ];
}

function targetText(label: string, task: Roles['task'], positive: string | undefined, target: TableColumn): Understood {
  if (task === 'regression') return { text: `${label} is a number` };
  if (task === 'binary')
    return positive === undefined
      ? { text: `${label} is yes or no` }
      : { text: `${label} is yes or no: "${positive}" counts as 1`, otherwise: 'if it is the other: --positive VALUE' };
  const names = classNames(target).join(', ');
  return { text: `${label} is one of ${target.distinct} classes${names === '' ? '' : `: ${names}`}` };
}

function scoreText(
  name: string,
  { task, scale, threshold }: Pick<Predictions, 'scale' | 'threshold'> & { task: string },
): Understood {
  if (task === 'regression') return { text: `${name} is the predicted value` };
  const what = {
    probability: 'a probability',
    percent: 'a percentage, and divided by 100 in features.sql',
    other: 'no probability',
  }[scale];
  const usual = { probability: '0.5', percent: '50', other: 'where 70 % of the reference are found' }[scale];
  const text = `${name} is ${what}; it is acted on from ${threshold ?? usual}`;
  return threshold === undefined ? { text, otherwise: 'if from another: --threshold' } : { text };
}
