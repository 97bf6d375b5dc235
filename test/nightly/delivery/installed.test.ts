import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary.js';

describe('the package, installed where no checkout is near', function () {
  this.timeout(300_000);
  const place = temporaryFolder();
  const folder = join(place.path, 'empty');
  const done = (command: string, args: string[], cwd: string) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
    assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  };
  const installed = () => join(folder, 'node_modules/mlops-workbench');
  const mlops = (args: string[], cwd: string) => done(join(folder, 'node_modules/.bin/mlops'), args, cwd);

  before(() => {
    mkdirSync(folder);
    // The bundle was built before the tests.
    const packed = done('npm', ['pack', '--ignore-scripts', '--pack-destination', place.path], process.cwd());
    const file = join(place.path, packed.trim().split('\n').at(-1)!);
    done('npm', ['install', file, '--prefer-offline', '--no-audit', '--no-fund'], folder);
  });
  after(() => {
    if (existsSync(join(folder, 'disks'))) mlops(['endpoint', 'delete', 'hdd-failure'], join(folder, 'disks'));
    place.remove();
  });

  it('begins a project with sample data, and runs it to a verdict', () => {
    mlops(['init', 'hdd-failure', 'disks', '--sample'], folder);
    mlops(['run', '--quiet'], join(folder, 'disks'));
    const { verdict } = JSON.parse(mlops(['gate', '--json'], join(folder, 'disks'))) as { verdict?: unknown };
    assert.ok(verdict);
  });

  it('holds what it needs, and nothing of the editor, of tests or of sources', () => {
    const kept = readdirSync(installed(), { recursive: true, encoding: 'utf8' });
    for (const needed of ['dist/cli.js', 'templates/hdd-failure/mlops.json', 'LICENSE', 'README.md'])
      assert.ok(kept.includes(needed), needed);
    for (const name of kept) {
      assert.doesNotMatch(name, /^(src|test|scripts|webview|node_modules)\/|\.ts$|\.map$|^dist\/extension/);
      assert.doesNotMatch(name, /(^|\/)\.(env|npmrc|git)/);
    }
  });
});
