import { dirname } from 'node:path';
import { messageOf } from '../../common/errors.js';
import { withSession } from '../../data/duckdb/session.js';
import { filesOfSource, identityOf, type SourceFile } from '../../data/sources/sources.js';
import { identifier, parquetFiles } from '../../data/duckdb/sql.js';
import type { RunFigures, StageInput, StageOutput } from '../../documents/run.js';
import { fedSources } from '../feeds/fed-sources.js';
import { pollFeed } from '../feeds/poll.js';
import { polledText } from '../feeds/polled-text.js';
import { snapshotFiles } from '../feeds/snapshots.js';
import { ingestDays } from '../ingest/daily-source.js';
import { readManifest } from '../ingest/manifest.js';
import { takenFiles } from '../ingest/raw.js';
import { ingestTable } from '../ingest/table-source.js';
import type { Source } from '../../project/schema.js';
import type { Stage, StageContext, StageOutcome } from '../stage.js';

/** Files as they came -> `raw/` -> tables as Parquet under `curated/`. */
export const ingest: Stage = {
  name: 'ingest',

  async inputs(context) {
    const inputs: StageInput[] = [];
    await askFeeds(context);
    for (const { name, files } of await sourcesOf(context)) {
      for (const file of files) {
        const sha256 = await identityOf(file, context.signal);
        inputs.push({ uri: file.uri, sha256, source: name, file: file.name });
      }
    }
    return inputs;
  },

  configuration: (project) => ({
    sources: Object.fromEntries(
      Object.entries(project.file.sources).map(([name, source]) => [name, sayingMore(source)]),
    ),
    sql: Object.values(project.file.sources).map(({ sql }) => (sql === undefined ? null : project.sql[sql])),
  }),

  async run(context, { inputs }) {
    const outcome = { outputs: [] as StageOutput[], figures: {} as RunFigures, damage: [] as string[] };
    const told: string[] = [];
    for (const { name, files } of await sourcesOf(context)) {
      if (files.length > 0) told.push(await ingestSource(context, name, identified(name, files, inputs), outcome));
    }
    return { ...outcome, summary: told.join('; ') };
  },
};

/** What feeds say now joins what they said before. One that does not answer takes nothing away: the run goes on, and says so. */
async function askFeeds(context: StageContext): Promise<void> {
  const { project, options, signal, report, now } = context;
  for (const fed of fedSources(project).filter(({ name }) => options.sources[name] === undefined)) {
    const polled = await pollFeed(context, fed, now).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return { status: 'refused' as const, why: messageOf(error) };
    });
    const level = polled.status === 'refused' ? 'warning' : 'info';
    report.message(level, `source ${fed.name}: ${polledText(polled)}`);
  }
}

/** What every source has from itself makes no table anew: projects from before it could be said keep theirs. */
function sayingMore({ encoding, ...source }: Source): object {
  return encoding === 'utf-8' ? source : { encoding, ...source };
}

/** Every source with its files, from where this run takes them. */
export async function sourcesOf(context: StageContext): Promise<{ name: string; files: SourceFile[] }[]> {
  const { project, environment, options, signal } = context;
  const sources: { name: string; files: SourceFile[] }[] = [];
  for (const [name, source] of Object.entries(project.file.sources)) {
    const manifest = await readManifest(environment.objects, name, source, { signal });
    const given = options.sources[name];
    const { feed } = source;
    const fed = feed && given === undefined ? await snapshotFiles(environment.objects, name, feed, { signal }) : [];
    const taken = takenFiles(manifest);
    // What its feed said is enough of a source.
    const asked = fed.length > 0 ? { ...source, optional: true } : source;
    const own = await filesOfSource(project.folder, name, asked, { given, taken, signal });
    sources.push({ name, files: feed?.keep === 'newest' && fed.length > 0 ? fed : [...own, ...fed] });
  }
  return sources;
}

/** The files with the hashes that the run's record names; one that appeared only now waits for the next run. */
const identified = (source: string, files: SourceFile[], inputs: StageInput[]) =>
  files.flatMap((file) => {
    const input = inputs.find((input) => input.source === source && input.file === file.name);
    return input === undefined ? [] : [{ ...file, identity: input.sha256 }];
  });

async function ingestSource(
  context: StageContext,
  name: string,
  files: (SourceFile & { identity: string })[],
  outcome: Required<Pick<StageOutcome, 'outputs' | 'figures' | 'damage'>>,
): Promise<string> {
  const { project, environment, signal } = context;
  const source = project.file.sources[name]!;
  const manifest = await readManifest(environment.objects, name, source, { signal });
  const rows = () => Object.values(manifest.parts).reduce((sum, part) => sum + part.rows, 0);
  let told: string;
  if (source.format === 'zip-of-csv') {
    const { landed, unchanged, damage } = await ingestDays(context, name, source, files, manifest);
    const days = Object.keys(manifest.parts).length;
    outcome.damage.push(...damage);
    outcome.figures[`${name}_days`] = days;
    const also = damage.length === 0 ? '' : `, ${damage.length} damaged`;
    told = `${name}: ${counted(days)} days, ${counted(rows())} rows (${landed} new, ${unchanged} unchanged${also})`;
  } else {
    const { changed, figures } = await ingestTable(context, name, source, files, manifest);
    Object.assign(outcome.figures, figures);
    told = `${name}: ${counted(rows())} rows${changed ? '' : ' (unchanged)'}`;
  }
  outcome.figures[`${name}_rows`] = rows();
  const parts = Object.values(manifest.parts);
  outcome.outputs.push(...parts.map(({ key, sha256, rows }) => ({ uri: key, sha256, rows })));
  Object.assign(
    outcome.figures,
    await targetFigures(
      context,
      name,
      parts.map(({ key }) => key),
    ),
  );
  return told;
}

const counted = (n: number): string => n.toLocaleString('en-US');

/** How often a binary target is set in a source that has it, so that a person sees at once what there is to learn from. */
async function targetFigures(context: StageContext, name: string, keys: string[]): Promise<RunFigures> {
  const { project, environment, scratch, signal } = context;
  const { task, target } = project.file.model;
  if (task !== 'binary' || keys.length === 0) return {};
  const files = await Promise.all(keys.map((key) => environment.objects.file(key, { signal })));
  const folders = [scratch, ...new Set(files.map((file) => dirname(file)))];
  return withSession({ folders, signal }, async (session) => {
    const relation = `SELECT * FROM ${parquetFiles(files)}`;
    const columns = await session.describe(relation);
    if (!columns.some((column) => column.name === target)) return {};
    const [row] = await session.rows(
      `SELECT count(*) AS n FROM (${relation}) WHERE try_cast(${identifier(target)} AS DOUBLE) = 1`,
    );
    return { [`${name}_${target}`]: row?.n ?? null };
  });
}
