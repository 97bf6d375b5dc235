import { checkGiven } from './check-given.js';
import { checkSearch } from './check-search.js';
import type { Note } from './problem.js';
import { readClassFigure } from '../rules/class-figure.js';
import { classFiguresOf, figuresOf, type Task } from '../rules/known-figures.js';
import { oneOf } from '../../common/nearest.js';
import { readRule } from '../rules/rule.js';
import type { Candidate, ProjectFile } from '../schema.js';

const familiesOf: Record<ProjectFile['model']['task'], readonly Candidate['family'][]> = {
  binary: ['lightgbm', 'random-forest', 'logistic-regression', 'given'],
  multiclass: ['lightgbm', 'random-forest', 'logistic-regression', 'given'],
  regression: ['lightgbm', 'random-forest', 'ridge', 'given'],
};

/** Candidates' names, the metric that chooses among them, and the rule of the threshold. */
export function checkModel(model: ProjectFile['model'], note: Note): void {
  const figures = figuresOf(model.task, 'model');
  model.candidates.forEach(({ name }, index) => {
    const first = model.candidates.findIndex((other) => other.name === name);
    if (first < index) note(['candidates', index, 'name'], `found a second "${name}", expected a name of its own`);
  });
  const ofClass = readClassFigure(model.choose?.metric ?? '');
  const known = ofClass === undefined ? figures : classFiguresOf(model.task);
  if (model.choose !== undefined && !known.includes(ofClass?.figure ?? model.choose.metric)) {
    const { metric } = model.choose;
    note(['choose', 'metric'], `found "${metric}", expected ${oneOf(metric, figures)}`, undefined, figures);
  }
  if (model.threshold !== undefined) checkThreshold(model.threshold, model.task, note);
}

const keepable = ['recall', 'precision', 'fpr', 'f1', 'accuracy'];

function checkThreshold(threshold: NonNullable<ProjectFile['model']['threshold']>, task: Task, note: Note): void {
  if (task !== 'binary') {
    const why = task === 'multiclass' ? 'the most probable of several classes is predicted' : `the task is ${task}`;
    return note(['threshold'], `found a threshold, expected none: ${why}`);
  }
  if ('maximise' in threshold) return;
  const { keep } = threshold;
  const path = ['threshold', 'keep'];
  const read = readRule(keep);
  if ('problem' in read) {
    return note(path, `found ${read.problem.found}, expected ${read.problem.expected}`, read.problem.at);
  }
  const { figure, columns, slice, operator, limit } = read.rule;
  if (!keepable.includes(figure))
    return note(path, `found "${figure}", expected ${oneOf(figure, keepable)}`, 0, keepable);
  if (columns === null && slice === null && limit.kind === 'absolute' && /[<>]/.test(operator)) return;
  note(path, `found "${keep}", expected a figure, ">=" or "<=", and a number: "recall >= 0.70"`);
}

/** A candidate learns from features: never from what it predicts, nor from what a row is called; and it must fit the task. */
export function checkCandidate(
  candidate: Candidate,
  { task, ...reserved }: { task: ProjectFile['model']['task'] | undefined; target: unknown; entity: unknown },
  note: Note,
): void {
  for (const [word, name] of Object.entries(reserved)) {
    candidate.columns.forEach((column, index) => {
      if (column === name) note(['columns', index], `found the ${word} "${column}", expected features only`);
    });
  }
  if (candidate.family === 'given') checkGiven(candidate, task, note);
  checkSearch(candidate, task, note);
  if (task === undefined) return;
  const families = familiesOf[task];
  if (!families.includes(candidate.family)) {
    const message = `found "${candidate.family}", expected ${oneOf(candidate.family, families)} for ${task}`;
    note(['family'], message, undefined, families);
  }
  if (task === 'regression' && candidate.classWeight !== undefined) {
    note(['classWeight'], `found "${candidate.classWeight}", expected none: the task is ${task}`);
  }
}
