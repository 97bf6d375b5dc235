import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openLocal } from '../../../src/platform/local/index.js';
import { newRunId } from '../../../src/pipeline/run-record.js';
import { runPipeline } from '../../../src/pipeline/runner.js';
import { projectFile } from '../../support/stage-context.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('the scratch folder of a run', () => {
  it('is cleared of what a dead run left, and not of what one in another environment works with', async () => {
    const folder = temporaryFolder();
    const [dead, busy] = ['local', 'prod'].map((name) => join(folder.path, '.mlops', 'scratch', `${name}.run`, 'part'));
    for (const path of [dead!, busy!]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, 'rows');
    }
    const engine = { node: process.execPath, endpointScript: 'none' };
    const environment = openLocal({ projectFolder: folder.path, project: 'made', engine });
    await runPipeline({
      ...{ project: { folder: folder.path, file: projectFile({}), sql: {} }, environment, stages: [] },
      ...{ runId: newRunId(new Date()), signal: new AbortController().signal, emit: () => undefined },
      options: {
        ...{ sources: {}, force: false, acceptPartial: false, forceRetrain: false, forceSkipRetrain: false },
        reason: null,
      },
    });
    assert.deepEqual([existsSync(dead!), existsSync(busy!)], [false, true]);
    folder.remove();
  });
});
