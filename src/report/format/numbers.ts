import type { Figure } from '../view.js';

/** Stands where a figure cannot be told; its reason is beside it. */
export const missing = '–';

/** Decimals that still mean something: three, fewer for large numbers, more only where three would show nothing. */
export function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (size >= 1000) return 0;
  if (size >= 100) return 1;
  if (size >= 10) return 2;
  if (size >= 0.01 || size === 0) return 3;
  return Math.min(6, Math.ceil(-Math.log10(size)) + 1);
}

/** One number of decimals for figures that stand in one row, so that they can be compared digit by digit. */
export function commonDecimals(values: readonly (number | null)[]): number {
  const told = values.filter((value) => value !== null && Number.isFinite(value) && value !== 0) as number[];
  if (told.length === 0) return 3;
  const needed = told.map(decimalsOf);
  return Math.min(Math.max(...needed), Math.min(...needed) + 2);
}

/** A number for people: thousands apart, a true minus, no more digits than mean something. */
export function formatNumber(value: number, decimals = decimalsOf(value)): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : missing;
  if (value !== 0 && Math.abs(value) < 1e-6) return exponent(value);
  const text = formatOf(decimals).format(value);
  return text.replace(/^-/, /[1-9]/.test(text) ? '−' : '');
}

const formats = new Map<number, Intl.NumberFormat>();

/** Made once: making one takes longer than thousands of numbers do. */
function formatOf(decimals: number): Intl.NumberFormat {
  const known = formats.get(decimals);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  formats.set(decimals, made);
  return made;
}

function exponent(value: number): string {
  const [digits, power] = value.toExponential(1).split('e');
  const raised = [...power!.replace('+', '')].map((sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]).join('');
  return `${digits!.replace('-', '−')} × 10${raised}`;
}

export function formatCount(value: number): string {
  return formatNumber(value, 0);
}

/** A limit as its author wrote it (0.70, 2.00, 14,073), at most with the digits of the row it stands in. */
export function formatLimit(value: number, decimals: number): string {
  if (Number.isInteger(value) && (Math.abs(value) >= 10 || decimals === 0)) return formatCount(value);
  for (let digits = Math.min(2, decimals); digits < decimals; digits++) {
    if (Number(value.toFixed(digits)) === value) return formatNumber(value, digits);
  }
  return formatNumber(value, Math.abs(value) >= 100 ? decimals : Math.max(decimals, 2));
}

/** A figure ready to show; `reason` is kept only where there is no value. */
export function figureOf(value: number | null | undefined, reason?: string, decimals?: number): Figure {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return { value: null, text: missing, reason: reason ?? 'not recorded' };
  }
  return { value, text: formatNumber(value, decimals), reason: null };
}

export function countOf(value: number | null | undefined, reason?: string): Figure {
  return figureOf(value, reason, 0);
}
