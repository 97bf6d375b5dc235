import assert from 'node:assert/strict';
import { Command } from 'commander';
import type { Act, Work } from '../../../src/cli/command-runner.js';
import { addEndpoint } from '../../../src/cli/commands/endpoint/endpoint.js';
import type { Workspace } from '../../../src/cli/context.js';
import type { CallOptions } from '../../../src/platform/ports/calls.js';

/** The signal that a port was given by a command of `mlops endpoint`. */
async function signalOf(verb: 'start' | 'stop', signal: AbortSignal): Promise<AbortSignal | undefined> {
  let given: AbortSignal | undefined;
  const port = (name: string, options: CallOptions = {}) => {
    given = options.signal;
    return Promise.resolve({ name });
  };
  const lease = { acquire: () => Promise.resolve({ release: () => Promise.resolve() }) };
  const environment = {
    kind: 'local',
    endpoints: { describe: (name: string) => Promise.resolve({ name }) },
    writers: () => ({ lease, endpoints: { start: port, stop: port } }),
  };
  const at = { environment, output: { result: () => undefined }, signal } as unknown as Workspace;
  const run =
    (work: Work) =>
    async (...args: unknown[]) =>
      void (await work(at, args.slice(0, -2), {}));
  const act = Object.assign(run, { writing: run });
  const program = new Command();
  addEndpoint(program, act as unknown as Act);
  await program.parseAsync(['endpoint', verb, 'e'], { from: 'user' });
  return given;
}

describe('waiting for an endpoint', () => {
  for (const verb of ['start', 'stop'] as const)
    it(`can be cancelled while it is to ${verb}`, async () => {
      const { signal } = new AbortController();
      assert.equal(await signalOf(verb, signal), signal);
    });
});
