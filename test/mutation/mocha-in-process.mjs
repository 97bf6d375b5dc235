// Runs the unit tests of the rooms that judge, with one mutant after the other in one process. Stryker's own runner for
// Mocha reaches into parts of Mocha that its version 12 no longer has; this one keeps to what Mocha promises.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';

/** Folders of `src`, and of `test/unit` with the tests that have to notice. */
const rooms = ['gates', 'alarms', 'drift', 'platform/permissions', 'operations'];

/** @param {string} room */
function testsOf(room) {
  const folder = join('test', 'unit', room);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(folder, name));
}

/** @returns {import('@stryker-mutator/api/test-runner').TestRunner} */
function makeRunner() {
  /** @type {any} */
  const everywhere = globalThis;
  /** @type {import('@stryker-mutator/api/core').InstrumenterContext} */
  const shared = (everywhere.__stryker__ ??= {}); // with the changed code: which mutant is on, what each test reached
  // The reporter prints nothing: results are taken from the run's events.
  const mocha = new Mocha({ reporter: Mocha.reporters.Base, timeout: 0, bail: true }).cleanReferencesAfterRun(false);
  let isLoaded = false;

  /** @param {readonly string[]} files */
  async function load(files) {
    if (isLoaded) return;
    isLoaded = true;
    for (const file of files) mocha.addFile(file);
    await mocha.loadFilesAsync();
  }

  /** @returns {Promise<import('@stryker-mutator/api/test-runner').CompleteDryRunResult>} */
  async function run() {
    /** @type {import('@stryker-mutator/api/test-runner').TestResult[]} */
    const tests = [];
    await new Promise((done) => {
      const runner = mocha.run(done);
      let began = Date.now();
      runner.on('test', () => (began = Date.now()));
      runner.on('pass', (test) => {
        const id = test.fullTitle();
        tests.push({ id, name: id, timeSpentMs: Date.now() - began, status: TestStatus.Success });
      });
      runner.on('fail', (test, error) => {
        const id = test.ctx?.currentTest?.fullTitle() ?? test.fullTitle();
        const failureMessage = `${error?.message ?? error}`;
        tests.push({ id, name: id, timeSpentMs: Date.now() - began, status: TestStatus.Failed, failureMessage });
      });
    });
    return { status: DryRunStatus.Complete, tests };
  }

  return {
    // What was imported once cannot be imported again: a mutant of what runs on import gets a process of its own.
    capabilities: () => ({ reloadEnvironment: false }),

    async dryRun({ coverageAnalysis }) {
      await load(rooms.flatMap(testsOf));
      let counts = coverageAnalysis === 'perTest';
      mocha.suite.beforeEach(function () {
        if (counts) shared.currentTestId = this.currentTest?.fullTitle();
      });
      const result = await run();
      counts = false;
      return { ...result, mutantCoverage: shared.mutantCoverage };
    },

    async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, sandboxFileName }) {
      const isStatic = mutantActivation === 'static';
      shared.hitLimit = hitLimit;
      shared.hitCount = hitLimit === undefined ? undefined : 0;
      shared.activeMutant = isStatic ? activeMutant.id : undefined;
      const own = rooms.find((room) => sandboxFileName.includes(`/src/${room}/`));
      await load(isStatic && own !== undefined ? testsOf(own) : rooms.flatMap(testsOf));
      shared.activeMutant = activeMutant.id;
      const titles = (testFilter ?? []).map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      mocha.grep(testFilter === undefined ? /(?:)/ : new RegExp(`^(?:${titles.join('|')})$`));
      const result = await run();
      return toMutantRunResult(determineHitLimitReached(shared.hitCount, shared.hitLimit) ?? result);
    },
  };
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'mocha-in-process', factory: makeRunner }];
