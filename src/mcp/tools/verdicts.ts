import * as z from 'zod';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { evaluateGates } from '../../operations/gates/evaluate.js';
import { showResults } from '../../operations/runs/results.js';
import { showRows } from '../../operations/runs/rows.js';
import { showTrend } from '../../operations/batches/trend.js';
import { knownFigures } from '../../project/rules/known-figures.js';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { looks } from '../tool.js';

const results = z.string().optional().describe('key of monitoring results; the newest of the environment without it');

export const verdictTool = looks(
  {
    name: 'verdict',
    title: 'Verdict and why',
    description:
      'Whether the served model passes its quality gates, each gate in words with value, limit, interval and sample size, and the decision (keep, retrain) with its reason. Ask this for "why did the gate fail?".',
    input: { results },
  },
  async (at, { results: key }) => {
    // One that is named is an object of the bucket, told as it was judged: what judges anew also takes paths of this machine.
    if (key !== undefined) {
      const found = await showResults.run(at, { key });
      return { source: found.key, data: { ...verdictOf(found.results), decision: found.results.decision } };
    }
    const [answer] = await evaluateGates.run(at, { results: undefined });
    // Another system's results have no decision of ours.
    const found = answer!.modelVersion === null ? undefined : await showResults.run(at, {});
    const data = { ...verdictOf(answer!), decision: found?.results.decision };
    return { source: found?.key ?? answer!.results, data };
  },
);

type Judged = Pick<MonitoringResults, 'verdict' | 'gates' | 'notes'> & {
  modelVersion: string | null;
  unlabelled?: number | null;
};

function verdictOf({ verdict, modelVersion, gates, unlabelled, notes }: Judged) {
  const shown = gates.map(({ id, level, status, message, value, threshold, interval, n, waived }) => {
    return { id, level, status, message, value, threshold, interval, n, waived };
  });
  return { verdict, modelVersion, gates: shown, unlabelled, notes };
}

export const rowsTool = looks(
  {
    name: 'rows',
    title: 'Rows behind a figure',
    description:
      'The rows behind one figure of a verdict, the most wrong first: what speaks against a gate, a cell of the confusion matrix, a slice, a column that moved, or one record. Private columns are never in it.',
    input: {
      selection: z
        .string()
        .describe('gate:ID, cell:tp, cell:fp, cell:fn, cell:tn, slice:NAME, column:NAME or record:ID'),
      limit: z.number().int().min(1).max(50).default(10),
      contributions: z.boolean().default(false).describe('with what moved each row’s score'),
      results,
    },
  },
  async (at, input) => {
    const { title, total, features, rows, results: key } = await showRows.run(at, input);
    return { source: key, data: { title, total, features, rows } };
  },
);

export const driftTool = looks(
  {
    name: 'drift',
    title: 'What moved',
    description:
      'How far each column of the judged rows lies from what the model learned from: distance of means in standard deviations, PSI, shares of nulls, new categories; the farthest first.',
    input: { column: z.string().optional().describe('one column with its histogram; all without it'), results },
  },
  async (at, { column, results: key }) => {
    const found = await showResults.run(at, key === undefined ? {} : { key });
    const { columns, driftReference, window, n } = found.results;
    if (column !== undefined) {
      const one = columns.find((each) => each.column === column);
      const names = columns.map((each) => each.column);
      if (one === undefined)
        throw new InputError(`drift: found no column "${column}", expected ${oneOf(column, names)}`);
      return { source: found.key, data: one };
    }
    const far = ({ z: moved, infinite, psi }: (typeof columns)[number]) =>
      infinite ? Infinity : Math.max(Math.abs(moved ?? 0), (psi ?? 0) * 10);
    const shown = [...columns].sort((a, b) => far(b) - far(a)).map(({ histogram: _, ...rest }) => rest);
    return { source: found.key, data: { rows: n, window, reference: driftReference, columns: shown } };
  },
);

export const trendTool = looks(
  {
    name: 'trend',
    title: 'Gates over time',
    description: 'Every gate’s figure over all judged runs and batches, in the order of their rows.',
    input: { last: z.number().int().min(1).max(100).default(20).describe('so many of the newest points') },
  },
  async (at, { last }) => {
    const { points } = await showTrend.run(at);
    return { source: 'mlops batches trend', data: { points: points.slice(-last), of: points.length } };
  },
);

export const figureTool = looks(
  {
    name: 'figure',
    title: 'What a figure means',
    description:
      'What a figure of a rule is: its name in words, which way is better, its unit, what it divides by, and for which tasks. Without a name, all names.',
    input: { name: z.string().optional() },
  },
  (_at, { name }) => {
    const names = Object.keys(knownFigures);
    const source = 'the figures that rules of mlops.json can name';
    if (name === undefined) return Promise.resolve({ source, data: names });
    if (!Object.hasOwn(knownFigures, name))
      throw new InputError(`figure: found "${name}", expected ${oneOf(name, names)}`);
    return Promise.resolve({ source, data: { name, ...knownFigures[name] } });
  },
);
