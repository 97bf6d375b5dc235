import { InputError } from '../common/errors.js';
import { oneOf } from '../common/nearest.js';
import { firstProblem } from '../common/schema-words.js';
import { parseRule } from '../project/rules/rule.js';
import { ruleText } from '../project/rules/rule-words.js';
import { gateSchema, type GateRule } from '../project/schema.js';

const names = ['threshold', 'minSamples', 'confidence', 'level', 'action'] as const;

/**
 * Rules as they would be with `GATE.threshold=V` (the number of its rule: the factor, where that is relative),
 * `GATE.minSamples=N`, `GATE.confidence=0.95`, `GATE.level=L` or `GATE.action=A`.
 * @throws InputError naming the setting, with the nearest name where a gate is unknown
 */
export function withSettings(rules: readonly GateRule[], settings: readonly string[]): GateRule[] {
  return settings.reduce<GateRule[]>(withSetting, [...rules]);
}

function withSetting(rules: GateRule[], setting: string): GateRule[] {
  const match = /^([^.=]+)\.([^.=]+)=(.+)$/.exec(setting);
  if (match === null) throw new InputError(`--set: found "${setting}", expected GATE.threshold=NUMBER`);
  const [, id = '', name = '', text = ''] = match;
  const ids = rules.map((rule) => rule.id);
  if (!ids.includes(id)) throw new InputError(`--set: found gate "${id}", expected ${oneOf(id, ids)}`);
  if (!names.some((known) => known === name))
    throw new InputError(`--set ${setting}: found "${name}", expected ${oneOf(name, names)}`);
  return rules.map((rule) => (rule.id === id ? changed(rule, name, text, setting) : rule));
}

function changed(gate: GateRule, name: string, text: string, setting: string): GateRule {
  if (name === 'threshold') {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!Number.isFinite(value)) throw new InputError(`--set ${setting}: found "${text}", expected a number`);
    const rule = parseRule(gate.rule);
    const next = ruleText({ ...rule, limit: { ...rule.limit, text: String(value) } });
    // Parsed anew: a factor has bounds of its own.
    parseRule(next);
    return { ...gate, rule: next };
  }
  const next = { ...gate, [name]: name === 'minSamples' || name === 'confidence' ? Number(text) : text };
  const parsed = gateSchema.safeParse(next);
  if (parsed.success) return parsed.data;
  const [, expected = 'another value'] = /, expected (.*)$/.exec(firstProblem(parsed.error, next)) ?? [];
  throw new InputError(`--set ${setting}: found "${text}", expected ${expected}`);
}
