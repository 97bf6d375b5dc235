// Mocha's own `spec` output, and the counts as JSON for scripts/test.mjs.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    const failures = [];
    /** Seconds of each file's tests and hooks, by its path. */
    const seconds = {};
    let began = 0;
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    // A hook that fails is named with what it was for.
    runner.on('fail', (test) => failures.push(test.fullTitle()));
    runner.on('suite', ({ parent }) => {
      if (parent?.root) began = Date.now();
    });
    runner.on('suite end', ({ parent, file }) => {
      if (parent?.root && file) seconds[file] = (seconds[file] ?? 0) + (Date.now() - began) / 1000;
    });
    runner.once('end', () => {
      const file = process.env.MLOPS_TEST_COUNTS;
      if (!file) return;
      writeFileSync(
        file,
        JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures, failures, skipped, seconds }),
      );
    });
  }
};
