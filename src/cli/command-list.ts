import type { Command } from 'commander';
import { stageNames } from '../documents/run.js';
import type { Act } from './command-runner.js';
import type { CliServices } from './context.js';

/** What a command is made with. */
export interface CommandParts {
  services: CliServices;
  act: Act;
}
type Add = (to: Command, parts: CommandParts) => Promise<void>;

/**
 * In the order of `mlops --help`, each with the words that are typed for it. Its file, and all that it works with, is
 * loaded when it is typed: all of them together are slow to start.
 */
const commands: [words: string, add: Add][] = [
  ['init', async (to, { services, act }) => (await import('./commands/init/init.js')).addInit(to, services, act)],
  [`run ${stageNames.join(' ')}`, async (to, { act }) => (await import('./commands/run/run.js')).addRun(to, act)],
  ['judge', async (to, { act }) => (await import('./commands/batches/judge.js')).addJudge(to, act)],
  ['labels', async (to, { act }) => (await import('./commands/batches/labels.js')).addLabelsCommand(to, act)],
  [
    'batches',
    async (to, { services, act }) => (await import('./commands/batches/batches.js')).addBatches(to, services, act),
  ],
  ['status', async (to, { act }) => (await import('./commands/run/status.js')).addStatus(to, act)],
  ['runs', async (to, { act }) => (await import('./commands/run/runs.js')).addRuns(to, act)],
  ['gate', async (to, { act }) => (await import('./commands/gate/gate.js')).addGate(to, act)],
  ['metrics', async (to, { act }) => (await import('./commands/table/metrics.js')).addMetrics(to, act)],
  ['report', async (to, { services, act }) => (await import('./commands/report.js')).addReport(to, services, act)],
  ['rows', async (to, { act }) => (await import('./commands/run/rows.js')).addRows(to, act)],
  ['override waive history', async (to, { act }) => (await import('./commands/gate/override.js')).addOverride(to, act)],
  ['bucket', async (to, { act }) => (await import('./commands/bucket/bucket.js')).addBucket(to, act)],
  [
    'feature-group',
    async (to, { act }) => (await import('./commands/feature-group/feature-group.js')).addFeatureGroup(to, act),
  ],
  ['model', async (to, { act }) => (await import('./commands/model/model.js')).addModel(to, act)],
  ['predict', async (to, { act }) => (await import('./commands/model/predict-table.js')).addPredict(to, act)],
  ['search', async (to, { act }) => (await import('./commands/model/search.js')).addSearch(to, act)],
  ['endpoint', async (to, { act }) => (await import('./commands/endpoint/endpoint.js')).addEndpoint(to, act)],
  ['simulate', async (to, { act }) => (await import('./commands/endpoint/simulate.js')).addSimulate(to, act)],
  ['api', async (to, { act }) => (await import('./commands/api/api.js')).addApi(to, act)],
  ['release', async (to, { act }) => (await import('./commands/release/release.js')).addRelease(to, act)],
  ['alarm', async (to, { act }) => (await import('./commands/alarm.js')).addAlarm(to, act)],
  ['loop', async (to, { act }) => (await import('./commands/loop.js')).addLoop(to, act)],
  ['watch', async (to, { act }) => (await import('./commands/watch.js')).addWatch(to, act)],
  ['drift', async (to, { act }) => (await import('./commands/table/drift.js')).addDrift(to, act)],
  ['profile', async (to, { act }) => (await import('./commands/table/profile.js')).addProfile(to, act)],
  ['export', async (to, { act }) => (await import('./commands/export.js')).addExport(to, act)],
  ['pipeline', async (to, { act }) => (await import('./commands/account/pipeline.js')).addPipeline(to, act)],
  ['apply', async (to, { act }) => (await import('./commands/account/apply.js')).addApply(to, act)],
  ['cleanup', async (to, { act }) => (await import('./commands/account/cleanup.js')).addCleanup(to, act)],
  ['serve', async (to, { act }) => (await import('./commands/serve.js')).addServe(to, act)],
  ['job', async (to, { services, act }) => (await import('./commands/job.js')).addJob(to, services, act)],
  ['mcp', async (to, { services, act }) => (await import('./commands/mcp.js')).addMcp(to, services, act)],
  ['trust', async (to, { act }) => (await import('./commands/account/trust.js')).addTrust(to, act)],
  ['env', async (to, { act, services }) => (await import('./commands/account/env.js')).addEnv(to, act, services)],
  ['backup restore', async (to, { act }) => (await import('./commands/backup.js')).addBackup(to, act)],
  [
    'completion',
    async (to, parts) =>
      (await import('./commands/completion.js')).addCompletion(to, parts.act, () => withOthers(to, parts)),
  ],
  [
    'doctor',
    async (to, { act, services }) => (await import('./commands/account/doctor.js')).addDoctor(to, act, services),
  ],
];

/** Options before a command that take the next word as their value. */
const withValue = ['--project', '--env', '--confirm'];
const withoutValue = ['--json', '--quiet', '--verbose', '--yes'];

/** Adds the command that is typed; all of them where none is, or where help is asked for. */
export async function addCommands(program: Command, argv: readonly string[], parts: CommandParts): Promise<void> {
  const typed = firstWord(argv);
  const meant = commands.filter(([words]) => typed !== undefined && words.split(' ').includes(typed));
  for (const [, add] of meant.length > 0 ? meant : commands) await add(program, parts);
}

/** The program with every command that it has not yet. */
async function withOthers(program: Command, parts: CommandParts): Promise<Command> {
  const there = new Set(program.commands.map((command) => command.name()));
  for (const [words, add] of commands) if (!words.split(' ').some((word) => there.has(word))) await add(program, parts);
  return program;
}

/** The first word that is no global option nor the value of one. */
function firstWord(argv: readonly string[]): string | undefined {
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (withValue.includes(word)) at += 1;
    else if (!withoutValue.includes(word) && !withValue.some((name) => word.startsWith(`${name}=`))) return word;
  }
  return undefined;
}
