import type { Command } from 'commander';
import { tableEndings } from '../../../data/table-formats.js';
import type { Act } from '../../command-runner.js';
import { readingOptions } from '../../table-options.js';
import { families } from '../../../pipeline/model-files/families.js';
import { infoCommand } from './info.js';
import { predictCommand } from './predict.js';
import { trainCommand } from './train.js';

/** `mlops model train|predict|info`: models in files, no project needed. */
export function addModelFiles(model: Command, act: Act): void {
  withTable(model.command('train'))
    .description("train trees, a forest or a linear model; parameters carry LightGBM's or scikit-learn's names")
    .requiredOption('--target <column>', 'the column to predict; its place from 0 with --no-header')
    .option('--validation <file>', 'rows to measure each round on')
    .requiredOption('--params <file>', 'JSON of parameters; also "family", "preprocessing", roles of columns')
    .requiredOption('--out <file>', "the model: LightGBM's text; or a bundle: .json, .tar.gz, or a folder with a slash")
    .option('--family <name>', `${families.join(', ')} (default: what the parameters say, else lightgbm)`)
    .option('--init-model <file>', 'boosted trees to train further')
    .option('--sidecars', 'read FILE.weight and FILE.init beside the tables')
    .option('--progress', 'a line every metric_freq rounds, even with --quiet')
    .option('--ignore <columns>', 'columns not to learn from, with commas between')
    .action(act.alone(trainCommand));
  withTable(model.command('predict'))
    .description('predict the rows of a table: CSV out')
    .requiredOption('--model <file>', "LightGBM's text, XGBoost's JSON or UBJ, or a bundle")
    .option('--target <column>', 'the label: its place with --no-header; for a bundle a column that may be there')
    .option('--out <file>', 'where to (default: stdout)')
    .option('--raw', "scores before the objective's transform")
    .option('--leaf', 'the leaf that each tree puts a row in')
    .option('--contributions', 'SHAP values of the raw score: features, then base')
    .action(act.alone(predictCommand));
  readingOptions(model.command('info'))
    .description('trees, features, importance and objective of a model file')
    .requiredOption('--model <file>', "LightGBM's text, XGBoost's JSON or UBJ, or a bundle")
    .option('--data <file>', 'a table to look at the model on')
    .option('--target <column>', 'with --data: what the figure loses when a column is shuffled')
    .option('--column <column>', 'with --data: the mean prediction as this column changes')
    .option('--no-header', 'the first line is a row')
    .action(act.alone(infoCommand));
}

function withTable(command: Command): Command {
  return readingOptions(command)
    .requiredOption('--data <file>', `a table: ${tableEndings}; .gz too`)
    .option('--no-header', 'the first line is a row');
}
