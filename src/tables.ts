import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makeGridDesk } from './pipeline/grid/answer-grid.js';

/**
 * The process that a window keeps for a table that is looked at: questions come as lines of JSON, and so do answers. It
 * ends when nobody can ask any more, however the window ended.
 */
const scratch = mkdtempSync(join(tmpdir(), 'mlops-grid-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.on('SIGTERM', () => process.exit(0));
process.stdout.on('error', () => process.exit(0));

const desk = makeGridDesk(scratch, (reply) => void process.stdout.write(`${JSON.stringify(reply)}\n`));
createInterface({ input: process.stdin })
  .on('line', (line) => desk.hear(line))
  .on('close', () => void desk.close().finally(() => process.exit(0)));
