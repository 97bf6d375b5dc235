import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, exportsOf, validator } from './validators.js';

describe('the objects for Kubernetes', function () {
  this.timeout(120_000);
  let folders: string[];
  let remove: () => Promise<void>;
  before(async () => ({ folders, remove } = await exportsOf(['export', 'kubernetes'])));
  after(() => remove());

  it('are by the schemas of Kubernetes, without a field that it does not know', () => {
    for (const folder of folders) {
      const files = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
      accepts(validator('kubernetes-validate'), ['--strict', ...files.map((name) => join(folder, name))]);
    }
  });
});
