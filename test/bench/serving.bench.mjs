// The prediction service beside FastAPI + LightGBM (uvicorn, one process), both with a token and a capture to a file, the
// same models and rows, in turns; then ten minutes at 100 requests a second.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonOf } from '../../scripts/python.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const python = await pythonOf('serving');

/** @param {string[]} command */
function must(...command) {
  const { status } = spawnSync(command[0], command.slice(1), { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command.join(' ')} exited ${status}`);
}

try {
  must(python, 'test/bench/serving-reference.py', 'make', folder);
  must(process.execPath, '--import', 'tsx', 'test/bench/serving-load.ts', folder, python);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
