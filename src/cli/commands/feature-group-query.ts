import type { Command } from 'commander';
import { InputError } from '../../common/errors.js';
import type { QueryResult } from '../../documents/query-result.js';
import { athenaQuery } from '../../pipeline/feature-groups/athena-query.js';
import { queryGroup, type QueryWish } from '../../pipeline/feature-groups/query.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import { shownWords } from '../../report/data/query-result.js';
import type { Act, Flags } from '../command-runner.js';
import type { Workspace } from '../context.js';
import { wholeNumber } from '../file-arguments.js';
import { figure, table } from '../output.js';
import type { Lines } from '../terminal.js';

/** `mlops feature-group query`: SQL over one group, here by DuckDB or in the account by Athena. */
export function addFeatureGroupQuery(group: Command, act: Act): void {
  group
    .command('query')
    .argument('<name>')
    .requiredOption('--sql <select>', 'over records (the latest of each id) and history (everything ever written)')
    .option('--limit <n>', 'rows to show', wholeNumber, 100)
    .option('--out <file>', 'the whole result as .csv or .parquet')
    .option(
      '--with <engine>',
      'duckdb: over its files; athena: where it lies, for large groups, and it writes the result to the bucket',
      'duckdb',
    )
    .description('ask a feature group in SQL')
    .action((...args: unknown[]) => {
      // Athena leaves its result in the bucket, so it needs writing to be on.
      const writes = (args.at(-1) as Command).opts<{ with?: string }>().with === 'athena';
      return (writes ? act.writing(query) : act(query))(...args);
    });
}

async function query({ environment, output, signal }: Workspace, [name]: unknown[], flags: Flags): Promise<void> {
  const { sql, limit, out, with: engine } = flags as Flags & QueryWish & { with: string };
  checkOut(out, engine);
  const group = await mustDescribe(environment, name as string, signal);
  const wish = { sql, limit, out };
  const now = new Date();
  const result =
    engine === 'athena'
      ? await athenaQuery(environment, group.name, wish, now, { signal })
      : await queryGroup(environment, group, wish, now, { signal });
  output.result(result, () => text(result));
}

/** @throws InputError for an engine or a file that cannot be */
function checkOut(out: string | undefined, engine: string): void {
  if (engine !== 'duckdb' && engine !== 'athena')
    throw new InputError(`--with: found "${engine}", expected duckdb or athena`);
  const endings = engine === 'athena' ? ['.csv'] : ['.csv', '.parquet'];
  if (out !== undefined && !endings.some((ending) => out.endsWith(ending)))
    throw new InputError(`--out: found ${out}, expected a file that ends in ${endings.join(' or ')}`);
}

async function mustDescribe(environment: Environment, name: string, signal: AbortSignal): Promise<FeatureGroup> {
  const group = await environment.features.describe(name, { signal });
  if (group === undefined) throw new InputError(`feature-group: found no group "${name}" in ${environment.name}`);
  return group;
}

function text(result: QueryResult): Lines {
  const { columns, rows } = result;
  const names = columns.map(({ name }) => name);
  const numbers = columns.flatMap(({ name }, at) => (rows.some((row) => typeof row[at] === 'number') ? [name] : []));
  const cells = rows.map((row) => row.map((value) => (typeof value === 'boolean' ? String(value) : figure(value))));
  const kept = result.result === null ? '' : `; the whole result: ${result.result}`;
  return [table(names, cells, numbers), `${shownWords(result)}${kept}`];
}
