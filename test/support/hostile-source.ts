import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/common/errors.js';
import { projectFile, workplace, type Workplace } from './stage-context.js';

/** A project with one source for each test of a suite. */
export function hostileSource() {
  let place: Workplace | undefined;
  afterEach(() => {
    place?.end();
    place = undefined;
  });
  const projectWith = (rows: object) => (place = workplace(projectFile({ sources: { rows } })));
  return {
    projectWith,

    projectOf: (files: string, format: 'table' | 'zip-of-csv' = 'table', types = {}) =>
      projectWith({ files, format, types }),

    get place(): Workplace {
      return place!;
    },

    /** The run is refused as the user's input, in words that hold `said`, and nothing lies under `raw/`. */
    async refused(running: Promise<unknown>, ...said: string[]): Promise<void> {
      await assert.rejects(running, (error: Error) => {
        assert.ok(error instanceof InputError, String(error));
        for (const text of said) assert.ok(error.message.includes(text), `${error.message}\nlacks ${text}`);
        return true;
      });
      assert.ok(!existsSync(join(place!.bucket, 'raw')), 'nothing is copied first');
    },
  };
}
