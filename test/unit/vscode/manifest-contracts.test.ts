import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../package.json';
import { commandIds } from '../../../src/vscode/command-table.js';
import { contextDefaults } from '../../../src/vscode/context-keys.js';
import { viewIds } from '../../../src/vscode/trees/view-ids.js';

/** A pattern of `.vscodeignore` as an expression: `**`, `*`, `{a,b}` and `[!s]`. */
function expression(glob: string): RegExp {
  const parts = glob.replace(/\*\*\/|\*\*|\*|\{[^}]*\}|\[!([^\]]*)\]|[.+()?^$|\\]/g, (part, not?: string) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part.startsWith('{')) return `(?:${part.slice(1, -1).replaceAll(',', '|').replaceAll('.', '\\.')})`;
    return not === undefined ? `\\${part}` : `[^${not}]`;
  });
  return new RegExp(`^${parts}$`);
}

const rules = readFileSync('.vscodeignore', 'utf8').split('\n').filter(Boolean);

/** The last rule that fits decides. */
function isPacked(path: string): boolean {
  const fits = rules.filter((rule) => expression(rule.replace(/^!/, '')).test(path));
  return fits.length === 0 || fits.at(-1)!.startsWith('!');
}

/** Every file of ours that the manifest names. */
function namedFiles(value: unknown): string[] {
  if (typeof value === 'string') {
    const found = /^\.?\/?((?:media|dist|schemas|templates|docs)\/[\w./-]+\.\w+)$/.exec(value);
    return found ? [found[1]!] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namedFiles) : [];
}

/** Conditions of the editor itself, which every version that we ask for knows. */
const builtIn = [
  ...['view', 'viewItem', 'focusedView', 'inputFocus', 'isWorkspaceTrusted', 'activeEditor', 'false', 'true'],
  ...[
    'resourceScheme',
    'resourceFilename',
    'resourceExtname',
    'resourceLangId',
    'activeCustomEditorId',
    'activeWebviewPanelId',
  ],
];

function conditions(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    (key === 'when' || key === 'enablement') && typeof part === 'string' ? [part] : conditions(part),
  );
}

describe('the contract of the manifest', () => {
  const { contributes } = manifest;

  it('packs every file that it names, and neither sources nor tests', () => {
    const named = [...new Set(namedFiles(manifest))];
    assert.ok(named.length > 8, named.join());
    for (const file of named) assert.ok(isPacked(file), `${file} is not packed`);
    for (const file of ['src/extension.ts', 'test/e2e/index.ts', 'scripts/build.mjs', 'tsconfig.json', '.vscodeignore'])
      assert.ok(!isPacked(file), `${file} is packed`);
  });

  it('binds keys only to commands that exist, and only while one of our views has the focus', () => {
    assert.ok(contributes.keybindings.length > 0);
    for (const { command, when } of contributes.keybindings) {
      assert.ok((commandIds as string[]).includes(command), `${command} is no command`);
      const [, view] = /^focusedView == (\S+) && !inputFocus$/.exec(when) ?? [];
      assert.ok((viewIds as readonly string[]).includes(view ?? ''), `${command}: ${when}`);
    }
  });

  it('asks in conditions only for keys of ours and for those of the editor', () => {
    const known = new Set<string>([...builtIn, ...Object.keys(contextDefaults)]);
    for (const text of conditions(contributes)) {
      const keys = text
        .replace(/(==|=~|!=)\s*(\/(?:\\.|[^/])+\/\w*|[\w.:-]+(?:\+[\w+]+)?)/g, '')
        .match(/[A-Za-z][\w.]*/g);
      for (const key of keys ?? []) assert.ok(known.has(key), `${key} in: ${text}`);
    }
  });

  it('calls from code only commands of the table, beside those of the editor', () => {
    const files = readdirSync('src/vscode', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const called = files.flatMap((name) => [
      ...readFileSync(join('src/vscode', name), 'utf8').matchAll(/executeCommand(?:<[^>]*>)?\(\s*'(mlops\.[\w.]+)'/g),
    ]);
    const focus = viewIds.map((id) => `${id}.focus`);
    for (const [, id] of called) assert.ok([...commandIds, ...focus].includes(id!), `${id} is no command`);
  });
});
