import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier, literal } from '../../data/duckdb/sql.js';
import { readTable } from '../../data/tables.js';
import { featureRows } from '../features/table.js';
import type { StageContext } from '../stage.js';
import { programText, runProgram } from './run-program.js';

const minutes = 24 * 60;

/**
 * Lets the project's own program make the rows of `feature_rows` of the session's views, one of each source: every source
 * is a channel, and one table is left in `SM_OUTPUT_DATA_DIR`.
 * @param session may write to the scratch folder, below which all of it lies
 * @throws UntrustedCommand; BrokenError with its last lines when it fails; InputError where it left no table, or several
 */
export async function featuresByProgram(
  context: StageContext,
  session: Session,
  command: readonly string[],
): Promise<void> {
  const { features, sources } = context.project.file;
  const format = features.format ?? 'csv';
  const channels = Object.keys(sources);
  const asked = { stage: 'features' as const, command, hyperparameters: {}, format, minutes, channels };
  const { outputData } = await runProgram(context, {
    ...asked,
    async fill({ channel }) {
      for (const source of channels) {
        await mkdir(channel(source), { recursive: true });
        const path = literal(join(channel(source), `${source}.${format}`));
        const options = format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet';
        await session.run(`COPY (SELECT * FROM ${identifier(source)}) TO ${path} (${options})`);
      }
    },
  });
  const what = programText(asked);
  const names = (await readdir(outputData)).filter((name) => !name.startsWith('.')).sort();
  const [name, second] = names;
  if (name === undefined || second !== undefined)
    throw new InputError(
      `${what}: found ${names.join(', ') || 'nothing'} in SM_OUTPUT_DATA_DIR, expected one table (features.csv, features.parquet)`,
    );
  const { select } = await readTable(session, [join(outputData, name)], {});
  await session.run(`CREATE OR REPLACE TABLE ${featureRows} AS ${select}`);
}
