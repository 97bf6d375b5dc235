/**
 * Where a gate's threshold comes from: its rule alone, a multiple of another model's figure (`factor` as it was written),
 * or a baseline in a way that is not told.
 */
export type ThresholdSource =
  { kind: 'rule' } | { kind: 'multiple'; factor: string; of: 'baseline' | 'current' } | { kind: 'baseline' };

/** What a document says that another system set from its baseline. */
export const fromBaseline = 'set from the baseline';

/** Reads a gate's `thresholdSource`: `rule`, `0.95 * baseline`, `1 * current`. What it does not know is `rule`: nothing more is told. */
export function parseThresholdSource(text: string): ThresholdSource {
  if (text === fromBaseline) return { kind: 'baseline' };
  const found = /^(\S+) \* (baseline|current)$/.exec(text);
  if (found === null) return { kind: 'rule' };
  return { kind: 'multiple', factor: found[1]!, of: found[2] === 'current' ? 'current' : 'baseline' };
}
