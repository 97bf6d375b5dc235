import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, exportsOf } from './validators.js';

describe('the files for Terraform', function () {
  this.timeout(120_000);

  it('are read as its language', async () => {
    const { folders, remove } = await exportsOf(['export', 'terraform']);
    const files = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.tf'))
        .map((name) => join(folder, name)),
    );
    const program = 'import hcl2, sys\nfor path in sys.argv[1:]:\n    with open(path) as file: hcl2.load(file)';
    accepts(process.env.MLOPS_PYTHON_DELIVERY ?? '', ['-c', program, ...files]);
    await remove();
  });
});
