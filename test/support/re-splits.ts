import type { DataQualityBaseline } from '../../src/documents/baselines.js';
import type { MonitoringResults } from '../../src/documents/monitoring.js';
import { textStatistics } from '../../src/drift/category-baseline.js';
import { histogramOf, statisticsOf } from '../../src/drift/statistics.js';
import { binaryEvaluation } from '../../src/models/metrics/binary-evaluation.js';
import { randomSource } from '../../src/models/random-source.js';
import { driftTable } from '../../src/pipeline/evaluating/drift-table.js';
import { filterPart, type Part } from '../../src/pipeline/evaluating/parts.js';
import type { ReadVersion } from '../../src/pipeline/evaluating/read-version.js';
import { resultsOf } from '../../src/pipeline/judging/results.js';
import { constraintsOf } from '../../src/pipeline/training/constraints.js';
import { rolesOf, type Table, type TableColumn } from '../../src/project/from-table/roles.js';
import { projectTexts } from '../../src/project/from-table/write.js';
import { parseProject } from '../../src/project/load.js';

/** A made-up table whose scores are known beforehand, so that nothing has to be trained. */
export interface Scored {
  part: Part;
  scores: Float64Array;
}
const numbers = ['age', 'income', 'visits', 'balance', 'tenure', 'calls'];
const shares: [string, number][] = [
  ['basic', 0.5],
  ['plus', 0.3],
  ['family', 0.15],
  ['student', 0.05],
];
const threshold = 0.35;

/** What the made-up model says of a row: a missing value counts as 0, an unknown plan as any other. */
function scoreOf(values: Float64Array[], plan: string | null, row: number): number {
  const [age, income, visits] = values.map((column) => column[row]! || 0);
  return 1 / (1 + Math.exp(2 - 1.2 * age! - 0.5 * income! + 0.8 * visits! - (plan === 'plus' ? 1 : 0)));
}

/** Rows whose labels follow their scores: the model is as good as one can be. */
export function scoredTable(rows: number, seed = 1): Scored {
  const random = randomSource(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  // Some lean to one side, as money and counts do.
  const value = (at: number) => () => (at % 3 === 1 ? Math.exp(normal()) : normal());
  const values = numbers.map((_, at) => Float64Array.from({ length: rows }, value(at)));
  const text = Array.from({ length: rows }, () => {
    let left = random();
    return shares.find(([, share]) => (left -= share) < 0)?.[0] ?? 'basic';
  });
  const scores = Float64Array.from(text, (plan, row) => scoreOf(values, plan, row));
  const recordIds = text.map((_, row) => `r${row}`);
  return {
    part: {
      ...{ matrix: { columns: numbers, values, rows }, target: scores.map((score) => Number(random() < score)) },
      ...{ recordIds, entities: recordIds, unlabelled: 0, window: { from: null, to: null } },
      slices: [{ name: 'plan', text, numbers: null }],
      categories: ['plan'],
    },
    scores,
  };
}

/** The same rows with other values, scored again; their labels stay. */
export function changed(
  { part }: Scored,
  change: {
    number?: (value: number, column: string, row: number) => number;
    plan?: (plan: string, row: number) => string;
  },
): Scored {
  const { number = (value) => value, plan = (text) => text } = change;
  const values = numbers.map((name, at) => part.matrix.values[at]!.map((value, row) => number(value, name, row)));
  const text = part.slices![0]!.text.map((one, row) => plan(one!, row));
  return {
    part: { ...part, matrix: { ...part.matrix, values }, slices: [{ name: 'plan', text, numbers: null }] },
    scores: Float64Array.from(text, (one, row) => scoreOf(values, one, row)),
  };
}

/** What is wrong with a batch that must be noticed, by name. */
export const faults: Record<string, (batch: Scored) => Scored> = {
  'a shift of 1 standard deviation': (batch) =>
    changed(batch, { number: (value, name) => value + Number(name === 'visits') }),
  'a shift of 2 standard deviations': (batch) =>
    changed(batch, { number: (value, name) => value + 2 * Number(name === 'visits') }),
  'half of the rows in a new category': (batch) =>
    changed(batch, { plan: (plan, row) => (row % 2 === 0 ? 'partner' : plan) }),
  'half of the values of a column missing': (batch) =>
    changed(batch, { number: (value, name, row) => (name === 'visits' && row % 2 === 0 ? NaN : value) }),
  'flipped labels': ({ part, scores }) => ({
    part: { ...part, target: part.target.map((label) => 1 - label) },
    scores,
  }),
};

/** The project that `init --from` writes for such a table. */
const project = (() => {
  const column = (name: string, more: Partial<TableColumn> = {}): TableColumn => ({
    ...{ name, kind: 'number', whole: false, prose: false, distinct: 900, nulls: 0, median: 0, values: [] },
    ...more,
  });
  const values = shares.map(([value, share]) => ({ value, count: 1000 * share }));
  const both = [
    { value: 'no', count: 700 },
    { value: 'yes', count: 300 },
  ];
  const table: Table = {
    rows: 1000,
    columns: [
      ...numbers.map((name) => column(name)),
      column('plan', { kind: 'text', distinct: shares.length, values }),
      column('left', { kind: 'text', distinct: 2, values: both }),
    ],
  };
  const { mlops } = projectTexts('people', 'people.csv', table, rolesOf(table, { target: 'left' }));
  return parseProject(mlops);
})();

/** What of a table is train, test and production, by a seed; the shares are those that `init --from` writes. */
function divided({ part, scores }: Scored, seed: number) {
  const random = randomSource(seed);
  const place = Float64Array.from(scores, () => random());
  const of = (from: number, to: number): Scored => {
    const keep = (row: number) => place[row]! >= from && place[row]! < to;
    return { part: filterPart(part, keep), scores: scores.filter((_, row) => keep(row)) };
  };
  return { train: of(0, 0.5), test: of(0.65, 0.8), production: of(0.8, 1) };
}

/** A version as it is registered from its train and test rows. */
function versionOf(train: Part, test: Scored): ReadVersion {
  const inputs = numbers.map((name) => ({ name, type: 'number' as const }));
  const metadata = {};
  const bundle = {
    task: 'binary',
    family: 'made',
    inputs,
    preprocessing: [],
    threshold,
    metadata,
  } as unknown as ReadVersion['bundle'];
  const figures = { ...binaryEvaluation(test.part.target, test.scores, threshold) };
  const candidate = { bundle, columns: numbers } as unknown as Parameters<typeof constraintsOf>[2]['candidate'];
  const statistics = Object.fromEntries([
    ...numbers.map((name, at) => {
      const values = train.matrix.values[at]!;
      return [name, { ...statisticsOf(values, values), rows: values.length, histogram: histogramOf(values) }];
    }),
    ['plan', { ...textStatistics(train.slices![0]!.text), rows: train.matrix.rows }],
  ]) as DataQualityBaseline;
  return {
    ...{ version: 'v1', bundle, evaluation: undefined },
    constraints: constraintsOf(project, 'v1', { candidate, fitted: train, test: { ...test, figures, threshold } }),
    dataBaseline: statistics,
  };
}

/** What a monitor run says of the production rows of a split, or of other rows that are put in their place. */
export function judgedSplit(table: Scored, seed: number, batch?: (production: Scored) => Scored): MonitoringResults {
  const { train, test, production } = divided(table, seed);
  const { part, scores } = batch?.(production) ?? production;
  const version = versionOf(train.part, test);
  const figures = { ...binaryEvaluation(part.target, scores, threshold) };
  const context = { project: { file: project }, now: new Date(0), runId: 'run', environment: { name: 'local' } };
  return resultsOf({
    context: context as unknown as Parameters<typeof resultsOf>[0]['context'],
    version,
    judged: {
      ...{
        group: 'people-production',
        records: { files: [], select: '' },
        part,
        unlabelled: 0,
        unscored: 0,
        testRows: { count: 0, of: part.matrix.rows },
      },
      estimates: undefined,
      waiting: { part: filterPart(part, () => false), scores: new Float64Array(), threshold },
      judged: { scores, threshold, figures, curves: undefined },
      columns: driftTable(version, part),
    },
    ...{ overrides: [], waivers: [], alreadyRetrained: false },
  });
}
