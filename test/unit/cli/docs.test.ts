import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((name) => join('docs', name))];

describe('the documentation', function () {
  this.timeout(60_000);

  it('of commands and settings says what the commands and the manifest say now', () => {
    // Fails with the file's name and the command that writes it anew.
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/docs.mjs', '--check'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  });

  it('leads to pages and pictures that there are', () => {
    const links = pages
      .filter((page) => page.endsWith('.md'))
      .flatMap((page) =>
        [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => ({
          page,
          link: link!,
        })),
      );
    assert.ok(links.length > 30);
    assert.deepEqual(
      links.filter(({ page, link }) => !existsSync(join(dirname(page), link))),
      [],
    );
  });

  it('is found from the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const page of readdirSync('docs').filter((name) => name.endsWith('.md')))
      assert.ok(readme.includes(`](docs/${page})`), page);
  });
});
