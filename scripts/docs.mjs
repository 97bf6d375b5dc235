// Writes the pages of docs/ that are made from what they tell of. Run it after changing a command, an option or a setting:
//   npx tsx scripts/docs.mjs            writes them
//   npx tsx scripts/docs.mjs --check    exits 1 where one of them is not what it would write
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { commandsPage } from './docs/commands-page.mjs';
import { editorPage } from './docs/editor-page.mjs';

const check = process.argv.includes('--check');
const pages = { 'docs/COMMANDS.md': await commandsPage(), 'docs/EDITOR.md': editorPage() };
for (const [file, page] of Object.entries(pages)) {
  const text = await format(page, { ...(await resolveConfig(file)), filepath: file });
  if (!check) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not what the commands and the manifest say; run: npx tsx scripts/docs.mjs`);
    process.exitCode = 1;
  }
}
