// The licences of the packages whose code is in the bundles, as they ask for where they are handed on.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ name: string, licence: string, by: string, text: string }} Notice `text` is empty where the package brings none */

/**
 * @param {string[]} inputs paths of what was bundled, as esbuild's metafile names them
 * @returns {string} each text once, under the names of the packages that it is of
 * @throws Error where a package has no licence text: it must not be bundled then
 */
export function noticesOf(inputs) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const notices = [...new Set(folders)].map(noticeOf);
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const notice of notices) {
    const text = notice.text || textOfItsKin(notice, notices);
    byText.set(text, [...(byText.get(text) ?? []), `${notice.name} (${notice.licence})`]);
  }
  const line = '-'.repeat(80);
  const parts = [...byText].map(([text, names]) => `${line}\n${names.sort().join('\n')}\n${line}\n\n${text}\n`);
  return `MLOps Workbench contains code of these packages, under their own licences.\n\n${parts.sort().join('\n')}`;
}

/** @param {string} folder @returns {Notice} */
function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder);
  const file = files.find((entry) => /^licen[cs]e/i.test(entry));
  const readme = files.find((entry) => /^readme\.md$/i.test(entry));
  const text =
    file !== undefined
      ? readFileSync(join(folder, file), 'utf8')
      : // Some say it at the end of their README alone.
        readme && /#+ *licen[cs]e\s[\s\S]*$/i.exec(readFileSync(join(folder, readme), 'utf8'))?.[0];
  return { name: `${name} ${version}`, licence: license, by: author?.name ?? author ?? '', text: (text ?? '').trim() };
}

/**
 * Of the packages of one publisher some leave their text out: it is their neighbour's, or MIT's own words with their name.
 * @param {Notice} notice
 * @param {Notice[]} notices
 */
function textOfItsKin({ name, licence, by }, notices) {
  const scope = `${name.split('/')[0]}/`;
  const kin = notices.find((other) => other.name.startsWith(scope) && other.licence === licence && other.text !== '');
  if (kin) return kin.text;
  if (licence !== 'MIT' || by === '')
    throw new Error(`build: ${name} is bundled, and has no text of its licence (${licence})`);
  return readFileSync('LICENSE', 'utf8')
    .replace(/^Copyright .*$/m, `Copyright (c) ${by}`)
    .trim();
}
