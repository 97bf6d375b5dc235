import type { Command } from 'commander';
import { InputError } from '../../../common/errors.js';
import type { QueryResult } from '../../../documents/tables/query-result.js';
import { queryByAthena, queryFeatureGroup } from '../../../operations/feature-groups/query.js';
import { shownWords } from '../../../report/data/query-result.js';
import type { Act } from '../../command-runner.js';
import { wholeNumber } from '../../file-arguments.js';
import { figure, table } from '../../output.js';
import { perform } from '../../perform.js';
import type { Lines } from '../../terminal.js';

/** `mlops feature-group query`: SQL over one group, here by DuckDB or in the account by Athena. */
export function addFeatureGroupQuery(group: Command, act: Act): void {
  group
    .command('query')
    .argument('<name>', 'of the group')
    .requiredOption('--sql <select>', 'over records (the latest of each id) and history (everything ever written)')
    .option('--limit <n>', 'rows to show', wholeNumber, 100)
    .option('--out <file>', 'the whole result as .csv or .parquet')
    .option(
      '--with <engine>',
      'duckdb: over its files; athena: where it lies, for large groups, and it writes the result to the bucket',
      'duckdb',
    )
    .description('ask a feature group in SQL')
    .action(
      act(async (workspace, [name], { sql, limit, out, with: engine, ...flags }) => {
        const wish = {
          name: name as string,
          sql: sql as string,
          limit: limit as number,
          out: out as string | undefined,
        };
        checkOut(wish.out, engine as string);
        const result = await perform(workspace, engine === 'athena' ? queryByAthena : queryFeatureGroup, wish, flags);
        workspace.output.result(result, () => text(result));
      }),
    );
}

/** @throws InputError for an engine or a file that cannot be */
function checkOut(out: string | undefined, engine: string): void {
  if (engine !== 'duckdb' && engine !== 'athena')
    throw new InputError(`--with: found "${engine}", expected duckdb or athena`);
  const endings = engine === 'athena' ? ['.csv'] : ['.csv', '.parquet'];
  if (out !== undefined && !endings.some((ending) => out.endsWith(ending)))
    throw new InputError(`--out: found ${out}, expected a file that ends in ${endings.join(' or ')}`);
}

function text(result: QueryResult): Lines {
  const { columns, rows } = result;
  const names = columns.map(({ name }) => name);
  const numbers = columns.flatMap(({ name }, at) => (rows.some((row) => typeof row[at] === 'number') ? [name] : []));
  const cells = rows.map((row) => row.map((value) => (typeof value === 'boolean' ? String(value) : figure(value))));
  const kept = result.result === null ? '' : `; the whole result: ${result.result}`;
  return [table(names, cells, numbers), `${shownWords(result)}${kept}`];
}
