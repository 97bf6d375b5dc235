import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const script = resolve(import.meta.dirname, 'measure.py');

/**
 * Wall time and peak memory of a command, as the operating system counted them.
 * @param {string} python @param {string[]} command
 * @returns {{ seconds: number, peak: number, code: number }}
 */
export function measure(python, command) {
  const { stderr } = spawnSync(python, [script, ...command], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const lines = stderr.trim().split('\n');
  const said = JSON.parse(lines.at(-1) ?? '{}');
  // 1 and 3 are verdicts, not failures.
  if (![0, 1, 3].includes(said.code))
    throw new Error(`${command.join(' ')} exited ${said.code}:\n${lines.slice(-12).join('\n')}`);
  return said;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
