import assert from 'node:assert/strict';
import type { Command } from 'commander';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stageNames, type Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { pathsOf, wholeProgram } from '../../support/command-paths.js';
import { tableProject, type TableProject } from '../../support/table-project.js';
import { temporaryFolder } from '../../support/temporary.js';

/** `bucket ls --recursive`, …: every option of every command, but what every command has. */
function optionsOfAll(program: Command): string[] {
  return pathsOf(program).flatMap((path) => {
    const command = path
      .split(' ')
      .reduce((above, name) => above.commands.find((one) => one.name() === name)!, program);
    return command.options.map(({ long }) => `${path} ${long}`);
  });
}

/** Tried in the first test, stage by stage. */
const refusedOfStages = ['run --from', 'run --to', ...['run', ...stageNames].flatMap(ofStage)];

function ofStage(stage: string): string[] {
  const options = ['force', 'source', 'accept-partial', 'force-retrain', 'force-skip-retrain', 'reason', 'fail-on'];
  return options.map((option) => `${stage} --${option}`);
}

/** What does something whatever stands beside it, or is refused by another rule of its own. */
const neverIdle = [
  // Where the answer comes from, or goes to.
  ...ofEach('--data', 'metrics', 'profile', 'model train', 'model predict', 'model info', 'model search'),
  ...ofEach('--out', 'profile', 'report', 'feature-group query', 'model train', 'model predict', 'model search'),
  ...ofEach('--model', 'model predict', 'model info'),
  ...ofEach('--params', 'model train', 'model search'),
  ...ofEach('--target', 'model train', 'model search'),
  ...ofEach('--root', 'serve', 'job'),
  ...['drift --reference', 'drift --current', 'model search --space', 'model train --validation'],
  ...['metrics --capture', 'metrics --label', 'metrics --score', 'endpoint invoke --data', 'feature-group query --sql'],
  ...[
    'gate --results',
    'rows --results',
    'init --predictions',
    'init --url',
    'init --from',
    'init --from-env',
    'init --from-endpoint',
  ],
  ...['profile --constraints', 'profile --baseline-statistics'],
  // What the answer looks like.
  ...['endpoint check --cases', 'api user add --role'],
  ...ofEach('--format', 'endpoint check', 'report', 'gate', 'profile', 'model train', 'model predict'),
  ...ofEach('--no-header', 'model train', 'model predict'),
  ...['runs list --limit', 'feature-group query --limit', 'endpoint logs --lines', 'pipeline show --lines'],
  ...['model predict --raw', 'model predict --leaf', 'model predict --contributions', 'rows --contributions'],
  // What is asked for.
  ...['rows --cell', 'rows --gate', 'rows --slice', 'rows --column', 'rows --record', 'alarm list --all'],
  ...['watch --once', 'watch --install', 'mcp --tool'],
  ...['metrics --weight', 'metrics --slice', 'metrics --task', 'metrics --positive'],
  ...['model train --family', 'model train --init-model', 'model train --ignore', 'model search --ignore'],
  ...['--strategy', '--folds', '--k', '--metric', '--seed'].map((option) => `model search ${option}`),
  ...['gate --fail-on', 'drift --fail-on', 'gate backtest --since', 'gate backtest --until', 'gate backtest --set'],
  ...['profile --profile', 'bucket preview --member', 'bucket preview --whole', 'feature-group query --with'],
  ...[
    'endpoint invoke --explain',
    'endpoint invoke --content-type',
    'endpoint invoke --variant',
    'endpoint scale --instances',
  ],
  ...['--model-version', '--variant', '--limit', '--rate'].map((option) => `endpoint replay ${option}`),
  ...['--profile', '--rate', '--for', '--seed', '--rows', '--labels'].map((option) => `simulate ${option}`),
  ...['endpoint scale --variant', 'pipeline export --to', 'pipeline start --parameter', 'pipeline show --execution'],
  ...['export compose --out', 'export compose --replace', 'export kubernetes --out', 'export kubernetes --replace'],
  'export kubernetes --replicas',
  ...['export terraform --out', 'export terraform --replace', 'pipeline export --out', 'pipeline export --replace'],
  ...['export prometheus --out', 'export prometheus --replace', 'export dotenv --out', 'export dotenv --replace'],
  ...['pipeline register --diff', 'apply --diff', 'cleanup --dry-run', 'serve --container', 'doctor --policy'],
  ...['--source', '--model-version', '--as', '--again', '--fail-on'].map((option) => `judge ${option}`),
  ...['--label', '--batch', '--replace', '--fail-on'].map((option) => `labels add ${option}`),
  // What is written down.
  ...['override set --reason', 'override set --until', 'override clear --reason', 'model approve --reason'],
  ...['release start --reason', 'release stop --reason', 'release rollback --reason'],
  ...['model reject --reason', 'waive --list', 'waive --clear', 'env write --on', 'env write --off', 'env trust --off'],
  ...['--file', '--serving-command', '--mlflow', '--data', '--name', '--inputs', '--columns', '--classes'].map(
    (option) => `model register ${option}`,
  ),
  ...['model register --task', 'model register --threshold'],
  ...['batches trend --out', 'predict --out', 'predict --model-version', 'predict --force'],
  ...['trust --list', 'trust --revoke'],
];

function ofEach(option: string, ...commands: string[]): string[] {
  return commands.map((command) => `${command} ${option}`);
}

describe('an option that would do nothing', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  let project: TableProject;
  before(async () => {
    project = await tableProject();
  });
  after(async () => {
    await project.remove();
    place.remove();
  });

  const refused = async (args: string[], words: RegExp) => {
    const { code, stderr, stdout } = await mlops(args);
    assert.equal(code, 2, `${args.join(' ')}\n${stdout}${stderr}`);
    assert.match(stderr, words);
  };

  it('is refused where no stage that runs reads it, with what to do instead', async () => {
    const at = ['--project', project.folder];
    const rows = `customers=${project.data}`;
    const judge = /found --source, which does nothing here; .*mlops judge FILE/;
    for (const stages of [['monitor'], ['deploy'], ['run', '--from', 'features'], ['run', 'train', 'monitor']])
      await refused([...stages, '--source', rows, ...at], judge);
    await refused(['monitor', '--accept-partial', ...at], /monitor: found --accept-partial/);
    await refused(['train', '--force-retrain', ...at], /train: found --force-retrain.*only monitor and retrain/);
    await refused(['ingest', '--force-skip-retrain', ...at], /ingest: found --force-skip-retrain/);
    await refused(['ingest', '--reason', 'so', ...at], /ingest: found --reason/);
    await refused(['retrain', '--force', ...at], /retrain: found --force, .*--force-retrain/);
    await refused(['run', 'ingest', '--to', 'train', ...at], /found --to/);
    await refused(['run', 'ingest', '--from', 'train', ...at], /found --from/);
    for (const stage of ['ingest', 'features', 'train', 'deploy', 'retrain'])
      await refused([stage, '--fail-on', 'warn', ...at], /found --fail-on.*only monitor comes to a verdict/);
  });

  it('is refused by every command that has one kind of input or output and an option of another', async () => {
    const words = (option: string) => new RegExp(`found --${option}, which does nothing here`);
    for (const [args, option] of await idleOptions()) await refused(args, words(option));
  });

  it('is known of every option of every command: refused where idle, or here with why it never is', async () => {
    const program = await wholeProgram();
    const paths = pathsOf(program).sort((a, b) => b.length - a.length);
    const refusedHere = (await idleOptions()).map(([args, option]) => {
      const path = paths.find((name) => args.join(' ').startsWith(`${name} `));
      return `${path} --${option}`;
    });
    const sheets = refusedHere.filter((option) => option.endsWith(' --sheet'));
    const alike = ['nulls', 'decimal', 'encoding'].flatMap((option) =>
      sheets.map((one) => one.replace(/sheet$/, option)),
    );
    const known = new Set([...refusedHere, ...alike, ...refusedOfStages, ...neverIdle]);
    const all = optionsOfAll(program);
    assert.deepEqual(
      all.filter((option) => !known.has(option)),
      [],
      'options of which nobody has said when they do nothing',
    );
    assert.deepEqual(
      [...known].filter((option) => !all.includes(option)),
      [],
      'options that are gone',
    );
  });

  /** A command with an option that can do nothing there, and the option. */
  async function idleOptions(): Promise<[string[], string][]> {
    const file = (name: string, text: string) => {
      writeFileSync(join(place.path, name), text);
      return join(place.path, name);
    };
    const table = file('table.csv', 'x,t,y\n1,2024-01-01,0\n2,2024-01-02,1\n3,2024-01-03,0\n4,2024-01-04,1\n');
    const lines = file('table.jsonl', '{"x":1,"y":0}\n{"x":2,"y":1}\n');
    const statistics = file('statistics.json', '{"version":0,"dataset":{"item_count":1},"features":[]}');
    const ridge = file('ridge.json', '{"alpha":1}');
    const space = file('space.json', '{"learning_rate":[0.1]}');
    const model = 'test/fixtures/lightgbm-categories/integers.txt';
    const at = ['--project', project.folder];
    const metrics = ['metrics', '--data', table, '--label', 'y', '--score', 'x'];
    const search = ['model', 'search', '--data', table, '--target', 'y', '--space', space, '--ignore', 't'];
    const drift = ['drift', '--reference', statistics, '--current', statistics];
    const linear = ['model', 'train', '--family', 'ridge', '--params', ridge, '--out', join(place.path, 'm.json')];
    const predict = ['model', 'predict', '--model', model, '--data', lines];
    const info = ['model', 'info', '--model', model];
    const init = ['init', 'readmission', join(place.path, 'a')];
    const adopt = ['init', join(place.path, 'a'), '--from', table, '--target', 'y'];
    await mlops(['bucket', 'put', ridge, 'notes/ridge.txt', ...at]);
    const readers = [
      ...[['metrics', '--capture', table], info, predict, [...linear, '--data', lines, '--target', 'y'], init],
      ...[
        ['profile', '--data', lines],
        ['drift', '--reference', lines, '--current', lines],
      ],
      ...[
        ['judge', lines, ...at],
        ['labels', 'add', lines, ...at],
        ['predict', lines, '--out', join(place.path, 'out.csv'), ...at],
      ],
    ];
    return [
      // The one function that reads them refuses the others alike: test/unit/cli/table-options.test.ts.
      ...readers.map((words): [string[], string] => [[...words, '--sheet', 'S'], 'sheet']),
      [['report', table, '--format', 'markdown', '--table', 'drift'], 'table'],
      [['report', table, '--format', 'csv', '--rows', '5'], 'rows'],
      [['report', table, '--hours', '4'], 'hours'],
      [[...metrics, '--since', '2024-01-01'], 'since'],
      [[...metrics, '--label-delay', '3'], 'label-delay'],
      [[...metrics, '--ground-truth', table], 'ground-truth'],
      [[...metrics, '--task', 'regression', '--threshold', '0.3'], 'threshold'],
      [['metrics', '--capture', table, '--format', 'csv'], 'format'],
      [['metrics', '--capture', table, '--no-header'], 'no-header'],
      [[...info, '--target', 'y'], 'target'],
      [[...info, '--column', 'x'], 'column'],
      [[...info, '--format', 'csv'], 'format'],
      [[...info, '--no-header'], 'no-header'],
      [[...predict, '--target', 'y'], 'target'],
      [[...linear, '--data', lines, '--target', 'y', '--sidecars'], 'sidecars'],
      [[...linear, '--data', lines, '--target', 'y', '--progress'], 'progress'],
      ...['method', 'columns', 'importance', 'chunk-size', 'format', 'profile'].map((option): [string[], string] => [
        [...drift, `--${option}`, { method: 'ks', profile: 'evidently', format: 'csv' }[option] ?? '3'],
        option,
      ]),
      [[...search, '--strategy', 'grid', '--trials', '2'], 'trials'],
      [[...search, '--gap', '2'], 'gap'],
      [[...search.slice(0, -2), '--folds', 'row', '--time', 't'], 'time'],
      [[...search, '--folds', 'row', '--group', 'x'], 'group'],
      [['bucket', 'ls', '--recursive', ...at], 'recursive'],
      [['bucket', 'preview', 'notes/ridge.txt', '--rows', '3', ...at], 'rows'],
      [['rows', '--record', 'c1', '--limit', '3', ...at], 'limit'],
      [['simulate', '--shift', 'a=1', ...at], 'shift'],
      [['watch', '--once', '--for', '1m', ...at], 'for'],
      ...([['sample-rows', table], ['token', 'env:TOKEN'], ['request', 'csv'], ['private-network']] as const).map(
        ([option, ...value]): [string[], string] => [[...adopt, `--${option}`, ...value], option],
      ),
      [['watch', '--install', '--for', '1m', ...at], 'for'],
      [['watch', '--once', '--until-input-ends', ...at], 'until-input-ends'],
      [['watch', '--install', '--until-input-ends', ...at], 'until-input-ends'],
      [['watch', '--for-platform', 'macos', ...at], 'for-platform'],
      [['mcp', '--input', '{"column": "x"}', ...at], 'input'],
      [['waive', '--list', '--until', '2030-01-01', ...at], 'until'],
      [['waive', '--list', '--owner', 'me', ...at], 'owner'],
      [['waive', '--list', '--reason', 'so', ...at], 'reason'],
      [['model', 'register', '--file', model, '--label', 'y', ...at], 'label'],
      [['model', 'register', '--file', model, '--request', 'rows', ...at], 'request'],
      [['model', 'register', '--serving-command', 'serve', '--rounds', '0:3', ...at], 'rounds'],
      [[...init, '--target', 'y'], 'target'],
      [[...init, '--task', 'binary'], 'task'],
      [[...init, '--without', 'x'], 'without'],
      [[...init, '--horizon', '3'], 'horizon'],
      [[...init, '--positive', '1'], 'positive'],
      [[...init, '--entity', 'x'], 'entity'],
      [[...init, '--time', 't'], 'time'],
      [[...init, '--score', 'p'], 'score'],
      [[...init, '--labels', 'l.csv'], 'labels'],
      [[...init, '--class', 'c'], 'class'],
      [[...init, '--threshold', '0.3'], 'threshold'],
      [[...init, '--dry-run'], 'dry-run'],
      [[...init, '--label', 'y'], 'label'],
      [[...init, '--reference-until', '2026-01-01'], 'reference-until'],
      [[...init, '--scenario', 'failing'], 'scenario'],
      [[...adopt, '--sample'], 'sample'],
      [[...adopt, '--region', 'eu-west-1'], 'region'],
      [[...adopt, '--profile', 'me'], 'profile'],
    ];
  }

  it('brings other rows before the version that serves, and trains nothing, by the words of the hint', async () => {
    const at = ['--project', project.folder];
    await mlopsJson<Run>(['run', ...at]);
    const batch = join(place.path, 'batch.csv');
    const [head, ...rows] = readFileSync(project.data, 'utf8').trimEnd().split('\n');
    writeFileSync(batch, [head, ...rows.map((row) => row.replace(',plus,', ',family,'))].join('\n') + '\n');
    const source = ['--source', `customers=${batch}`];
    const judged = await mlops(['run', 'ingest', 'features', 'monitor', ...source, ...at]);
    assert.match(judged.stdout, /family/, 'the verdict is about the rows of the batch');
    const { models } = await mlopsJson<{ models: unknown[] }>(['model', 'list', ...at]);
    assert.equal(models.length, 1, 'nothing was trained');
    const { stderr } = await mlops(['run', ...source, ...at, '--to', 'train']);
    assert.match(stderr, /these rows take the place of customers and are trained on/);
  });

  it('is told apart from a folder where a report needs a file', async () => {
    const folder = join(place.path, 'results');
    mkdirSync(folder);
    await refused(['report', folder], /results: found a folder, expected a file of results/);
  });
});
