import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type * as z from 'zod';
import { InputError, messageOf } from '../../common/errors.js';
import { writeAtomic } from '../../common/files.js';
import { firstProblem } from '../../common/schema-words.js';
import { modelMonitorConstraintsSchema } from '../../documents/model-monitor/constraints.js';
import { modelMonitorStatisticsSchema } from '../../documents/model-monitor/statistics.js';
import { modelMonitorText } from '../../documents/model-monitor/text.js';
import { monitorBaseline, monitorViolations } from '../../pipeline/drift/monitor-table.js';
import { profileTable, type TableFile } from '../../pipeline/drift/profile-table.js';
import { answer } from '../answer.js';
import { type Asked, makesFiles } from '../operation.js';

interface Profiled extends Omit<TableFile, 'now' | 'signal'> {
  /** The folder that the documents are written to as well. */
  out?: string;
}

const fileOf = (
  { signal, progress }: Asked,
  { data, format, nulls, decimal, encoding, sheet }: Profiled,
): TableFile => ({
  ...{ data, format, nulls, decimal, encoding, sheet, signal },
  say: progress,
  now: new Date(),
});

/** Statistics of a table, and constraints for the next one. */
export const profileTableFile = makesFiles('tables.profile', async (at, input: Profiled) => {
  const document = await profileTable(fileOf(at, input));
  await write(input.out, { 'profile.json': `${JSON.stringify(document, null, 2)}\n` });
  return document;
});

/** The same as Model Monitor has them: `statistics.json` and `constraints.json`. */
export const makeMonitorBaseline = makesFiles('tables.monitor-baseline', async (at, input: Profiled) => {
  const { statistics, constraints } = await monitorBaseline(fileOf(at, input));
  await write(input.out, {
    'statistics.json': modelMonitorText(statistics),
    'constraints.json': modelMonitorText(constraints),
  });
  return answer('model-monitor-baseline', { statistics, constraints });
});

/** What of a table breaks constraints of Model Monitor, or has drifted from its statistics. */
export const findViolations = makesFiles(
  'tables.violations',
  async (at, { constraints, statistics, ...input }: Profiled & { constraints: string; statistics?: string }) => {
    const wanted = await readDocument(constraints, modelMonitorConstraintsSchema);
    const before = statistics === undefined ? undefined : await readDocument(statistics, modelMonitorStatisticsSchema);
    const found = await monitorViolations(fileOf(at, input), wanted, before);
    await write(input.out, { 'constraint_violations.json': modelMonitorText(found) });
    return answer('model-monitor-violations', found);
  },
);

async function readDocument<Document>(file: string, schema: z.ZodType<Document>): Promise<Document> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: cannot be read as JSON: ${messageOf(error)}`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new InputError(`${file}: ${firstProblem(parsed.error, json)}, as in a file of Model Monitor`);
}

async function write(folder: string | undefined, files: Record<string, string>): Promise<void> {
  if (folder === undefined) return;
  for (const [name, text] of Object.entries(files))
    await writeAtomic(resolve(join(folder, name)), text, { temporary: resolve(folder) });
}
