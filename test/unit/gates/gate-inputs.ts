import type { Override } from '../../../src/documents/ledger.js';
import type { Figure, FigureSet } from '../../../src/gates/figures.js';
import type { GateRule } from '../../../src/project/schema.js';
import { evaluateGates, type GateInput, type GateOutcome } from '../../../src/gates/evaluate.js';

export const now = new Date('2026-03-01T12:00:00Z');
export const window = { from: '2026-02-01', to: '2026-02-28' };

export function figure(value: number | null, n: number | null = 100, reason?: string): Figure {
  return { value, n, method: 'test', ...(reason === undefined ? {} : { reason }) };
}

/** Figures of the model by name; a bare number is one over 100 rows. */
export function figuresOf(
  model: Record<string, number | null | Figure>,
  columns: FigureSet['columns'] = {},
): FigureSet {
  const full = Object.entries(model).map(([name, value]) => {
    return [name, value !== null && typeof value === 'object' ? value : figure(value)] as const;
  });
  return { figures: Object.fromEntries(full), columns };
}

/** `hard recall >= 0.70`: a gate in one line; its id is the figure's name. */
export function gate(line: string, more: Partial<GateRule> = {}): GateRule {
  const [level, ...rule] = line.split(' ');
  const id = /^[a-z_0-9]+/.exec(rule[0] ?? '')?.[0] ?? 'gate';
  return { id, level: level as GateRule['level'], rule: rule.join(' '), ...more };
}

export function evaluate(rules: GateRule[], input: Partial<GateInput>): GateOutcome {
  const none: GateInput = { rules, figures: figuresOf({}), baseline: null, window, waivers: [], now };
  return evaluateGates({ ...none, ...input });
}

export function override(name: Override['name'], expiresAt: string | null = null): Override {
  return { name, reason: 'migration', by: 'ana', setAt: '2026-03-01T00:00:00Z', expiresAt };
}
