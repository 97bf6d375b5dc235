import assert from 'node:assert/strict';
import { newRun } from '../../../src/pipeline/run-record.js';
import { exitCodeOfRun, exitCodeOfVerdict } from '../../../src/pipeline/exit-code.js';

describe('exit codes', () => {
  it('say what the verdict says', () => {
    const codes = (['pass', 'warn', 'fail', 'inconclusive', 'error'] as const).map((verdict) =>
      exitCodeOfVerdict(verdict),
    );
    assert.deepEqual(codes, [0, 0, 1, 3, 4]);
  });

  it('make a warning fail when asked to', () => {
    assert.equal(exitCodeOfVerdict('warn', 'warn'), 1);
    assert.equal(exitCodeOfVerdict('pass', 'warn'), 0);
  });

  it('of a broken run are those of what broke it, whatever its verdict', () => {
    const run = { ...newRun('r', 'p', 'local', [], new Date(0)), verdict: 'pass' as const };
    assert.equal(exitCodeOfRun(run), 0);
    assert.equal(exitCodeOfRun({ ...run, error: { message: 'a damaged day', exitCode: 2 } }), 2);
  });
});
