import { resolve } from 'node:path';
import type { Command } from 'commander';
import { labelsAddedText } from '../../../export/labels-added-text.js';
import { addLabels } from '../../../operations/labels/add.js';
import { exitCodeOfVerdict } from '../../../pipeline/exit-code.js';
import type { Act } from '../../command-runner.js';
import { failOn } from '../../file-arguments.js';
import { apart } from '../../output.js';
import { perform } from '../../perform.js';
import { textFlags, textOptions } from '../../table-options.js';
import { verdictText } from '../run/verdict-text.js';
import { runEvents } from './run-events.js';

/** `mlops labels add FILE`: labels that came later. */
export function addLabelsCommand(program: Command, act: Act): void {
  const labels = program.command('labels').description('labels of batches that came later');
  textOptions(labels.command('add'))
    .argument('<file>', 'a table of labels by record_id, inference_id, or entity and time')
    .option('--label <column>', 'the column that holds them (default: the target, or label)')
    .option('--batch <id>', 'only of this batch')
    .option('--replace', 'also for rows that have another label')
    .addOption(failOn())
    .description('add labels to judged batches, and judge those again')
    .action(
      act(async (workspace, [file], flags) => {
        const {
          label,
          batch,
          replace = false,
        } = flags as Partial<Record<'label' | 'batch', string>> & { replace?: boolean };
        const wish = {
          ...{ path: resolve(file as string), reading: textFlags(flags, [file as string]) },
          ...{ label, batch, replace, emit: runEvents(workspace) },
        };
        const added = await perform(workspace, addLabels, wish, flags);
        workspace.output.result(added, () => [...labelsAddedText(added), '', ...apart(added.results.map(verdictText))]);
        if (added.verdict === null) return 0;
        return exitCodeOfVerdict(added.verdict, flags.failOn as 'fail' | 'warn');
      }),
    );
}
