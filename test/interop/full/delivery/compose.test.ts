import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, exportsOf, isThere, needing, validator } from './validators.js';

const has = { nginx: isThere('nginx', '-v'), promtool: isThere('promtool'), shellcheck: isThere('shellcheck') };

describe('the stack for Docker Compose', function () {
  this.timeout(120_000);
  let folders: string[];
  let remove: () => Promise<void>;
  before(async () => ({ folders, remove } = await exportsOf(['export', 'compose'])));
  after(() => remove());

  it('is by the specification of Compose', () => {
    for (const folder of folders)
      accepts(validator('check-jsonschema'), ['--builtin-schema', 'vendor.compose-spec', join(folder, 'compose.yaml')]);
  });

  const check = (program: keyof typeof has, from: string, title: string, work: (folder: string) => void) =>
    (has[program] ? it : it.skip)(needing(title, from, has[program]), () => folders.forEach(work));

  check('promtool', 'prometheus', 'has rules that Prometheus takes', (folder) => {
    accepts('promtool', ['check', 'rules', join(folder, 'alert-rules.yml')]);
  });

  check('shellcheck', 'shellcheck', 'has scripts that run in any shell', (folder) => {
    accepts('shellcheck', [join(folder, 'make-certificate.sh'), join(folder, 'backup.sh')]);
  });

  check('nginx', 'nginx', 'has a configuration that nginx takes, with a certificate that it makes', (folder) => {
    accepts('sh', [join(folder, 'make-certificate.sh'), 'model.example']);
    // Names of other containers cannot be looked up here, and the folders are those of the image.
    const here = readFileSync(join(folder, 'nginx.conf'), 'utf8')
      .replace(/http:\/\/(api|grafana):/g, 'http://127.0.0.1:')
      .replaceAll(' /tmp/', ` ${folder}/`)
      .replaceAll('/etc/nginx/tls', join(folder, 'tls'))
      // A test's own is no file that can be opened.
      .replace('/dev/stdout', join(folder, 'access.log'));
    const path = join(folder, 'here.conf');
    writeFileSync(path, here);
    accepts('nginx', ['-t', '-p', folder, '-c', path]);
    // Said twice, it leaves the certificate that is there.
    if (spawnSync('sh', [join(folder, 'make-certificate.sh')]).status === 0) throw new Error('it wrote over a key');
  });
});
