import { boundingOperators } from '../../documents/certainty.js';
import { estimateOf } from '../rules/estimable.js';
import { checkEstimate } from './check-estimate.js';
import type { Note } from './problem.js';
import { classFiguresOf, figuresOf, type Task } from '../rules/known-figures.js';
import { oneOf } from '../../common/nearest.js';
import { comparesWithCurrent, readRule } from '../rules/rule.js';
import type { GateRule, ProjectFile } from '../schema.js';

/** Gates are told apart by id, and the soft group must be able to fail. */
export function checkMonitor({ gates, soft }: ProjectFile['monitor'], note: Note): void {
  gates.forEach(({ id }, index) => {
    const first = gates.findIndex((other) => other.id === id);
    if (first < index) note(['gates', index, 'id'], `found a second "${id}", expected an id of its own`);
  });
  const softGates = gates.filter(({ level, rule }) => level === 'soft' && !comparesWithCurrent(rule)).length;
  if (soft !== undefined && soft.fail > softGates) {
    const message = `found ${soft.fail}, expected at most ${softGates}, the number of soft gates`;
    note(['soft', 'fail'], message, undefined, softGates > 0 ? [softGates] : undefined);
  }
  if (soft === undefined && softGates > 0) {
    note([], `found ${softGates} soft gates and no "soft", expected "soft": { "fail": how many must fail }`);
  }
}

/** A gate's rule must be readable and name a figure of the task, with columns where the figure is one of columns. */
export function checkGate({ rule: text, confidence, estimated }: GateRule, task: Task | undefined, note: Note): void {
  const read = readRule(text);
  if ('problem' in read) {
    const { at, found, expected } = read.problem;
    return note(['rule'], `found ${found}, expected ${expected}`, at);
  }
  if (confidence !== undefined && !boundingOperators.includes(read.rule.operator)) {
    const { operator } = read.rule;
    note(
      ['confidence'],
      `found it beside "${operator}", expected ${boundingOperators.join(', ')}: no interval is ${operator} a number`,
    );
  }
  if (estimated !== undefined && !read.rule.estimated) {
    const { figure } = read.rule;
    note(['estimated'], `found it beside a rule on ${figure} itself, expected a rule on "${estimateOf(figure)}"`);
  }
  if (task === undefined) return;
  if (read.rule.estimated) return checkEstimate(read.rule, { text, task, note });
  const { figure, class: ofClass, columns, slice } = read.rule;
  if (columns !== null && slice !== null) {
    return note(
      ['rule'],
      `found the slice ${slice}, expected none: ${figure} is a figure of columns`,
      text.indexOf('['),
    );
  }
  const perClass = classFiguresOf(task);
  if (ofClass !== null) {
    if (perClass.includes(figure)) return;
    const expected = perClass.length === 0 ? `none: the task is ${task}` : oneOf(figure, perClass);
    return note(['rule'], `found ${figure} of the class ${ofClass}, expected ${expected}`, text.indexOf('{'));
  }
  if (columns === null && perClass.includes(figure) && !figuresOf(task, 'model').includes(figure)) {
    const all = figuresOf(task, 'model').includes(`macro_${figure}`) ? ` or of all of them: "macro_${figure}"` : '';
    return note(['rule'], `found "${figure}", expected it of a class: "${figure}{CLASS}"${all}`, 0);
  }
  const of = columns === null ? 'model' : 'column';
  const known = figuresOf(task, of);
  if (known.includes(figure)) return;
  const other = figuresOf(task, of === 'model' ? 'column' : 'model');
  if (!other.includes(figure))
    return note(['rule'], `found "${figure}", expected ${oneOf(figure, [...known, ...other])}`, 0, [
      ...known,
      ...other,
    ]);
  const hint =
    of === 'model' ? `"${figure}(*)": it is a figure of columns` : `"${figure}" alone: it is no figure of columns`;
  note(['rule'], `found "${figure}"${of === 'model' ? '' : ' with columns'}, expected ${hint}`, 0);
}
