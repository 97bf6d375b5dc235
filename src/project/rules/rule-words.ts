import type { Operator } from '../../documents/gates/verdict.js';
import { classFigure } from './class-figure.js';
import { estimateOf } from './estimable.js';
import { labelOf } from './known-figures.js';
import type { Limit, Rule } from './rule.js';

const operatorWords: Record<Operator, string> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
  '==': 'equal to',
  '!=': 'other than',
};

/** "at least", "at most", …: what must be said between "must be" and a number. */
export function operatorInWords(operator: Operator): string {
  return operatorWords[operator];
}

/** "0.70" or "0.95 × the baseline". */
export function limitInWords(limit: Limit): string {
  if (limit.kind === 'absolute') return limit.text;
  return `${limit.text} × ${limit.to === 'baseline' ? 'the baseline' : "the current model's"}`;
}

/** The figure of a rule in words: "recall", "recall of class comp1", "share of nulls in every column", "recall where model=A". */
export function figureInWords(rule: Pick<Rule, 'figure' | 'estimated' | 'class' | 'columns' | 'slice'>): string {
  const estimated = rule.estimated ? 'estimated ' : '';
  const ofClass = rule.class === null ? '' : ` of class ${rule.class}`;
  const columns =
    rule.columns === null ? '' : ` of ${rule.columns.includes('*') ? 'every column' : rule.columns.join(', ')}`;
  const slice = rule.slice === null ? '' : ` where ${rule.slice}`;
  return `${estimated}${labelOf(rule.figure)}${ofClass}${columns}${slice}`;
}

/** A rule as it is written in mlops.json; what `parseRule` reads. */
export function ruleText({ figure, estimated, class: ofClass, columns, slice, operator, limit }: Rule): string {
  const name = ofClass === null ? figure : classFigure(figure, ofClass);
  const of = columns === null ? '' : `(${columns.join(', ')})`;
  const where = slice === null ? '' : `[${slice}]`;
  return `${estimated ? estimateOf(name) : name}${of}${where} ${operator} ${limit.text}${limit.kind === 'relative' ? ` * ${limit.to}` : ''}`;
}
