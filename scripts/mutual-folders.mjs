// Two folders that import each other are one folder with a line through it: neither can be read, tested or moved alone.
// Fails for every such pair: what both need lies where it is common to both, mostly in the folder above or in one of its own.
// A folder and its own subfolder may import each other: the subfolder is a part of it.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import ts from 'typescript';

/** The pairs of folders of these files that import each other, each with an import of either direction. @param {string[]} files */
function mutualPairs(files) {
  const known = new Set(files);
  /** One import of each arrow from folder to folder. @type {Map<string, string>} */
  const arrows = new Map();
  for (const file of files) {
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      const target = posix.join(dirname(file), fileName).replace(/\.js$/, '.ts');
      if (!fileName.startsWith('.') || !known.has(target)) continue;
      const [from, to] = [dirname(file), dirname(target)];
      if (!isWithin(from, to) && !isWithin(to, from)) arrows.set(`${from} <-> ${to}`, `${file} -> ${target}`);
    }
  }
  return [...arrows].flatMap(([pair, there]) => {
    const [from = '', to = ''] = pair.split(' <-> ');
    const back = arrows.get(`${to} <-> ${from}`);
    return from < to && back !== undefined ? [{ pair, there, back }] : [];
  });
}

/** Whether `folder` is `above` or lies in it. @param {string} folder @param {string} above */
function isWithin(folder, above) {
  return `${folder}/`.startsWith(`${above}/`);
}

const files = ['src', 'webview'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(root, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts') && statSync(path).isFile()),
);
const pairs = mutualPairs(files);
for (const { pair, there, back } of pairs) console.error(`${pair} import each other:\n  ${there}\n  ${back}`);
process.exitCode = pairs.length > 0 ? 1 : 0;
