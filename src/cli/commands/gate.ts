import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import { monitoringResultsSchema, type MonitoringResults } from '../../documents/monitoring.js';
import type { GateResult, Verdict } from '../../documents/verdict.js';
import { worst } from '../../documents/verdict.js';
import { exitCodeOfVerdict } from '../../pipeline/exit-code.js';
import { judgeAgain } from '../../pipeline/judging/judge-again.js';
import { latestResults } from '../../pipeline/latest-results.js';
import { readOverrides } from '../../pipeline/overrides.js';
import { gatesJUnit } from '../../report/junit.js';
import { gatesMarkdown } from '../../report/gates-markdown.js';
import type { Workspace } from '../context.js';
import type { Act } from '../act.js';
import { verdictWord } from '../output.js';

export interface GateAnswer {
  results: string;
  verdict: Verdict;
  gates: GateResult[];
}

export function addGate(program: Command, act: Act): void {
  program
    .command('gate')
    .option('--results <file...>', 'monitoring results (default: the newest of the environment)')
    .option('--format <format>', 'text, json, markdown or junit', 'text')
    .option('--fail-on <verdict>', 'exit 1 from this verdict on: fail or warn', 'fail')
    .description('evaluate the rules of mlops.json on stored figures')
    .action(
      act(async (workspace, _args, flags) => {
        const answers = await judgeAll(workspace, flags.results as string[] | undefined);
        const format = workspace.output.json ? 'json' : (flags.format as string);
        process.stdout.write(shown(answers, format) + '\n');
        return exitCodeOfVerdict(worst(answers.map(({ verdict }) => verdict)), flags.failOn as 'fail' | 'warn');
      }),
    );
}

async function judgeAll({ project, environment }: Workspace, files: string[] | undefined): Promise<GateAnswer[]> {
  const { waivers } = await readOverrides(environment);
  const now = new Date();
  const stored = files === undefined ? [await newest({ environment })] : await Promise.all(files.map(readResults));
  return stored.map(({ name, results }) => {
    const { verdict, gates } = judgeAgain(project.file, results, waivers, now);
    return { results: name, verdict, gates };
  });
}

async function newest({ environment }: Pick<Workspace, 'environment'>) {
  const results = await latestResults(environment);
  if (results === undefined)
    throw new InputError('gate: found no monitoring results, expected some; run: mlops monitor');
  return { name: results.run_timestamp, results };
}

async function readResults(file: string): Promise<{ name: string; results: MonitoringResults }> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: cannot be read as JSON`, { cause: error });
  }
  const parsed = monitoringResultsSchema.safeParse(document);
  if (parsed.success) return { name: file, results: parsed.data };
  const issue = parsed.error.issues[0]!;
  throw new InputError(`${file}: ${issue.path.join('.')}: ${issue.message}, expected monitoring results`);
}

function shown(answers: GateAnswer[], format: string): string {
  switch (format) {
    case 'json':
      return JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2);
    case 'markdown':
      return answers.map(({ verdict, gates }) => gatesMarkdown(verdict, gates)).join('\n\n');
    case 'junit':
      return gatesJUnit(answers);
    case 'text':
      return answers.map(text).join('\n\n');
    default:
      throw new InputError(`--format: found "${format}", expected text, json, markdown or junit`);
  }
}

function text({ results, verdict, gates }: GateAnswer): string {
  const width = Math.max(...gates.map(({ id }) => id.length));
  const lines = gates.map(
    (gate) => `  ${verdictWord(gate.status)}  ${gate.id.padEnd(width)}  ${gate.level.padEnd(8)}  ${gate.message}`,
  );
  return [`verdict ${verdictWord(verdict)} · ${results}`, ...lines].join('\n');
}
