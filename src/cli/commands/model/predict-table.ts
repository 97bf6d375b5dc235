import type { Command } from 'commander';
import { predictTableFile } from '../../../operations/models/predict-file.js';
import { tableEndings } from '../../../data/table-formats.js';
import type { Act } from '../../command-runner.js';
import { perform } from '../../perform.js';
import { textFlags, textOptions } from '../../table-options.js';

/** `mlops predict FILE --out F`: a table with what the model says of each row beside its own columns. */
export function addPredict(program: Command, act: Act): void {
  textOptions(program.command('predict'))
    .argument('<file>', `a table: ${tableEndings}`)
    .requiredOption('--out <file>', 'where to: .csv, .tsv, .parquet or .jsonl')
    .option('--model-version <version>', 'which version (default: the one that is served)')
    .option('--force', 'write over a file that is there')
    .description('score a table file with the served model; its other columns are carried through')
    .action(
      act(async (workspace, [file], flags) => {
        const { out, modelVersion, force } = flags as { out: string; modelVersion?: string; force?: boolean };
        const wish = {
          file: file as string,
          out,
          modelVersion,
          force: force === true,
          reading: textFlags(flags, [file as string]),
        };
        const done = await perform(workspace, predictTableFile, wish, flags);
        const rows = `${done.rows.toLocaleString('en-US')} ${done.rows === 1 ? 'row' : 'rows'}`;
        workspace.output.result(done, () =>
          [
            `${out}: ${rows} by ${done.modelVersion}, with ${done.columns.join(', ')}`,
            ...unscoredLine(done),
            ...oddLines(done),
          ].join('; '),
        );
      }),
    );
}

const unscoredLine = ({ unscored = 0 }: { unscored?: number }): string[] =>
  unscored === 0 ? [] : [`${unscored.toLocaleString('en-US')} ${unscored === 1 ? 'row has' : 'rows have'} no score`];

/** Values that training never had, and missing ones, by column: the model has no answer of its own to them. */
function oddLines({ unseen, missing }: Record<'unseen' | 'missing', Record<string, number>>): string[] {
  const line = (what: string, counts: Record<string, number>) => {
    const columns = Object.entries(counts).map(([name, count]) => `${name} ${count.toLocaleString('en-US')}`);
    return columns.length === 0 ? [] : [`${what}: ${columns.join(', ')}`];
  };
  return [...line('values that training never had', unseen), ...line('missing values', missing)];
}
