import { classFigure } from '../rules/class-figure.js';
import type { Source } from '../schema.js';
import { isReserved } from './reserved-words.js';
import { classNames, type Roles, type Table, type TableColumn } from './roles.js';

export interface ProjectTexts {
  mlops: string;
  sql: string;
}

/** `mlops.json` and `features.sql` of a project about one table, as a person would begin them. */
export function projectTexts(
  name: string,
  file: string,
  table: Table,
  roles: Roles,
  reading: SourceReading = {},
): ProjectTexts {
  return { mlops: mlopsText(name, file, table, roles, reading), sql: sqlText(name, roles) };
}

/** What was said of how a table is read. */
export type SourceReading = Partial<Pick<Source, 'decimal' | 'encoding' | 'sheet'>> & { nulls?: readonly string[] };

/** A source's entries: its file, and what its reader cannot know. */
export const sourceText = (file: string, reading: SourceReading): string =>
  [['files', `data/${file}`], ...Object.entries(reading)]
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ');

export const quoted = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && !isReserved(name) ? name : `"${name.replaceAll('"', '""')}"`;
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A column of the table as SQL reads it, and as it selects it under the project's name. */
export const read = ({ name, from = name }: TableColumn): string => quoted(from);
export const selected = (column: TableColumn): string =>
  column.from === undefined ? quoted(column.name) : `${read(column)} AS ${quoted(column.name)}`;

/** What SQL selects for the names of rows: the column that has them, else their numbers; both where names repeat. */
export function rowNames(roles: Roles): string[] {
  if (roles.entity === undefined) return [`row_number() OVER () AS ${quoted(entityName(roles))}`];
  return [...(roles.repeats ? ['row_number() OVER () AS record_id'] : []), selected(roles.entity)];
}

/** A name in a comment, which ends with its line. */
const commented = (name: string): string => name.replace(/\s+/g, ' ');

/** What names a row: a column that does, else one that is made, called as no other column is. */
export function entityName(roles: Roles): string {
  return roles.entity?.name ?? unused('row_id', keptNames(roles));
}

/** Names of columns that are taken as they are, as SQL tells them apart: case does not matter. */
const keptNames = ({ numbers, categories, dates, target, time }: Roles) =>
  new Set(
    [...numbers, ...categories, ...dates, target, ...(time === undefined ? [] : [time])].map(({ name }) =>
      name.toLowerCase(),
    ),
  );

/** The name, with as many `_` behind it as it takes to be no other's; taken from now on. */
function unused(name: string, taken: Set<string>): string {
  let free = name;
  while (taken.has(free.toLowerCase())) free += '_';
  taken.add(free.toLowerCase());
  return free;
}

function sqlText(source: string, roles: Roles): string {
  const { target, time, numbers, categories, dates, leftOut } = roles;
  const columns = [
    ...rowNames(roles),
    ...(time === undefined ? [] : [selected(time)]),
    ...[...numbers, ...categories, ...dates].map(selected),
    ...(roles.byTime ? [partOf(roles)] : []),
    targetOf(roles),
  ];
  const left = leftOut.map(
    ({ name, why }) => `-- ${name === '' ? 'A column' : commented(name)} is left out: ${why}.\n`,
  );
  return `-- One row an example: what names it, the columns to learn from, and ${commented(target.name)}, which is predicted.
${left.join('')}SELECT
  ${columns.join(',\n  ')}
FROM ${quoted(source)}
`;
}

/** A name that no column of the project has, for one that is made. */
export const madeName = (name: string, roles: Roles): string =>
  unused(name, keptNames(roles).add(entityName(roles).toLowerCase()));

/** The column that says which part a row belongs to. */
const partName = (roles: Roles): string => madeName('part', roles);

/**
 * Which part a row belongs to, by its time. New rows are later than all cuts: they come to production. Before each cut
 * rows are in no part whose target was not known yet.
 */
function partOf(roles: Roles): string {
  const [time, cuts] = [read(roles.time!), roles.time!.cuts!];
  const parts = ['train', 'validation', 'test'].map((part, at) => {
    const until = text(cuts[at]!);
    const gap = `\n    WHEN ${time} < ${until} THEN NULL`;
    return roles.horizon === 0
      ? `WHEN ${time} < ${until} THEN '${part}'`
      : `WHEN ${time} < ${until}::TIMESTAMP - INTERVAL ${roles.horizon} DAY THEN '${part}'${gap}`;
  });
  return `CASE\n    ${parts.join('\n    ')}\n    ELSE 'production'\n  END AS ${quoted(partName(roles))}`;
}

/** What is selected for the target. */
export const targetOf = ({ target, positive }: Roles): string =>
  positive === undefined ? selected(target) : `${flagOf(target, positive)} AS ${quoted(target.name)}`;

/** 1 for the value that counts, 0 for the others that are known; one that is spelt otherwise is no label, not a 0. */
function flagOf(target: TableColumn, positive: string): string {
  const { values, distinct } = target;
  const others = values.filter(({ value }) => value !== positive).map(({ value }) => text(value));
  if (others.length + 1 !== distinct) return `(${read(target)} = ${text(positive)})::INTEGER`;
  return `CASE WHEN ${read(target)} = ${text(positive)} THEN 1 WHEN ${read(target)} IN (${others.join(', ')}) THEN 0 END`;
}

const splitOf = (roles: Roles): string =>
  roles.byTime
    ? `{ "by": "column", "column": ${JSON.stringify(partName(roles))} }`
    : '{ "by": "entity", "seed": 42, "train": 0.5, "validation": 0.15, "test": 0.15, "production": 0.2 }';

function mlopsText(name: string, file: string, table: Table, roles: Roles, reading: SourceReading): string {
  const binary = roles.task === 'binary';
  const inputs = [...roles.numbers, ...roles.categories, ...roles.dates].map(({ name: column }) =>
    JSON.stringify(column),
  );
  const columns = `[${inputs.join(', ')}]`;
  const fill = roles.numbers
    .filter(({ nulls, median }) => nulls > 0 && median !== null)
    .map(({ name: column, median }) => `${JSON.stringify(column)}: ${median}`);
  const minimum = Math.max(1, Math.min(20, Math.floor(table.rows / 100)));
  return `{
  "name": ${JSON.stringify(name)},
  "sources": {
    ${JSON.stringify(name)}: { ${sourceText(file, reading)} }
  },
  "features": {
    "entity": ${JSON.stringify(entityName(roles))},${roles.time === undefined ? '' : `\n    "time": ${JSON.stringify(roles.time.name)},`}
    "split": ${splitOf(roles)}
  },
  "model": {
    "task": "${roles.task}",
    "target": ${JSON.stringify(roles.target.name)},
    "candidates": [
      ${roles.task === 'regression' ? linear('ridge', 'ridge', columns, '') : linear('logistic', 'logistic-regression', columns, '"classWeight": "balanced", ')},
      {
        "name": "lightgbm",
        "family": "lightgbm",
        "columns": ${columns},
        "parameters": { "learning_rate": 0.05, "num_leaves": 15, "min_child_samples": ${minimum}, "seed": 42, "num_boost_round": 500, "early_stopping_round": 50 }
      }
    ]${fill.length === 0 ? '' : `,\n    // What stands for a missing value: the middle of those that are there.\n    "fill": { ${fill.join(', ')} }`}${
      binary ? ',\n    "threshold": { "keep": "recall >= 0.70", "minimise": "false_positives" }' : ''
    },${encodeNote(roles)}
    // What is chosen is fitted anew on the training and the validation rows together.
    "refit": true,
    "choose": { "metric": "${{ binary: 'roc_auc', multiclass: 'macro_f1', regression: 'rmse' }[roles.task]}", "on": "validation" }
  },
  "endpoint": { "name": ${JSON.stringify(name)} },
  "monitor": {
    "gates": [
      // "confidence": fails only where chance cannot explain it; where it may, the gate warns.
      // Better than guessing. Raise this to what your use needs: what misses it on the test rows is never approved.
${[...qualityGates(roles, table.rows), ...dataGates(roles)].map((gate) => `      ${gate}`).join(',\n')}
    ],
    "soft": { "fail": 2, "action": "retrain" }
  }
}
`;
}

const encodeNote = ({ categories, dates }: Roles): string =>
  categories.length + dates.length === 0
    ? ''
    : '\n    // Texts and dates become numbers inside the model, as suits their values. To say how: "encode": { "NAME": "one-hot" }.';

const linear = (name: string, family: string, columns: string, more: string): string =>
  `{ "name": "${name}", "family": "${family}", "columns": ${columns}, ${more}"scale": "standard" }`;

/** More values than this are measured by their mean; fewer are categories, and a mean of two values can hardly move. */
const fewValues = 12;

/**
 * What watches the data: missing values against the training rows, means of numbers, and the shares of categories. An
 * index of stability above 0.25 is a major shift, and half a standard deviation one that no chance makes of 30 rows. One of
 * them alone warns; with another soft gate the batch is no longer what the model learned from, and the verdict is to fail.
 */
export function dataGates({ task, numbers, categories }: Roles): string[] {
  const few = numbers.filter(({ distinct }) => distinct <= fewValues);
  const rule = (figure: string, columns: { name: string }[], limit: string) =>
    columns.length === 0 ? [] : [`${figure}(${columns.map(({ name }) => patternOf(name)).join(', ')}) ${limit}`];
  const rules = [
    ['nulls', 'null_rise(*) <= 5', 30],
    ...rule(
      'z_mean',
      numbers.filter(({ distinct }) => distinct > 2),
      '<= 0.5',
    ).map((text) => ['drift', text, 30]),
    ...rule('psi', [...categories.filter(isWatched), ...few], '<= 0.25').map((text) => ['categories', text, 50]),
    // How often each class is predicted is known before any label is there.
    ...(task === 'multiclass' ? [['predictions', 'psi(prediction) <= 0.25', 50]] : []),
  ];
  return rules.map(
    ([id, text, minimum]) =>
      `{ "id": "${id}", "level": "soft", "rule": ${JSON.stringify(text)}, "minSamples": ${minimum}, "confidence": 0.95 }`,
  );
}

/** More different texts than this are names of things, whose shares nothing follows from. */
const mostWatched = 1000;
const isWatched = ({ distinct }: TableColumn): boolean => distinct <= mostWatched;

/** A name as rules can say it: what they cannot spell may be anything. */
const patternOf = (name: string): string => name.replace(/[\s,()[\]]+/g, '*');

/** Of so many rows of the rarer class on, chance alone hardly moves a ranking by a twentieth; of fewer it often does. */
const manyPositives = 2000;

/** Of more classes a gate for each would be a list that nobody reads, and one of them fails by chance. */
const mostClassGates = 8;

export function qualityGates({ task, target }: Roles, rows: number): string[] {
  const gate = (id: string, level: string, rule: string, minimum: number) =>
    `{ "id": ${JSON.stringify(id)}, "level": "${level}", "rule": ${JSON.stringify(rule)}, "minSamples": ${minimum}, "confidence": 0.95${level === 'hard' ? ', "action": "retrain"' : ''} }`;
  if (task === 'regression')
    return [
      gate('useful', 'hard', 'r2 >= 0.10', 30),
      gate('rmse', 'hard', 'rmse <= 1.25 * baseline', 30),
      gate('mae', 'soft', 'mae <= 1.25 * baseline', 30),
    ];
  if (task === 'multiclass') {
    const guessing = 1 / target.distinct;
    const names = target.distinct > mostClassGates ? [] : classNames(target);
    const ids = new Set<string>();
    return [
      gate('useful', 'hard', `balanced_accuracy >= ${(guessing + 0.1 * (1 - guessing)).toFixed(2)}`, 30),
      gate('accuracy', 'hard', 'accuracy >= 0.90 * baseline', 30),
      gate('macro-f1', 'soft', 'macro_f1 >= 0.85 * baseline', 30),
      ...names.map((name) => gate(classId(name, ids), 'soft', `${classFigure('recall', name)} >= 0.70 * baseline`, 10)),
    ];
  }
  const rarer = Math.min(rows, ...target.values.map(({ count }) => count));
  const [ranking, found, exact] = rarer < manyPositives ? ['0.90', '0.80', '0.70'] : ['0.95', '0.90', '0.80'];
  return [
    gate('useful', 'hard', 'roc_auc >= 0.55', 30),
    gate('roc-auc', 'hard', `roc_auc >= ${ranking} * baseline`, 30),
    gate('recall', 'soft', `recall >= ${found} * baseline`, 10),
    // A multiple of a rate of false positives may be above 1, which no rate is; precision can always fall short.
    gate('false-alarms', 'soft', `precision >= ${exact} * baseline`, 10),
  ];
}

/** `no failure` -> `recall-no-failure`, as no other gate is called. */
function classId(name: string, taken: Set<string>): string {
  const word = name
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  let id = `recall-${word || 'class'}`;
  for (let again = 2; taken.has(id); again += 1) id = `recall-${word || 'class'}-${again}`;
  taken.add(id);
  return id;
}
