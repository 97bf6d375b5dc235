import type { Command } from 'commander';
import type { Batch } from '../../../documents/batch.js';
import { acceptBatch } from '../../../operations/batches/accept.js';
import { listBatches, showBatch } from '../../../operations/batches/list.js';
import type { Act } from '../../command-runner.js';
import { age, figure, table, verdictWord } from '../../output.js';
import type { CliServices } from '../../context.js';
import { perform } from '../../perform.js';
import { addTrend } from './trend.js';
import type { Lines } from '../../terminal.js';

/** `mlops batches`: what was brought to be judged, and what became of it. */
export function addBatches(program: Command, services: CliServices, act: Act): void {
  const batches = program.command('batches').description('batches that were judged');
  addTrend(batches, services, act);
  batches
    .command('list')
    .description('every batch with its newest verdict')
    .action(
      act(async (workspace, _args, flags) => {
        const found = await perform(workspace, listBatches, undefined, flags);
        workspace.output.result(found, () => listText(found.batches));
      }),
    );
  batches
    .command('show')
    .argument('<id>', 'which batch')
    .description('one batch: its rows, its labels, every verdict')
    .action(
      act(async (workspace, [id], flags) => {
        const batch = await perform(workspace, showBatch, { id: id as string }, flags);
        workspace.output.result(batch, () => batchText(batch));
      }),
    );
  batches
    .command('accept')
    .argument('<id>', 'which batch')
    .description('let its rows join the next training')
    .action(
      act(async (workspace, [id], flags) => {
        const batch = await perform(workspace, acceptBatch, { id: id as string }, flags);
        workspace.output.result(
          batch,
          () => `${batch.name}: its ${figure(batch.rows)} rows join the next training; run: mlops run`,
        );
      }),
    );
}

function listText(batches: readonly Batch[]): Lines {
  if (batches.length === 0) return 'no batch yet; judge one with: mlops judge FILE';
  const now = new Date();
  const rows = batches.map((batch) => {
    const last = batch.judged.at(-1);
    return [
      batch.id,
      batch.failed !== undefined ? 'failed' : last === undefined ? 'not judged' : verdictWord(last.verdict),
      (batch.failed ?? last)?.modelVersion ?? '–',
      figure(batch.rows),
      figure(batch.labelled),
      windowText(batch),
      age((batch.failed ?? last)?.at, now),
      batch.failed?.why ?? (batch.accepted === null ? '' : 'joins training'),
    ];
  });
  const heads = ['batch', 'verdict', 'version', 'rows', 'labelled', 'times', 'judged', ''];
  return table(heads, rows, ['rows', 'labelled']);
}

const windowText = ({ window: { from, to } }: Batch) =>
  from === null ? '–' : from === to ? from.slice(0, 10) : `${from.slice(0, 10)} to ${to?.slice(0, 10)}`;

function batchText(batch: Batch): Lines {
  const { id, name, files, rows, labelled, accepted, notes, judged, labels, failed } = batch;
  return [
    `${id} · ${name} · ${figure(rows)} rows, ${figure(labelled)} labelled`,
    ...files.map(({ uri, source, sha256 }) => `  ${uri} for source ${source}, sha256 ${sha256.slice(0, 12)}`),
    ...notes.map((note) => `  ${note}`),
    ...judged.map(
      ({ at, modelVersion, verdict, labelled: known, results }) =>
        `  ${at.slice(0, 16)}  ${verdictWord(verdict)}  ${modelVersion}, ${figure(known)} labelled rows  ${results}`,
    ),
    ...(failed === undefined
      ? []
      : [
          `  ${failed.at.slice(0, 16)}  failed, by ${failed.modelVersion}: ${failed.why}`,
          '  to judge it again: mlops judge FILE, or mlops monitor where it arrived by itself',
        ]),
    ...labels.map(({ at, file, matched }) => `  ${at.slice(0, 16)}  ${figure(matched)} labels of ${file}`),
    accepted === null
      ? `  trains nothing; to let its rows join: mlops batches accept ${id}`
      : `  joins training since ${accepted.at.slice(0, 10)}, by ${accepted.by}`,
  ];
}
