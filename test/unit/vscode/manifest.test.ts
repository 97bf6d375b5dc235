import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../package.json';
import { stageNames } from '../../../src/documents/run.js';
import { editorTools } from '../../../src/mcp/editor-tools.js';
import { commandIds, commandKinds } from '../../../src/vscode/command-table.js';
import { contextDefaults } from '../../../src/vscode/context-keys.js';
import { gridEditors, previewEditor, reportEditors } from '../../../src/vscode/report/editor-types.js';
import { settingDefaults } from '../../../src/vscode/setting-defaults.js';
import { refreshIdOf, viewIds } from '../../../src/vscode/trees/view-ids.js';

const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);
const menus: Record<string, { command: string; when?: string; group?: string }[]> = contributes.menus;
const sorted = (names: readonly string[]) => [...names].sort();

/** Every `when` and `enablement` of the manifest, with where it stands. */
function conditions(): { where: string; text: string }[] {
  const found: { where: string; text: string }[] = [];
  const walk = (value: unknown, where: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if ((key === 'when' || key === 'enablement') && typeof part === 'string') found.push({ where, text: part });
      else walk(part, `${where}/${key}`);
    }
  };
  walk(contributes, '');
  return found;
}

/** What lines of trees say they are. */
const lineContexts = [
  ...stageNames.flatMap((name) => [`stage+${name}`, `stage+${name}+failed`]),
  ...[
    'stage+running',
    'runs',
    'runs+searched',
    'run',
    'run+failed',
    'run+running',
    'run+results',
    'account-pipeline',
    'account-pipeline+absent',
    'execution',
  ],
  ...['endpoint+running', 'endpoint+running+scalable', 'endpoint+stopped', 'endpoint+others', 'alarm', 'feature-group'],
  ...['bucket', 'bucket+added', 'bucket+own', 'prefix', 'prefix+results', 'prefix+own', 'prefix+results+own'].flatMap(
    (context) => [context, `${context}+searched`],
  ),
  ...['object', 'object+rows', 'object+own', 'object+rows+own'],
  ...['approved', 'rejected', 'pendingmanualapproval'].map((status) => `model+${status}`),
];

/** Whether a line fulfils what a condition says of it. */
function fulfils(context: string, when: string): boolean {
  const said = [...when.matchAll(/viewItem (?:== (\S+)|=~ \/(.+?)\/(?= |$))/g)];
  return said.every(([, exact, pattern]) => (pattern ? new RegExp(pattern).test(context) : context === exact));
}

describe('the manifest', () => {
  it('offers to assistants of the editor what an assistant may look at: npx tsx scripts/assistant-tools.mjs', () => {
    assert.deepEqual(contributes.languageModelTools, JSON.parse(JSON.stringify(editorTools())));
  });

  it('contributes exactly the commands of the table', () => {
    assert.deepEqual(sorted(contributed), sorted(commandIds));
    assert.equal(new Set(contributed).size, contributed.length);
  });

  it('gives every command the category MLOps and a title without it', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, 'MLOps', command);
      assert.doesNotMatch(title, /mlops:/i, command);
    }
  });

  it('lets a command that changes an environment be called only in a trusted, writable place', () => {
    for (const { command, enablement } of contributes.commands as { command: string; enablement?: string }[]) {
      if (commandKinds[command as keyof typeof commandKinds] !== 'write') continue;
      assert.match(enablement ?? '', /isWorkspaceTrusted/, command);
      assert.match(enablement ?? '', /!mlops\.readOnly/, command);
    }
  });

  it('refers only to commands that exist, in menus and in welcome texts', () => {
    const used = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    const linked = contributes.viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/command:([\w.]+)/g)]);
    const own = linked.map(([, id]) => id!).filter((id) => id.startsWith('mlops.'));
    for (const id of [...used, ...own]) assert.ok(contributed.includes(id), `${id} is no command`);
  });

  it('hides from the palette what needs a tree item', () => {
    const hidden = menus.commandPalette!.filter(({ when }) => when === 'false').map(({ command }) => command);
    for (const name of [
      'openObject',
      'copyAddress',
      'loadMore',
      'searchKeys',
      'refreshNode',
      'uploadFiles',
      'deleteObject',
    ])
      assert.ok(hidden.includes(`mlops.${name}`), name);
  });

  it('offers on lines of trees only what some line fulfils', () => {
    for (const { command, when = '' } of menus['view/item/context']!)
      assert.ok(
        lineContexts.some((context) => fulfils(context, when)),
        `${command}: no line is ${when}`,
      );
  });

  it('offers to change only what lies in the bucket of the project', () => {
    const items = menus['view/item/context']!;
    const changing = items.filter(({ command }) => ['mlops.uploadFiles', 'mlops.deleteObject'].includes(command));
    assert.equal(changing.length, 2);
    for (const context of lineContexts)
      for (const { when = '' } of changing)
        assert.ok(!fulfils(context, when) || context.includes('+own'), `${context}: ${when}`);
  });

  it('has in the menu of a line whatever stands on it as a button, which keyboards do not reach', () => {
    const isButton = ({ group }: { group?: string }) => group?.startsWith('inline') === true;
    const items = menus['view/item/context']!;
    for (const context of lineContexts) {
      const offered = items.filter(({ when = '' }) => fulfils(context, when));
      const inMenu = offered.filter((item) => !isButton(item)).map(({ command }) => command);
      for (const { command } of offered.filter(isButton))
        assert.ok(inMenu.includes(command), `${command} on ${context}`);
    }
  });

  it('contributes exactly the views that are provided, each with an icon file or a codicon', () => {
    const views = contributes.views.mlops;
    assert.deepEqual(sorted(views.map(({ id }) => id)), sorted(viewIds));
    for (const { icon } of views) assert.match(icon, /^\$\([\w-]+\)$/);
    for (const { icon } of contributes.viewsContainers.activitybar) assert.ok(existsSync(icon), icon);
  });

  it('gives every view one button that looks again, which the palette does not repeat', () => {
    const hidden = menus.commandPalette!.filter(({ when }) => when === 'false').map(({ command }) => command);
    for (const id of viewIds) {
      const buttons = menus['view/title']!.filter(
        ({ command, when }) => command === refreshIdOf(id) && when === `view == ${id}`,
      );
      assert.deepEqual(
        buttons.map(({ group }) => group),
        ['navigation@9'],
        id,
      );
      assert.ok(hidden.includes(refreshIdOf(id)), id);
    }
  });

  it('begins with steps whose links and events are commands of ours, and whose pictures are packed and told in words', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.ok(steps.length >= 5);
    for (const { id, description, media, completionEvents } of steps) {
      // Without an event of its own a step is done by its command, which other steps have too.
      assert.equal(completionEvents.length, 1, id);
      const [, key] = /^onContext:(mlops\.\w+)/.exec(completionEvents[0]!) ?? [];
      assert.ok(key === undefined || key in contextDefaults, `${id}: ${key} is never set`);
      assert.match(completionEvents[0]!, /^(onContext:|onCommand:|onStepSelected$)/, id);
      const linked = [...`${description} ${completionEvents.join(' ')}`.matchAll(/(?:command:|onCommand:)([\w.]+)/g)];
      assert.ok(linked.length > 0, `${id} leads nowhere`);
      for (const [, command] of linked) assert.ok(contributed.includes(command!), `${id}: ${command} is no command`);
      assert.ok(media.svg.startsWith('media/') && existsSync(media.svg), `${id}: ${media.svg} is not there`);
      assert.doesNotMatch(readFileSync(media.svg, 'utf8'), /style=|<style/, `${id}: its page lets no style in`);
      assert.ok(media.altText.length > 20, `${id}: its picture has no words`);
    }
  });

  it('gives what its links say to a command as it reads it', () => {
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
    ];
    const said = texts.flatMap((text) =>
      [...text.matchAll(/command:mlops\.init\?([^)]*)/g)].map(([, words]) => words!),
    );
    const ways = said.map((words) => (JSON.parse(decodeURIComponent(words)) as [{ begin: string }])[0].begin);
    assert.deepEqual([...new Set(ways)].sort(), ['account', 'predictions', 'table', 'template']);
  });

  it('says of views only what VS Code reads, which passes over any other word in silence', () => {
    const known = ['id', 'name', 'icon', 'visibility', 'initialSize', 'when'];
    const unknown = contributes.views.mlops.flatMap((view) => Object.keys(view).filter((key) => !known.includes(key)));
    assert.deepEqual(unknown, []);
  });

  it('welcomes people only in views that exist', () => {
    for (const { view } of contributes.viewsWelcome) assert.ok((viewIds as readonly string[]).includes(view), view);
  });

  it('names in conditions only keys that are set from the start', () => {
    const known = new Set([...Object.keys(contextDefaults), ...viewIds]);
    for (const { where, text } of conditions()) {
      for (const [key] of text.matchAll(/\bmlops\.\w+/g)) assert.ok(known.has(key), `${where}: ${key} is never set`);
    }
  });

  it('gives every setting a description, a scope and the default that the code falls back to', () => {
    const settings = contributes.configuration.properties as Record<
      string,
      { default: unknown; scope: string; markdownDescription: string }
    >;
    const defaults = Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.default]));
    const expected = Object.entries(settingDefaults).map(([name, value]) => [`mlops.${name}`, value]);
    assert.deepEqual(defaults, Object.fromEntries(expected));
    for (const [name, { scope, markdownDescription }] of Object.entries(settings)) {
      assert.ok(scope, name);
      assert.match(markdownDescription, /\.$/, name);
    }
  });

  it('keeps what opens an account or runs a program out of reach of a cloned project', () => {
    const settings = contributes.configuration.properties;
    assert.equal(settings['mlops.aws.write'].scope, 'machine');
    assert.equal(settings['mlops.node'].scope, 'machine');
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    for (const name of restrictedConfigurations) assert.ok(name in settings, `${name} is no setting`);
  });

  it('has the editors that the code registers, by default only for stored results and for what no other editor reads', () => {
    const editors = contributes.customEditors;
    assert.deepEqual(
      sorted(editors.map(({ viewType }) => viewType)),
      sorted([...reportEditors, previewEditor, ...gridEditors]),
    );
    const byDefault = editors.filter(({ priority }) => priority === 'default').flatMap(({ selector }) => selector);
    assert.deepEqual(byDefault, [
      { filenamePattern: '**/monitoring/runs/**/monitoring_results.json' },
      // Of objects alone: files on disk belong to whoever reads them there.
      { filenamePattern: 'mlops:/**/*.{gz,tgz,tar,zip,npz,whl,jar}' },
      // No editor of texts reads it.
      { filenamePattern: '*.parquet' },
    ]);
  });

  it('wakes the extension by what it contributes, in a project, where a run may be under way, and for its old panels and objects', () => {
    assert.deepEqual(manifest.activationEvents, [
      'workspaceContains:mlops.json',
      'workspaceContains:*/mlops.json',
      'onWebviewPanel:mlops.reportPanel',
      'onWebviewPanel:mlops.comparison',
      'onWebviewPanel:mlops.runs',
      'onFileSystem:mlops',
    ]);
  });

  it('asks for the VS Code whose types it is checked against', () => {
    const types = manifest.devDependencies['@types/vscode'];
    assert.equal(manifest.engines.vscode, `^${types}`);
  });

  it('points to files that are there', () => {
    for (const { url } of contributes.jsonValidation) assert.ok(existsSync(url), url);
    for (const icon of ['media/mlops.svg', 'media/report.svg']) assert.match(readFileSync(icon, 'utf8'), /^<svg /);
  });

  it('has one place that registers commands and one that sets context keys, so that the tables stay true', () => {
    const files = readdirSync('src/vscode', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const withText = (text: string) =>
      files.filter((name) => readFileSync(join('src/vscode', name), 'utf8').includes(text));
    assert.deepEqual(withText('registerCommand('), [join('commands', 'register.ts')]);
    assert.deepEqual(withText("'setContext'"), ['contexts.ts']);
  });
});
