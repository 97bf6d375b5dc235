import { oneOf } from '../../common/nearest.js';
import { estimableOf } from '../rules/estimable.js';
import type { Task } from '../rules/known-figures.js';
import type { Rule } from '../rules/rule.js';
import type { Note } from './problem.js';

/** A rule that asks for an estimate must ask for one that can be made: of all rows, and of a figure that follows from scores. */
export function checkEstimate(rule: Rule, { text, task, note }: { text: string; task: Task; note: Note }): void {
  const { figure, class: ofClass, columns, slice, limit } = rule;
  const known = estimableOf(task);
  if (!known.includes(figure)) {
    const expected = known.length === 0 ? `no estimate: the task is ${task}` : oneOf(figure, known);
    return note(['rule'], `found "estimated ${figure}", expected ${expected}`, text.indexOf(figure), known);
  }
  if (ofClass !== null || columns !== null || slice !== null)
    return note(['rule'], `found an estimate of a part, expected "estimated ${figure}" of all rows`, 0);
  if (limit.kind === 'relative' && limit.to === 'current')
    note(['rule'], 'found an estimate beside "current", expected a number or the baseline', 0);
}
