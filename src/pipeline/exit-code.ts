import { ExitCode } from '../common/errors.js';
import type { Run } from '../documents/run.js';
import type { Verdict } from '../documents/gates/verdict.js';

/** The exit code of a finished run: what broke it, else what its verdict says. */
export function exitCodeOfRun(run: Run, failOn: 'fail' | 'warn' = 'fail'): number {
  if (run.error) return run.error.exitCode;
  return run.verdict === null ? ExitCode.done : exitCodeOfVerdict(run.verdict, failOn);
}

export function exitCodeOfVerdict(verdict: Verdict, failOn: 'fail' | 'warn' = 'fail'): number {
  switch (verdict) {
    case 'pass':
      return ExitCode.done;
    case 'warn':
      return failOn === 'warn' ? ExitCode.verdictFail : ExitCode.done;
    case 'fail':
      return ExitCode.verdictFail;
    case 'inconclusive':
      return ExitCode.inconclusive;
    case 'error':
      return ExitCode.broke;
  }
}
