import type { RunEvent, StageRecord } from '../documents/run.js';
import type { Output } from './output.js';
import { paint, rewriteLine } from './terminal.js';

/** Turns a run's events into lines on stderr; on a terminal the current progress is one line that rewrites itself. */
export function progressPrinter(output: Output): (event: RunEvent) => void {
  const live = process.stderr.isTTY && !output.quiet;
  let started = Date.now();
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write('\r\u001b[K');
    shown = false;
  };
  const line = (text: string) => {
    clear();
    output.note(text);
  };
  return (event) => {
    switch (event.type) {
      case 'stage-started':
        started = Date.now();
        line(`${paint.bold(event.stage)}: ${event.reason}`);
        return;
      case 'progress':
        if (!live) return;
        rewriteLine(`  ${progressText(event, Date.now() - started)}`);
        shown = true;
        return;
      case 'message':
        clear();
        if (event.level === 'info') output.note(`  ${event.text}`);
        else output.warn(event.text);
        return;
      case 'stage-finished':
        line(finished(event.record));
        return;
      case 'run-started':
        if (output.verbose) line(paint.dim(`run ${event.id}`));
        return;
      case 'run-finished':
        clear();
        return;
    }
  };
}

/** "1,204,332 of 3,000,000 rows · 41 s left · data_2013.zip". */
export function progressText(event: RunEvent & { type: 'progress' }, elapsedMs: number): string {
  const count = (value: number) => value.toLocaleString('en-US');
  const total = event.total === null ? '' : ` of ${count(event.total)}`;
  const left = event.total !== null && event.done > 0 ? (elapsedMs * (event.total - event.done)) / event.done : null;
  const parts = [`${count(event.done)}${total} ${event.unit}`];
  if (left !== null && elapsedMs > 1000) parts.push(`${Math.ceil(left / 1000)} s left`);
  if (event.message !== undefined) parts.push(event.message);
  return parts.join(' · ');
}

function finished(record: StageRecord): string {
  const summary = typeof record.figures.summary === 'string' ? record.figures.summary : '';
  const seconds = record.seconds === null ? '' : paint.dim(` (${record.seconds.toFixed(1)} s)`);
  switch (record.status) {
    case 'succeeded':
      return `${paint.green('✓')} ${record.name}: ${summary}${seconds}`;
    case 'skipped':
      return `${paint.dim('–')} ${record.name}: skipped, ${record.reason}${summary === '' ? '' : paint.dim(` · ${summary}`)}`;
    case 'failed':
      return `${paint.red('✗')} ${record.name}: ${record.reason}`;
    case 'running':
    case 'not-run':
      return `  ${record.name}: ${record.status}`;
  }
}
