import { oneOf } from '../../common/nearest.js';
import { figuresOf, type Task } from '../rules/known-figures.js';
import type { Note } from './problem.js';
import type { Candidate } from '../schema.js';

/** A candidate's search: ranges that can be drawn from, parameters that stand in one place, a figure of the task. */
export function checkSearch({ search, parameters }: Candidate, task: Task | undefined, note: Note): void {
  if (search === undefined) return;
  const { strategy, space, metric } = search;
  if (Object.keys(space).length === 0) note(['search', 'space'], 'found nothing to look for, expected a parameter');
  for (const [name, choice] of Object.entries(space)) {
    const path = ['search', 'space', name];
    if (Object.hasOwn(parameters, name)) note(path, 'found it in "parameters" too, expected it in one of them');
    if (Array.isArray(choice)) continue;
    const { from, to, scale, whole } = choice;
    if (strategy === 'grid') note(path, 'found a range, expected a list of values for a grid');
    if (from >= to) note(path, `found a range from ${from} to ${to}, expected "from" below "to"`);
    if (scale === 'log' && from <= 0) note([...path, 'from'], `found ${from}, expected more than 0 for a log scale`);
    const broken = whole && [from, to].find((end) => !Number.isInteger(end));
    if (broken) note(path, `found ${broken}, expected whole numbers`);
  }
  if (task === undefined || metric === undefined) return;
  const figures = figuresOf(task, 'model');
  if (!figures.includes(metric))
    note(['search', 'metric'], `found "${metric}", expected ${oneOf(metric, figures)}`, undefined, figures);
}
