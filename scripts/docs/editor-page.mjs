// The page of what the editor has: its commands and settings, from the manifest.
import { readFileSync } from 'node:fs';

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));

/** @param {string} words */
const cell = (words) => words.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** @typedef {{ type: string | string[], default: unknown, description?: string, markdownDescription?: string }} Setting */

/** What is not in the palette is asked of a tree item. */
function commandRows() {
  /** @type {Set<string>} */
  const hidden = new Set(
    contributes.menus.commandPalette
      .filter((/** @type {{ when?: string }} */ { when }) => when === 'false')
      .map((/** @type {{ command: string }} */ { command }) => command),
  );
  return contributes.commands.map(
    (/** @type {{ command: string, category: string, title: string }} */ { command, category, title }) =>
      `| ${cell(`${category}: ${title}`)} | \`${command}\` | ${hidden.has(command) ? 'the trees' : 'the palette'} |`,
  );
}

function keyRows() {
  return (contributes.keybindings ?? []).map(
    (/** @type {{ command: string, key: string, when?: string }} */ { command, key, when }) =>
      `| \`${key}\` | \`${command}\` | ${when ? `\`${cell(when)}\`` : ''} |`,
  );
}

function settingRows() {
  return Object.entries(contributes.configuration.properties).map(([name, setting]) => {
    const { default: standing, description, markdownDescription } = /** @type {Setting} */ (setting);
    return `| \`${name}\` | \`${cell(JSON.stringify(standing))}\` | ${cell(markdownDescription ?? description ?? '')} |`;
  });
}

/** @returns {string} Markdown */
export function editorPage() {
  const keys = keyRows();
  return [
    '# In VS Code',
    '',
    readFileSync('scripts/docs/editor-head.md', 'utf8'),
    '## Every command, key and setting',
    '',
    'Made from the manifest by `npx tsx scripts/docs.mjs`.',
    '',
    '| command | its id | where |',
    '| --- | --- | --- |',
    ...commandRows(),
    '',
    ...(keys.length === 0 ? [] : ['| key | command | when |', '| --- | --- | --- |', ...keys, '']),
    '| setting | default | what it does |',
    '| --- | --- | --- |',
    ...settingRows(),
    '',
  ].join('\n');
}
