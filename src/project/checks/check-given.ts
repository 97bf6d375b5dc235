import { firstProblem } from '../../common/schema-words.js';
import type { Task } from '../rules/known-figures.js';
import { endpointUrlProblem } from '../endpoint-url.js';
import { givenSchema, type Given } from '../elsewhere.js';
import type { Candidate } from '../schema.js';
import type { Note } from './problem.js';

/** What predictions made elsewhere need of a task: one score, or of several classes the predicted one, or a score each. */
export function checkGiven({ parameters }: Candidate, task: Task | undefined, note: Note): void {
  const read = givenSchema.safeParse(parameters);
  if (!read.success) return note(['parameters'], firstProblem(read.error, parameters));
  if (read.data.url !== undefined) return checkUrl(read.data, task, note);
  for (const name of ['token', 'request', 'private'] as const)
    if (read.data[name] !== undefined) return note(['parameters', name], 'found it without "url", expected both');
  if (task === undefined) return;
  const { score, scores, threshold } = read.data;
  if (task === 'multiclass') return checkClasses(read.data, note);
  const other = read.data.class === undefined ? (scores === undefined ? undefined : 'scores') : 'class';
  if (other !== undefined)
    return note(['parameters', other], `found it for ${task}, expected "score", the column that holds the scores`);
  if (score === undefined)
    return note(['parameters'], 'found no "score", expected the column that holds the scores: { "score": "p" }');
  if (threshold !== undefined && task === 'regression')
    note(['parameters', 'threshold'], 'found a threshold, expected none: the task is regression');
}

/** Secrets must not cross a network in the clear, and predictions come from one place. */
function checkUrl({ url = '', threshold, ...others }: Given, task: Task | undefined, note: Note): void {
  const problem = endpointUrlProblem(url);
  if (problem !== undefined) note(['parameters', 'url'], problem);
  for (const name of ['score', 'scores', 'class'] as const)
    if (others[name] !== undefined) note(['parameters', name], 'found it beside "url", expected one of them');
  if (threshold !== undefined && task !== undefined && task !== 'binary')
    note(['parameters', 'threshold'], `found a threshold, expected none: the task is ${task}`);
}

function checkClasses({ score, scores, threshold, class: predicted }: Given, note: Note): void {
  for (const [name, value] of Object.entries({ score, threshold }))
    if (value !== undefined)
      return note(['parameters', name], 'found it for multiclass, expected "class", or "scores" with a column a class');
  if (predicted === undefined && scores === undefined)
    return note(
      ['parameters'],
      'found neither "class" nor "scores", expected the column of the predicted class, or one a class: { "scores": { "a": "p_a", "b": "p_b" } }',
    );
  if (scores === undefined) return;
  const columns = Object.values(scores);
  if (columns.length < 2)
    return note(['parameters', 'scores'], `found ${columns.length} of them, expected a column for every class`);
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined)
    note(['parameters', 'scores'], `found column "${twice}" for two classes, expected one of its own for each`);
}
