import { CommanderError, type Command } from 'commander';
import { ExitCode, linesOfError, WorkbenchError } from '../common/errors.js';
import { plainError } from '../documents/errors/error-about.js';
import type { ErrorDocument } from '../documents/errors/error-document.js';
import { jsonText, printDocument, say } from './terminal.js';
import { usageText } from './usage.js';

/**
 * Says why a command gave no answer, to people on stderr and with `--json` as the one document on stdout too.
 * Returns the exit code.
 */
export function sayFailure(error: unknown, argv: readonly string[], program: Command): number {
  if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.done;
  const usage = error instanceof CommanderError;
  const lines = usage ? [usageText(error, argv, program)] : linesOfError(error);
  const message = lines.join('\n');
  const exitCode = usage ? ExitCode.wrongInput : error instanceof WorkbenchError ? error.exitCode : ExitCode.broke;
  // Who types a command without a subcommand gets its help, which is all there is to say.
  if (!(usage && error.code === 'commander.help')) say(lines);
  if (asksForJson(argv)) printDocument(jsonText(documentOf(error, message, exitCode)));
  return exitCode;
}

/** Asked of the words themselves: what is wrong may be that they cannot be read. */
function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}

const codes: Partial<Record<ExitCode, ErrorDocument['code']>> = {
  [ExitCode.verdictFail]: 'verdict-fail',
  [ExitCode.inconclusive]: 'inconclusive',
  [ExitCode.wrongInput]: 'wrong-input',
  [ExitCode.refused]: 'refused',
  [ExitCode.cancelled]: 'cancelled',
};

const documentOf = (error: unknown, message: string, exitCode: ExitCode): ErrorDocument => ({
  ...plainError(error),
  kind: 'error',
  schemaVersion: 1,
  code: codes[exitCode] ?? 'broke',
  exitCode,
  message,
});
