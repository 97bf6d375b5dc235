import type { ModelMonitorConstraints } from './constraints.js';
import type { ModelMonitorStatistics } from './statistics.js';
import type { ModelMonitorViolations } from './violations.js';

/** Counts are whole numbers there; every other number is written as a double, `0.0`. */
const wholeNumbers = new Set(['item_count', 'num_present', 'num_missing', 'approximate_num_distinct_values']);

/**
 * One of Model Monitor's files as text, in the very form in which it writes them: reading one and writing it again gives
 * the same bytes. Keys keep their order.
 */
export function modelMonitorText(
  document: ModelMonitorStatistics | ModelMonitorConstraints | ModelMonitorViolations,
): string {
  return valueText(document, '', { whole: false, inside: '' });
}

interface Place {
  whole: boolean;
  /** The key of the object around. */
  inside: string;
}

function valueText(value: unknown, indent: string, place: Place): string {
  if (typeof value === 'number') return place.whole ? String(value) : doubleText(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[ ]';
    return `[ ${value.map((item) => valueText(item, indent, place)).join(', ')} ]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return '{ }';
  const deeper = `${indent}  `;
  const lines = entries.map(([key, inner]) => {
    // A category's count is a whole number, a bin's count is estimated from a sketch and therefore none.
    const whole = wholeNumbers.has(key) || (key === 'count' && place.inside === 'categorical');
    const inside = key === 'buckets' ? place.inside : key;
    return `${deeper}${JSON.stringify(key)} : ${valueText(inner, deeper, { whole, inside })}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** A double as Java's `Double.toString` writes it: `0.0`, `1.14E7`, `5.0E-4`. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', power = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(power)}`;
}
