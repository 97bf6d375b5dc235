import { besideLimit, certainAnswer, type Interval } from '../../documents/certainty.js';
import type { GateResult } from '../../documents/gates/verdict.js';
import { parseThresholdSource } from '../../documents/threshold-source.js';
import { commonDecimals, formatNumber } from '../format/numbers.js';

/** Where the figure of a gate that asked for certainty may lie beside its limit, the limit's own noise counted; null: it did not ask. */
export function aroundOf({ confidence, value, threshold, interval, thresholdInterval }: GateResult): Interval | null {
  if (confidence === undefined || value === null || threshold === null) return null;
  return besideLimit(value, interval ?? [value, value], threshold, thresholdInterval ?? null);
}

/** Beyond its limit, but chance may explain it: a warning that is neither an advisory gate's nor a waived one's. */
export function touchesLimit(gate: GateResult): boolean {
  const around = aroundOf(gate);
  return around !== null && certainAnswer(gate.operator, gate.value!, around, gate.threshold!) === 'warn';
}

/** "± 0.02 at 95 %: touches the limit"; both ends where it is lopsided. */
export function certaintyWords(gate: GateResult): string[] {
  const around = aroundOf(gate);
  if (around === null) return [];
  const answer = certainAnswer(gate.operator, gate.value!, around, gate.threshold!);
  const columns = gate.tests === undefined ? '' : ` over ${gate.tests} columns`;
  const beside = { fail: ': wholly beyond the limit', warn: ': touches the limit', pass: '' }[answer];
  const of = parseThresholdSource(gate.thresholdSource);
  const exact = of.kind === 'multiple' && gate.thresholdInterval == null ? [`the ${of.of} is taken as exact`] : [];
  return [
    `${spread(gate.value!, around)} at ${formatNumber(100 * gate.confidence!, 0)} %${columns}${beside}`,
    ...exact,
  ];
}

/** "± 0.02", or "0.51 – 0.68". */
export function spread(value: number, [low, high]: Interval): string {
  const [below, above] = [value - low, high - value];
  const decimals = Math.min(3, commonDecimals([(high - low) / 2]));
  if (Math.min(below, above) >= 0.75 * Math.max(below, above)) return `± ${formatNumber((high - low) / 2, decimals)}`;
  return `${formatNumber(low, decimals)} – ${formatNumber(high, decimals)}`;
}
