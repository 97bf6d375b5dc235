import {
  dataGates,
  entityName,
  madeName,
  qualityGates,
  quoted,
  read,
  rowNames,
  selected,
  type SourceReading,
  sourceText,
  targetOf,
  text,
  type ProjectTexts,
} from './write.js';
import type { Given } from '../elsewhere.js';
import type { Predictions } from './predictions-of.js';
import type { Roles, Table, TableColumn } from './roles.js';

/**
 * `mlops.json` and `features.sql` of a project about predictions that are made elsewhere: it trains and serves nothing.
 * @param given from which time on rows are judged (those before are what they are held against), how the table is read,
 * and the endpoint that is asked for them, where the table has none
 */
export function predictionsTexts(
  name: string,
  file: string,
  table: Table,
  predictions: Predictions,
  { from, reading, asked }: { from: string; reading: SourceReading; asked?: AskedEndpoint },
): ProjectTexts {
  const { roles } = predictions;
  const period = madeName('period', { ...roles, categories: [...roles.categories, ...classOf(predictions)] });
  const inputs = asked === undefined ? roles.numbers : askedInputs(table, roles);
  const columns = JSON.stringify(inputs.map((column) => column.name));
  const gates = [...qualityGates(roles, table.rows), ...dataGates(roles)].map((gate) =>
    gate.replace(', "action": "retrain"', ''),
  );
  const mlops = `{
  "name": ${JSON.stringify(name)},
  "sources": {
    ${JSON.stringify(name)}: { ${sourceText(file, reading)} }
  },
  "features": {
    "entity": ${JSON.stringify(entityName(roles))},
    "time": ${JSON.stringify(roles.time!.name)},
    // What came before is the reference, by which what comes is judged: see features.sql.
    "split": { "by": "column", "column": ${JSON.stringify(period)}, "train": ["reference"], "validation": ["reference"], "test": ["reference"], "production": ["current"] }
  },
  "model": {
    "task": "${roles.task}",
    "target": ${JSON.stringify(roles.target.name)},
    // ${asked === undefined ? 'Predictions that were made elsewhere' : 'An endpoint elsewhere is asked for predictions'}: nothing is trained, and nothing is served.
    "candidates": [{ "name": "elsewhere", "family": "given", "columns": ${columns}, "parameters": ${asked === undefined ? parametersOf(predictions) : words(asked)} }]${thresholdOf(predictions)}
  },
  "monitor": {
    "gates": [
${gates.map((gate) => `      ${gate}`).join(',\n')}
    ],
    "soft": { "fail": 2, "action": "warn" }
  }
}
`;
  return { mlops, sql: sqlOf(name, predictions, from, period, asked && inputs) };
}

/** An endpoint that is asked for predictions, as "parameters" say it. */
export type AskedEndpoint = Pick<Given, 'url' | 'token' | 'request' | 'private' | 'threshold'>;

/** What an endpoint is sent of a row: all that is none of the row's names, in the table's order, for some read by place. */
export function askedInputs(table: Table, { numbers, categories, dates }: Roles): TableColumn[] {
  const places = new Map(table.columns.map(({ name }, place) => [name, place]));
  const place = ({ name, from = name }: TableColumn) => places.get(from) ?? Infinity;
  return [...numbers, ...categories, ...dates].sort((left, right) => place(left) - place(right));
}

const classOf = (predictions: Predictions) => (predictions.class === undefined ? [] : [predictions.class]);

function parametersOf({ score, class: predicted, scores, threshold, scale }: Predictions): string {
  const acted = threshold !== undefined && scale === 'percent' ? threshold / 100 : threshold;
  return words({
    score: score?.name,
    threshold: acted,
    class: predicted?.name,
    scores: scores && Object.fromEntries(scores.map(({ name, column }) => [name, column.name])),
  });
}

const words = (parameters: object): string => JSON.stringify(parameters, null, 1).replace(/\n\s*/g, ' ');

/** Of scores that are no probabilities one half means nothing. */
const thresholdOf = ({ scale, threshold }: Predictions): string =>
  scale === 'other' && threshold === undefined
    ? ',\n    "threshold": { "keep": "recall >= 0.70", "minimise": "false_positives" }'
    : '';

/** The score of what counts as 1, from 0 to 1. */
function scoreOf(column: TableColumn, { scale, beside }: Predictions): string {
  const own = scale === 'percent' ? `${read(column)} / 100.0` : read(column);
  const named = ` AS ${quoted(column.name)}`;
  if (beside === undefined) return scale === 'percent' ? own + named : selected(column);
  return `CASE WHEN ${read(beside.column)} = ${text(beside.positive)} THEN ${own} ELSE 1 - ${own} END${named}`;
}

function sqlOf(
  source: string,
  predictions: Predictions,
  from: string,
  period: string,
  asked: readonly TableColumn[] | undefined,
): string {
  const { roles, score } = predictions;
  const { time, numbers, categories } = roles;
  const columns = [
    ...rowNames(roles),
    selected(time!),
    ...(asked?.map(selected) ?? [
      ...numbers.map((column) => (column === score ? scoreOf(column, predictions) : selected(column))),
      ...[...categories, ...classOf(predictions)].map(selected),
    ]),
    targetOf(roles),
    `CASE WHEN ${read(time!)} < TIMESTAMP ${text(from)} THEN 'reference' ELSE 'current' END AS ${quoted(period)}`,
  ];
  return `-- One row a prediction: what names it, what it was made of, what was predicted, and what came of it, where that is known.
SELECT
  ${columns.join(',\n  ')}
FROM ${quoted(source)}
`;
}
