// Mutation testing of what judges: gates, alarms, whether data has drifted, and what may be written at all. The code is
// changed in one place at a time, and a unit test of its room has to notice.
import { fileURLToPath } from 'node:url';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    'src/gates/**/*.ts',
    'src/alarms/**/*.ts',
    // What says whether something has drifted, not the numbers it goes by.
    'src/drift/{changes,column-result,compare,consensus,dataset,mean-shift}.ts',
    'src/drift/methods/adjust.ts',
    'src/drift/profiles/{own,evidently,nannyml,sagemaker}.ts',
    'src/platform/permissions/guard.ts',
    'src/operations/operation.ts',
  ],
  plugins: [fileURLToPath(new URL('mocha-in-process.mjs', import.meta.url))],
  testRunner: 'mocha-in-process',
  testRunnerNodeArgs: ['--import', 'tsx'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A changed copy of the project is made there; nothing of it is kept.
  tempDirName: 'test-results/mutation',
  ignorePatterns: [
    '*',
    '!src',
    '!src/**',
    '!test',
    '!test/**',
    '!templates',
    '!templates/**',
    '!package.json',
    '!tsconfig.json',
  ],
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: 'test-results/mutation.json' },
  // Of all together; scripts/suites/mutation.mjs asks it of every room.
  thresholds: { high: 90, low: 80, break: 80 },
};
