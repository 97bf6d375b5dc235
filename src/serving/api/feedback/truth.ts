import type { Predictor } from '../../predictor.js';
import type { Fault } from '../refusal.js';

type Answers = Pick<Predictor, 'task' | 'classes'>;

/**
 * A label as the model would say it: 0 or 1, the name of a class, a number. What can be none of them is a fault, for
 * it would count as a wrong prediction.
 */
export function truthOf(value: unknown, { task, classes }: Answers): { truth: string | number } | Omit<Fault, 'loc'> {
  if (value === undefined || value === null) return { type: 'missing', msg: 'Field required' };
  if (task === 'regression')
    return typeof value === 'number' && Number.isFinite(value)
      ? { truth: value }
      : { type: 'float_type', msg: 'Input should be a valid number' };
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  const text = typeof value === 'string' ? value.trim() : isPlain ? String(value) : '';
  if (task === 'binary') {
    const truth = { '0': 0, '1': 1, false: 0, true: 1 }[text.toLowerCase()];
    return truth === undefined ? { type: 'literal_error', msg: 'Input should be 0 or 1' } : { truth };
  }
  const names = classes ?? [];
  const exact = names.find((name) => name === text);
  const alike = names.filter((name) => name.toLowerCase() === text.toLowerCase());
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (found !== undefined) return { truth: found };
  return { type: 'literal_error', msg: `Input should be one of the model's classes: ${names.join(', ')}` };
}
