// Takes the pictures of README.md and docs/ from the running extension, with a sample project that has run. Run it after
// changing what they show; each is looked at before it is kept:
//   node scripts/pictures.mjs [NAME…]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {Record<string, string[]>} What `scripts/vscode/shot.mjs` is told, by the picture's name. */
const pictures = {
  verdict: ['--command', 'mlops.openReport', '--wait', 'header.banner', '--size', '1400x860'],
};

const asked = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'mlops-pictures-'));
const folder = join(scratch, 'drives');
/** @param {string[]} words */
const mlops = (...words) => execFileSync(process.execPath, ['dist/cli.js', ...words], { stdio: 'inherit' });
try {
  execFileSync(process.execPath, ['scripts/build.mjs']);
  mlops('init', 'hdd-failure', '--sample', folder, '--quiet');
  mlops('run', '--project', folder, '--quiet');
  mkdirSync('docs/pictures', { recursive: true });
  for (const [name, words] of Object.entries(pictures)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const out = join('docs/pictures', `${name}.png`);
    execFileSync(process.execPath, ['scripts/vscode/shot.mjs', '--folder', folder, '--out', out, ...words], {
      stdio: 'inherit',
    });
    console.log(out);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
