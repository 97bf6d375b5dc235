// Writes what the editor offers to its assistants into package.json, from the tools of `mlops mcp`. Run it after changing src/mcp/tools:
//   npx tsx scripts/assistant-tools.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { editorTools } from '../src/mcp/editor-tools.ts';

const file = 'package.json';
const manifest = JSON.parse(readFileSync(file, 'utf8'));
manifest.contributes.languageModelTools = editorTools();
writeFileSync(file, await format(JSON.stringify(manifest), { ...(await resolveConfig(file)), filepath: file }));
