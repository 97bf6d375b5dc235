import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import type { MonitoredRows } from '../../../documents/monitored-rows.js';
import { showRows } from '../../../operations/runs/rows.js';
import type { Act, Flags } from '../../command-runner.js';
import { refuseIdle } from '../../no-effect.js';
import { figure, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

const kinds = ['cell', 'gate', 'slice', 'column', 'record'] as const;

export function addRows(program: Command, act: Act): void {
  program
    .command('rows')
    .option('--cell <name>', 'a cell of the confusion matrix: tp, fp, fn or tn')
    .option('--gate <id>', 'what speaks against the figure of a gate')
    .option('--slice <name>', 'the rows of a slice, as the report names it')
    .option('--column <name>', 'the rows farthest from a column’s baseline')
    .option('--record <id>', 'one row')
    .option('--results <key>', 'monitoring results (default: the newest of the environment)')
    .option('--limit <n>', 'how many rows', '20')
    .option('--contributions', 'with what moved each row’s score')
    .description('the rows behind a figure of a verdict, the most wrong first')
    .action(
      act(async (workspace, _args, flags) => {
        const one = flags.record !== undefined;
        refuseIdle('rows', flags, [{ option: 'limit', met: !one, expected: '--record is one row', unless: '20' }]);
        const wish = {
          selection: selectionOf(flags),
          limit: limitOf(flags.limit),
          contributions: flags.contributions === true,
          results: flags.results as string | undefined,
        };
        const rows = await perform(workspace, showRows, wish, flags);
        workspace.output.result(rows, () => rowsText(rows));
      }),
    );
}

function selectionOf(flags: Flags): string {
  const given = kinds.filter((kind) => typeof flags[kind] === 'string');
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none' : given.map((kind) => `--${kind}`).join(' and ');
    throw new InputError(`rows: found ${found}, expected one of ${kinds.map((kind) => `--${kind}`).join(', ')}`);
  }
  return `${given[0]}:${flags[given[0]!] as string}`;
}

function limitOf(text: unknown): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0 && limit <= 100_000) return limit;
  throw new InputError(`--limit: found "${String(text)}", expected a whole number from 1 to 100000`);
}

/** So many features fit beside the figures in a terminal. */
const mostFeatures = 6;

function rowsText({ title, total, rows, features, results }: MonitoredRows): Lines {
  const head = `${title} · ${figure(rows.length)} of ${figure(total)} · ${results}`;
  if (rows.length === 0) return head;
  const shown = features.slice(0, mostFeatures);
  const names = ['record', 'label', 'score', 'wrong by', ...shown];
  const lines = rows.map(({ record_id: id, label, score, wrong, values }) => [
    id,
    ...[label, score, wrong, ...values.slice(0, mostFeatures)].map(figure),
  ]);
  const left = features.length - shown.length;
  return [
    head,
    table(names, lines, names.slice(1)),
    ...(left > 0 ? [`${left} more columns: --json`] : []),
    ...rows.flatMap(contributionLines),
  ];
}

function contributionLines({ record_id: id, contributions }: MonitoredRows['rows'][number]): string[] {
  if (!contributions) return [];
  const { base, steps, unit } = contributions;
  const moved = [...steps].sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, mostFeatures);
  const words = moved.map(
    ({ feature, value, change }) => `${feature} ${figure(value)}: ${change > 0 ? '+' : ''}${figure(change)}`,
  );
  return [`${id}, in ${unit}: base ${figure(base)}; ${words.join(', ')}`];
}
