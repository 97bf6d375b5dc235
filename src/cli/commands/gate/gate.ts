import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import { oneOf } from '../../../common/nearest.js';
import type { GateAnswer } from '../../../documents/gates/gate-answer.js';
import { worst } from '../../../documents/gates/verdict.js';
import { exitCodeOfVerdict } from '../../../pipeline/exit-code.js';
import { gatesMarkdown } from '../../../report/export/gates-markdown.js';
import { gatesJUnit } from '../../../report/export/junit.js';
import type { Act, Flags } from '../../command-runner.js';
import { perform } from '../../perform.js';
import { addGateBacktest } from './gate-backtest.js';
import { evaluateGates } from '../../../operations/gates/evaluate.js';
import { apart, verdictWord } from '../../output.js';
import { jsonText, print, printDocument, type Lines } from '../../terminal.js';

const formats = ['text', 'json', 'markdown', 'junit'] as const;
type Format = (typeof formats)[number];
const failures = ['fail', 'warn'] as const;

export function addGate(program: Command, act: Act): void {
  const gate = program
    .command('gate')
    .option('--results <file...>', 'monitoring results (default: the newest of the environment)')
    .option('--format <format>', `${formats.join(', ')} (default: text)`)
    .option('--fail-on <verdict>', 'exit 1 from this verdict on: fail or warn', 'fail')
    .description('evaluate the rules of mlops.json on stored figures')
    .action(
      act(async (workspace, _args, flags) => {
        const format = formatOf(flags);
        const failOn = oneWord('--fail-on', flags.failOn as string, failures);
        const results = flags.results as string[] | undefined;
        const answers = await perform(workspace, evaluateGates, { results }, flags);
        say(answers, format);
        return exitCodeOfVerdict(verdictOf(answers), failOn);
      }),
    );
  addGateBacktest(gate, act);
}

/** @throws InputError for a format that there is not, or that contradicts --json */
function formatOf({ format, json }: Flags): Format {
  const asked = format === undefined ? undefined : oneWord('--format', format as string, formats);
  if (json !== true) return asked ?? 'text';
  if (asked !== undefined && asked !== 'json')
    throw new InputError(`--format: found "${asked}" beside --json, expected one of the two`);
  return 'json';
}

function oneWord<Word extends string>(option: string, text: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === text);
  if (word === undefined) throw new InputError(`${option}: found "${text}", expected ${oneOf(text, words)}`);
  return word;
}

const verdictOf = (answers: GateAnswer[]) => worst(answers.map(({ verdict }) => verdict));

function say(answers: GateAnswer[], format: Format): void {
  switch (format) {
    case 'json':
      return printDocument(jsonText(answers.length === 1 ? answers[0] : several(answers)));
    case 'markdown':
      return printDocument(answers.map(({ verdict, gates }) => gatesMarkdown(verdict, gates)).join('\n\n'));
    case 'junit':
      return printDocument(gatesJUnit(answers));
    case 'text':
      return print(apart(answers.map(text)));
  }
}

function several(answers: GateAnswer[]) {
  return { kind: 'gate-answers', schemaVersion: 1, verdict: verdictOf(answers), answers };
}

function text({ results, verdict, gates, promotionGates, unlabelled, notes: said }: GateAnswer): Lines {
  const width = Math.max(...gates.map(({ id }) => id.length));
  const lines = gates.map(
    (gate) => `  ${verdictWord(gate.status)}  ${gate.id.padEnd(width)}  ${gate.level.padEnd(8)}  ${gate.message}`,
  );
  const notes = [
    ...said.map((note) => `  ${note}`),
    ...(unlabelled === null || unlabelled === 0
      ? []
      : [`  ${unlabelled} rows have no label yet: they count for drift and nulls, not for quality`]),
    ...(promotionGates.length === 0 ? [] : [`  judged when a candidate is compared: ${promotionGates.join(', ')}`]),
  ];
  return [`verdict ${verdictWord(verdict)} · ${results}`, ...lines, ...notes];
}
