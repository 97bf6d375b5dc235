import assert from 'node:assert/strict';
import { Command } from 'commander';
import { sayFailure } from '../../../src/cli/failure.js';
import { ExitCode, InputError, WorkbenchError } from '../../../src/common/errors.js';
import { errorDocumentSchema } from '../../../src/documents/errors/error-document.js';

/** What is written to a stream while some work runs; nothing of it is shown. */
function written(stream: NodeJS.WriteStream, work: () => void): string {
  const write = stream.write.bind(stream);
  let text = '';
  stream.write = (chunk: unknown) => ((text += String(chunk)), true);
  try {
    work();
  } finally {
    stream.write = write;
  }
  return text;
}

describe('the document of a command that gave no answer', () => {
  for (const [error, code] of [
    [new WorkbenchError('not healthy', ExitCode.verdictFail), 'verdict-fail'],
    [new WorkbenchError('too few rows', ExitCode.inconclusive), 'inconclusive'],
    [new InputError('found nothing'), 'wrong-input'],
    [new Error('a fault'), 'broke'],
  ] as const)
    it(`says ${code} where the exit code does`, () => {
      let exitCode: number | undefined;
      const out = written(process.stdout, () =>
        written(process.stderr, () => (exitCode = sayFailure(error, ['job', '--json'], new Command()))),
      );
      const document = errorDocumentSchema.parse(JSON.parse(out));
      assert.deepEqual([document.code, document.exitCode, document.message], [code, exitCode, error.message]);
    });
});
