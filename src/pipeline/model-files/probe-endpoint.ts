import { messageOf } from '../../common/errors.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import type { UrlModel } from '../../models/bundle/outside-model.js';
import type { Matrix } from '../../models/table/matrix.js';
import type { Task } from '../../models/task.js';
import { requestForms, type RequestForm } from '../../project/commands.js';
import { EndpointSilent, urlScorer } from '../../serving/scorers/url-scorer.js';
import { PredictionError } from '../../serving/failure.js';
import { scoredFrom } from '../evaluating/scored-of.js';
import { readInputs } from './read-inputs.js';
import type { RowReading } from './read-rows.js';

interface Sample {
  file: string;
  reading: Partial<RowReading>;
  inputs: readonly { name: string; kind: string }[];
  /** What else the table holds, which is not sent. */
  others: string[];
  task: Task;
  classes: string[];
}

/** So few rows show whether it understands them. */
const most = 5;
const limits = { answerMs: 20_000, mostAnswer: 1 << 20 };
/** Those that name the columns come first: what goes by place would be understood in any order. */
const tried: readonly RequestForm[] = ['mlflow', 'records', 'instances', 'rows', 'csv'];

/**
 * Asks an endpoint about the first rows of a table, in each form that rows may have until it understands one.
 * @returns that form, and what it said of them: of several classes the places of those that it predicts
 * @throws what it answered to each of them, or why it cannot be asked
 */
export async function probeEndpoint(
  { request, ...endpoint }: Omit<UrlModel, 'kind' | 'request'> & { request?: RequestForm },
  { task, classes, ...sample }: Sample,
  { signal }: { signal: AbortSignal },
): Promise<{ request: RequestForm; scores: number[] }> {
  const rows = await firstRows(sample, signal);
  const answers: string[] = [];
  for (const form of request === undefined ? tried : [request]) {
    // Its user named it a moment ago.
    const place = { mayRun: () => undefined };
    const scorer = urlScorer({ kind: 'url', ...endpoint, request: form }, { task, classes }, place, limits);
    try {
      const outputs = await scorer.scores(rows, signal);
      return { request: form, scores: [...scoredFrom({ task, threshold: null, classes }, outputs, rows.rows).scores] };
    } catch (error) {
      if (error instanceof EndpointSilent || !(error instanceof PredictionError)) throw error;
      answers.push(`as ${form}: ${messageOf(error)}`);
    }
  }
  throw new PredictionError(
    `the endpoint understands none of the forms that rows can have (${requestForms.join(', ')})\n${answers.join('\n')}`,
  );
}

async function firstRows(
  { file, reading, inputs, others }: Omit<Sample, 'task' | 'classes'>,
  signal: AbortSignal,
): Promise<Matrix> {
  const dates = inputs.filter(({ kind }) => kind === 'time').map(({ name }) => [name, {}]);
  const bundle = {
    inputs: inputs.map(({ name, kind }) => ({ name, type: kind === 'number' ? 'number' : 'category' })),
    metadata: { other_columns: others },
    // Dates are sent as they are written.
    preprocessing: [{ step: 'date', columns: Object.fromEntries(dates) as object }],
    model: { kind: 'url' },
  } as unknown as Bundle;
  const { columns, values, categories, rows } = await readInputs(file, bundle, { header: true, ...reading }, signal);
  return { columns, values: values.map((column) => column.slice(0, most)), rows: Math.min(rows, most), categories };
}
