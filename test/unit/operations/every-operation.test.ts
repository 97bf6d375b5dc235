import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancelledError, RefusedError } from '../../../src/common/errors.js';
import { operations } from '../../../src/operations/all.js';
import type { AnyOperation, At, Change, OnFiles, Operation, Reading } from '../../../src/operations/operation.js';
import { temporaryFolder } from '../../support/temporary.js';
import { inputOf, inputs, nobodys } from './asked-with.js';
import { placeThatNotes } from './place.js';

const root = 'src/operations';
type Id = (typeof operations)[number]['id'];

/** A place in which everything that is looked for is there. */
const overrides = {
  kind: 'overrides',
  schemaVersion: 1,
  overrides: [],
  waivers: [{ gate: 'recall', owner: 'a', reason: 'b', setAt: '', until: '' }],
};
const answers = {
  'endpoints.describe': { name: 'a', status: 'InService', config: { variants: [] } },
  'registry.get': { group: 'disks', version: 'v1', status: 'Approved' },
  'objects.list': { items: [] },
  'objects.head': { size: 1 },
  'objects.read': Buffer.from(JSON.stringify(overrides)),
  'cloud.intents.obstacles': [],
  'cloud.pipelines.describe': { name: 'disks' },
  'cloud.resources.tagged': [],
  'alarms.list': { items: [] },
};

type Any = Operation<unknown, unknown> | OnFiles<unknown, unknown>;
const all = operations satisfies readonly AnyOperation[] as unknown as readonly Any[];
const isChange = (one: Any): one is Change<unknown, unknown> => one.kind === 'change';
const changesOnly = all.filter(isChange);
const onFilesOnly = all.filter((one) => one.kind === 'read-files' || one.kind === 'make-files');
const readingsOnly = all.filter((one): one is Reading<unknown, unknown> => one.kind === 'read');

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

const imported = /import \{([^}]*)\} from '[^']*\/operations\/[^']*'/g;
/** As views and pages do it, which load them with the first project or page. */
const importedLater = /const \{([^}]*)\} = await import\('[^']*\/(?:project-work|drawing)\.js'\)/g;

/** Names that the files of a folder import from operations. */
function importedBy(folder: string): Set<string> {
  const names = new Set<string>();
  for (const text of filesBelow(folder).map((file) => readFileSync(file, 'utf8')))
    for (const [, list] of [...text.matchAll(imported), ...text.matchAll(importedLater)])
      for (const name of list!.split(',')) names.add(name.trim());
  return names;
}

/** Every operation by the name that it is exported under. */
async function exported(): Promise<Map<string, Any>> {
  const found = new Map<string, Any>();
  for (const file of filesBelow(root)) {
    const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module))
      if (typeof value === 'object' && value !== null && 'run' in value && 'kind' in value)
        found.set(name, value as Any);
  }
  return found;
}

/** What can be done through one door alone, and why. */
const onlyInTheTerminal: Partial<Record<Id, string>> = {
  'runs.start': 'a run outlives its window: the editor forks the engine, which starts it by this operation',
  'projects.from-url': 'the editor has the command begin it: mlops init --url',
  'projects.from-predictions': 'a project is begun in a terminal: mlops init --predictions',
  'labels.add': 'the editor has the command add them: mlops labels add',
  'batches.judge': 'the editor has the command judge: mlops judge',
  'reports.export': 'the editor has the command write the page: mlops report',
  'feature-groups.list': 'the tree describes the project’s own, and others when one is opened',
  'feature-groups.describe': 'the tree shows it line by line',
  'feature-groups.export': 'tables are read by the command, never in the window: mlops feature-group export',
  'feature-groups.query': 'tables are read by the command, never in the window: mlops feature-group query',
  'feature-groups.query-by-athena': 'the editor reads the files; who wants Athena says so in the terminal',
  'runs.rows': 'tables are read by the command, never in the window: mlops rows',
  'exports.prometheus': 'files for the folder of another program: mlops export',
  'backups.make': 'a file for a safe place, which a terminal names: mlops backup',
  'backups.restore': 'it comes before there is anything to show: mlops restore',
  'exports.platform': 'files for the folder of another program: mlops export',
  'exports.dotenv': 'a file for the steps of another program: mlops export',
  'watching.install': 'lines for a shell of the system: mlops watch --install',
  'watching.loop': 'what it decides stands in the ledger, which the editor shows: mlops loop',
  'watching.watch': 'the editor has a process of its own watch: mlops watch',
  'alarms.history': 'the page of an alarm holds its history',
  'buckets.list-objects': 'the tree asks level by level, page by page',
  'buckets.preview': 'tables are read by the command, never in the window: mlops bucket preview',
  'endpoints.show': 'the tree shows it line by line',
  'account.policy': 'a text for whoever gives rights: mlops doctor --policy',
  'models.register': 'the editor has the command evaluate it on a table: mlops model register',
  'models.show-search': 'the page of a search opens from its candidate',
  'projects.from-template': 'samples are made by the command, never in the window: mlops init',
  'projects.from-table': 'tables are read by the command, never in the window: mlops init --from',
  'projects.from-variables': 'it begins in a terminal, where the file of variables is: mlops init --from-env',
  'projects.from-endpoint': 'it begins before a window has a project: mlops init --from-endpoint',
  'environments.list': 'the window offers them where it asks which to use',
  'environments.show': 'the status bar says it of the one in use',
  'environments.use': 'a window has a setting of its own: mlops.environment',
  'environments.turn-on-writing': 'a window has a setting of its own: mlops.aws.write',
  'environments.trust': 'who trusts an address types it in the terminal: mlops env trust',
  'environments.distrust': 'taken back where it was given: mlops env trust --off',
  'machine.examine': 'it opens DuckDB, never in the window: mlops doctor',
  'tables.evaluate': 'tables are read by the command, never in the window: mlops metrics',
  'tables.evaluate-capture':
    'records of many files are read by the command, never in the window: mlops metrics --capture',
  'tables.compare': 'tables are read by the command, never in the window: mlops drift',
  'tables.compare-statistics': 'two files are compared side by side in a panel of their own',
  'tables.profile': 'tables are read by the command, never in the window: mlops profile',
  'tables.monitor-baseline': 'tables are read by the command, never in the window: mlops profile --profile sagemaker',
  'tables.violations': 'tables are read by the command, never in the window: mlops profile --constraints',
  'model-files.train': 'a training would keep the window from answering: mlops model train',
  'model-files.predict': 'tables are read by the command, never in the window: mlops model predict',
  'models.predict-file': 'the editor has the command score: mlops predict',
  'model-files.describe': 'figures of a model on a table are worked out by the command: mlops model info',
  'model-files.search': 'a search would keep the window from answering: mlops model search',
  'api.add-user': 'a password is typed where it is not shown: mlops api user add',
  'api.list-users': 'they are added in the terminal: mlops api user list',
  'api.remove-user': 'taken back where it was given: mlops api user remove',
  'endpoints.check': 'what a workflow calls: mlops endpoint check',
  'endpoints.simulate': 'it reads tables, and goes on for as long as a terminal holds it: mlops simulate',
  'runs.show': 'the run in the tree opens to its stages',
};

/** What a tree is made of, piece by piece, which a command prints as a whole. */
const onlyInTheEditor: Partial<Record<Id, string>> = {
  'models.look': 'mlops model list',
  'endpoints.look': 'mlops endpoint list',
  'endpoints.find': 'mlops endpoint show',
  'endpoints.usage': 'mlops endpoint show',
  'endpoints.live': 'mlops report dashboard',
  'endpoints.example': 'mlops endpoint invoke, where a request is typed or lies in a file',
  'feature-groups.look': 'mlops feature-group list',
  'feature-groups.find': 'mlops feature-group describe',
  'feature-groups.freshness': 'mlops feature-group describe',
  'buckets.list-page': 'mlops bucket ls',
  'reports.verdict-in': 'mlops report',
};

/** What a person reads on a page or in the verdict of a gate, and an assistant as data. */
const onlyForAssistants: Partial<Record<Id, string>> = { 'runs.results': 'mlops report' };

describe('everything that a person can do', () => {
  const { path, remove } = temporaryFolder();
  const folder = { folder: path };
  after(remove);

  it('stands in the one list', async () => {
    const listed = all.map(({ id }) => id).sort();
    const there = [...(await exported()).values()].map(({ id }) => id).sort();
    assert.deepEqual(listed, there);
    assert.equal(new Set(listed).size, listed.length, 'each name once');
  });

  it('is reachable from the terminal and from the editor, unless it is said why not', async () => {
    const [terminal, editor, assistants] = ['src/cli', 'src/vscode', 'src/mcp'].map(importedBy) as [
      ...[Set<string>, Set<string>, Set<string>],
    ];
    const missing: string[] = [];
    for (const [name, { id }] of await exported()) {
      if (Object.hasOwn(onlyForAssistants, id)) {
        if (!assistants.has(name)) missing.push(`${id}: not for assistants`);
        continue;
      }
      const isPiece = Object.hasOwn(onlyInTheEditor, id);
      if (!terminal.has(name) && !isPiece) missing.push(`${id}: not in the terminal`);
      if (terminal.has(name) && isPiece) missing.push(`${id}: said to be a piece, and is in the terminal`);
      const isExcused = Object.hasOwn(onlyInTheTerminal, id);
      if (!editor.has(name) && !isExcused) missing.push(`${id}: not in the editor`);
      if (editor.has(name) && isExcused) missing.push(`${id}: excused, and is in the editor`);
    }
    assert.deepEqual(missing, []);
  });

  for (const operation of changesOnly) {
    const { id } = operation;
    const input = inputOf(id);

    it(`asks the guard before anything else: ${id}`, async () => {
      const at = placeThatNotes({ readOnly: true, answers });
      await assert.rejects(operation.run(at, input), RefusedError);
      assert.deepEqual(at.asked, []);
    });

    if (operation.withoutLease === undefined) {
      it(`holds the lease while it writes, and gives it back when that fails: ${id}`, async () => {
        const at = placeThatNotes({ answers, writingFails: true });
        await operation.run(at, input).catch(() => undefined);
        const held = at.asked.slice(at.asked.indexOf('lease.acquire'));
        assert.equal(held[0], 'lease.acquire', `asked ${at.asked.join(', ')}`);
        assert.equal(held.at(-1), 'lease.release');
      });

      it(`ends on its signal while another holds the lease, having written nothing: ${id}`, async () => {
        const abort = new AbortController();
        const at = placeThatNotes({ answers, leaseIsTaken: true, signal: abort.signal });
        const running = operation.run(at, input);
        setImmediate(() => abort.abort(new CancelledError()));
        await assert.rejects(running, CancelledError);
        assert.ok(!at.asked.includes('lease.release'));
      });
    }

    it(`does nothing once its signal is aborted: ${id}`, async () => {
      const at = placeThatNotes({ answers, signal: AbortSignal.abort(new CancelledError()) });
      await assert.rejects(operation.run(at, input), CancelledError);
      assert.deepEqual(at.asked, []);
    });
  }

  for (const operation of onFilesOnly) {
    it(`begins nothing once its signal is aborted: ${operation.id}`, () => {
      const at = placeThatNotes({ signal: AbortSignal.abort(new CancelledError()) });
      const input = new Proxy({}, { get: () => assert.fail('it looked at what it was asked') });
      assert.throws(() => void operation.run(at, input), CancelledError);
    });

    it(`ends on its signal, whatever it reads or writes then: ${operation.id}`, async () => {
      const abort = new AbortController();
      const running = operation.run(placeThatNotes({ signal: abort.signal }), inputs[operation.id] ?? nobodys);
      // What it does meanwhile takes at least a turn of the loop.
      abort.abort(new CancelledError());
      await assert.rejects(running, CancelledError);
    });
  }

  for (const operation of readingsOnly)
    it(`ends on its signal though what it asks never answers: ${operation.id}`, async () => {
      const abort = new AbortController();
      const place: At = placeThatNotes({ signal: abort.signal });
      // What a watcher knows is kept in the project.
      const at = operation.id === 'watching.watch' ? { ...place, project: { ...place.project, ...folder } } : place;
      const running = operation.run(at, inputOf(operation.id));
      setImmediate(() => abort.abort(new CancelledError()));
      await assert.rejects(running, CancelledError);
    });
});
