import { keyOf } from '../../gates/judge.js';
import { parseRule } from '../../project/rules/rule.js';
import type { ProjectFile } from '../../project/schema.js';
import { figureNames } from '../evaluating/figures.js';
import { choiceOf } from '../candidates/choice.js';

/**
 * The figures of a project's task, the most important first, for a registry may have no room for all: those that gates
 * name, in their order; what the threshold keeps; what decides between candidates; then the others.
 */
export function figuresByImportance(
  file: Pick<ProjectFile, 'model' | 'monitor'>,
  classes: readonly string[] = [],
): string[] {
  const known = figureNames(file.model.task, classes);
  const { threshold } = file.model;
  const named = [
    ...file.monitor.gates.map(({ rule }) => keyOf({ ...parseRule(rule), slice: null }, null)),
    ...(threshold === undefined ? [] : ['keep' in threshold ? parseRule(threshold.keep).figure : threshold.maximise]),
    choiceOf(file.model).metric,
  ];
  return [...new Set([...named.filter((name) => known.includes(name)), ...known])];
}
