import assert from 'node:assert/strict';
import { startAwsDouble, type AwsDouble } from '../doubles/aws/double.js';
import { variables } from '../doubles/aws/fill.js';
import { temporaryFolder } from './temporary.js';

/**
 * An account that several suites share, for to start and to fill it takes longer than most tests: made by the first
 * suite that uses it, ended after the last. The variables that sign in to it are set while such a suite runs.
 */
export function sharedAccount<Filled extends object>(fill: (double: AwsDouble, folder: string) => Promise<Filled>) {
  let started: Promise<Filled & { double: AwsDouble; folder: string }> | undefined;
  const folder = temporaryFolder();
  after(async () => {
    await (await started)?.double.stop();
    folder.remove();
  });

  async function start() {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    const double = await startAwsDouble(python);
    return { ...(await fill(double, folder.path)), double, folder: folder.path };
  }

  /** To be called in a suite; what it returns is there once its first test begins. */
  return () => {
    const at = {} as Awaited<NonNullable<typeof started>>;
    const before_ = { ...process.env };
    before(async () => {
      Object.assign(process.env, variables);
      Object.assign(at, await (started ??= start()));
    });
    beforeEach(() => {
      at.double.deny(/^$/);
      at.double.forget();
    });
    after(() => {
      for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    });
    return at;
  };
}
