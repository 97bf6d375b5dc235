import type { Command } from 'commander';
import { tableEndings } from '../../../data/table-formats.js';
import type { Act } from '../../command-runner.js';
import { searchCommand } from './search-table.js';

/** `mlops model search`: the best parameters for a table, no project needed. */
export function addModelSearch(model: Command, act: Act): void {
  model
    .command('search')
    .description('look for the best parameters for a table, by cross-validation')
    .requiredOption('--data <file>', `a table: ${tableEndings}; .gz too`)
    .requiredOption('--target <column>', 'the column to predict; words and 0/1 are classes')
    .requiredOption('--space <file>', 'JSON: parameter -> list of values, or { "from": …, "to": …, "scale": "log" }')
    .option('--params <file>', 'JSON of fixed parameters, with "family" (default: lightgbm)')
    .option('--strategy <name>', 'grid, random or halving')
    .option('--trials <n>', 'how many settings to try; a grid tries all')
    .option('--folds <by>', 'row, label, group or time')
    .option('--k <n>', 'how many folds')
    .option('--gap <n>', 'by time: distinct times left out before those judged')
    .option('--group <column>', 'rows with the same value stay in one fold')
    .option('--time <column>', 'judge by later rows')
    .option('--metric <name>', 'the figure that decides')
    .option('--seed <n>', 'the same seed tries the same settings')
    .option('--ignore <columns>', 'columns not to learn from, with commas between')
    .option('--out <file>', 'the leaderboard as a document')
    .action(act.alone(searchCommand));
}
