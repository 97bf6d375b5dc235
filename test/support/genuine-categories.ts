import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mlops } from './cli.js';

/** `mlops model predict` of `<case>.txt` on its table gives the numbers in `<case>.json` to 1e-12. */
export async function predictsAsGenuine(path: string, extension: 'csv' | 'parquet'): Promise<void> {
  const args = ['model', 'predict', '--model', `${path}.txt`, '--data', `${path}.${extension}`];
  const { code, stdout, stderr } = await mlops(args);
  assert.equal(code, 0, stderr);
  const genuine = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as number[];
  const ours = stdout.trim().split('\n').slice(1).map(Number);
  assert.equal(ours.length, genuine.length);
  genuine.forEach((value, row) => {
    const close = Math.abs(ours[row]! - value) <= 1e-12 * Math.max(1, Math.abs(value));
    assert.ok(close, `${path}.${extension}, row ${row + 1}: ${ours[row]!} here, ${value} genuine`);
  });
}
