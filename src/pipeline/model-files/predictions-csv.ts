import { CancelledError } from '../../common/errors.js';
import { formatDouble } from '../../models/lightgbm-text/format-number.js';
import type { Predictions } from './predictions.js';

const rowsAtOnce = 5000;

/** CSV with a header and 17 significant digits, some rows at a time. */
export function* csvBlocks({ columns, rows, value }: Predictions, signal: AbortSignal): Generator<Buffer> {
  yield Buffer.from(`${columns.map(quoted).join(',')}\n`);
  for (let from = 0; from < rows; from += rowsAtOnce) {
    if (signal.aborted) throw new CancelledError();
    let text = '';
    for (let row = from; row < Math.min(rows, from + rowsAtOnce); row++)
      text += `${columns.map((_, column) => formatDouble(value(row, column))).join(',')}\n`;
    yield Buffer.from(text);
  }
}

const quoted = (name: string): string => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
