import { comparesWithCurrent } from '../project/rules/rule.js';
import type { GateRule } from '../project/schema.js';

/**
 * The rules that judge the model in production, and the ids of those that do not: a rule that says `current` judges a
 * candidate against the model that serves. In production that would compare a model with itself, which proves nothing.
 */
export function productionRules(rules: readonly GateRule[]): { judged: GateRule[]; promotionGates: string[] } {
  return {
    judged: rules.filter(({ rule }) => !comparesWithCurrent(rule)),
    promotionGates: rules.filter(({ rule }) => comparesWithCurrent(rule)).map(({ id }) => id),
  };
}
