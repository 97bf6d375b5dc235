import type { TableCell } from './blocks.js';
import { figureOf } from '../format/numbers.js';
import type { Answer } from '../view.js';
import { answerWords, shortened } from '../format/words.js';

export function textCell(text: string | null | undefined, most = 60): TableCell {
  if (text === null || text === undefined || text === '') return { text: '–', sort: null, reason: 'not recorded' };
  const short = shortened(text, most);
  return short === text ? { text, sort: text } : { text: short, sort: text, full: text };
}

/** A number with its reason where it is missing. */
export function numberCell(value: number | null | undefined, options: NumberOptions = {}): TableCell {
  const { decimals, suffix = '', reason } = options;
  const figure = figureOf(value, reason, decimals);
  if (figure.value === null) return { text: figure.text, sort: null, reason: figure.reason! };
  const full = fullDigits(figure.value, figure.text);
  return { text: figure.text + suffix, sort: figure.value, ...(full === undefined ? {} : { full }) };
}
interface NumberOptions {
  decimals?: number;
  suffix?: string;
  reason?: string;
}

function fullDigits(value: number, text: string): string | undefined {
  const digits = String(value);
  return digits.length > text.length + 1 ? digits : undefined;
}

export function countCell(value: number | null | undefined, reason?: string): TableCell {
  return numberCell(value, { decimals: 0, reason });
}

export function answerCell(answer: Answer, word = answerWords[answer]): TableCell {
  return { text: word, sort: word, answer };
}

/** Whether something drifted, in words; null is never "no". */
export function driftedCell(drifted: boolean | null | undefined, reason?: string): TableCell {
  if (drifted === true) return { text: 'drifted', sort: 'drifted', answer: 'warn' };
  if (drifted === false) return { text: 'no drift', sort: 'no drift', answer: 'pass' };
  return { text: 'not known', sort: 'not known', answer: 'inconclusive', full: reason };
}

/** Any value of a document as people read it. */
export function anyCell(value: unknown): TableCell {
  if (typeof value === 'number') return numberCell(value, Number.isInteger(value) ? { decimals: 0 } : {});
  if (typeof value === 'boolean') return { text: value ? 'yes' : 'no', sort: value ? 1 : 0 };
  if (typeof value === 'string') return textCell(value);
  return textCell(value === null || value === undefined ? null : JSON.stringify(value));
}

/** "learning_rate 0.05, num_leaves 15". */
export function parametersText(parameters: Record<string, unknown>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');
}

export function valueText(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
