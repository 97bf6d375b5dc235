import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import { filesOf } from '../../../data/sources/glob.js';
import type { MonitoringResults } from '../../../documents/monitoring.js';
import { worst } from '../../../documents/gates/verdict.js';
import { judgeBatches } from '../../../operations/batches/judge.js';
import { answer } from '../../../operations/answer.js';
import type { GivenBatch } from '../../../pipeline/batches/given-batch.js';
import { exitCodeOfVerdict } from '../../../pipeline/exit-code.js';
import type { Act } from '../../command-runner.js';
import type { Workspace } from '../../context.js';
import { failOn } from '../../file-arguments.js';
import { apart } from '../../output.js';
import { perform } from '../../perform.js';
import { textFlags, textOptions } from '../../table-options.js';
import { verdictText } from '../run/verdict-text.js';
import { runEvents } from './run-events.js';

interface JudgeFlags extends Record<string, unknown> {
  source?: string[];
  modelVersion?: string;
  as?: 'table' | 'features';
  again?: boolean;
  failOn: 'fail' | 'warn';
}

/** `mlops judge FILE…`: next month's rows, by the version that is there. */
export function addJudge(program: Command, act: Act): void {
  const collect = (value: string, before: string[]) => [...before, value];
  textOptions(program.command('judge'))
    .argument('[file...]', 'tables, or folders or patterns of them: each is a batch of its own')
    .option(
      '--source <name=file>',
      'whose place the file takes, where there are several sources (repeatable)',
      collect,
      [],
    )
    .option('--model-version <version>', 'which version judges (default: the one that is served)')
    .addOption(
      new Option('--as <what>', 'what the file is, where it could be two things').choices(['table', 'features']),
    )
    .option('--again', 'also what was judged before')
    .addOption(failOn())
    .description('judge new rows with the version that serves; trains nothing')
    .action(act((workspace, [files], flags) => judge(workspace, files as string[], flags as JudgeFlags)));
}

async function judge(workspace: Workspace, files: string[], flags: JudgeFlags): Promise<number> {
  const { project, output } = workspace;
  const batches = [...(await givenFiles(files, flags)), ...givenSources(project.file.sources, flags)];
  if (batches.length === 0)
    throw new InputError('judge: found no file, expected one: mlops judge FILE, or --source NAME=FILE');
  const { modelVersion, again = false } = flags;
  const results = await perform(
    workspace,
    judgeBatches,
    { batches, modelVersion, again, emit: runEvents(workspace) },
    flags,
  );
  const verdict = worst(results.map((one) => one.verdict));
  const document: MonitoringResults | ReturnType<typeof severalOf> =
    results.length === 1 ? results[0]! : severalOf(results);
  output.result(document, () => apart(results.map(batchText)));
  return exitCodeOfVerdict(verdict, flags.failOn);
}

const severalOf = (results: MonitoringResults[]) =>
  answer('judged-batches', { verdict: worst(results.map(({ verdict }) => verdict)), results });

const batchText = (results: MonitoringResults) => [
  ...verdictText(results),
  ...(results.decision.action === 'retrain'
    ? [`its rows train nothing; to learn from them: mlops batches accept ${results.batch?.id ?? ''}, then mlops run`]
    : []),
];

/** A path on the command line starts where its user stands. */
async function givenFiles(files: readonly string[], flags: JudgeFlags): Promise<GivenBatch[]> {
  const { as } = flags;
  const batches: GivenBatch[] = [];
  for (const file of files) {
    const found = await filesOf(file, process.cwd());
    for (const path of found.length === 0 ? [resolve(file)] : found)
      batches.push({
        files: [{ source: undefined, path }],
        ...(as === undefined ? {} : { as }),
        ...readingOf(flags, [path]),
      });
  }
  return batches;
}

/** Files that are named with their sources make one batch together. */
function givenSources(sources: object, flags: JudgeFlags): GivenBatch[] {
  const { source: given = [], as } = flags;
  if (given.length === 0) return [];
  const known = Object.keys(sources);
  const files = given.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new InputError(`--source: found "${text}", expected NAME=FILE`);
    const source = text.slice(0, at);
    if (!known.includes(source)) throw new InputError(`--source: found "${source}", expected ${oneOf(source, known)}`);
    return { source, path: resolve(text.slice(at + 1)) };
  });
  const paths = files.map(({ path }) => path);
  return [{ files, ...(as === undefined ? {} : { as }), ...readingOf(flags, paths) }];
}

/** What was said of how the files are to be read; nothing where nothing was. */
function readingOf(flags: JudgeFlags, paths: readonly string[]): Pick<GivenBatch, 'reading'> {
  const reading = textFlags(flags, paths);
  return Object.keys(reading).length === 0 ? {} : { reading };
}
