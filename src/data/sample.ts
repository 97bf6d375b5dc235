import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BrokenError, InputError } from '../common/errors.js';
import { inside, insideState, stateFolder } from '../common/inside.js';
import { loadProject } from '../project/load.js';
import type { ProjectFile, Source } from '../project/schema.js';
import { copySample } from '../project/templates.js';
import { filesOf } from './sources/glob.js';
import { type Session, withSession } from './duckdb/session.js';
import { entityHashSql } from './split.js';
import { identifier, literal } from './duckdb/sql.js';
import { runUserSql } from './duckdb/user-sql.js';
import { writeZip } from './zip/write.js';

/** What sample data can show: all is well; production looks unlike training; production is predicted badly. */
export const scenarios = ['healthy', 'drifted', 'failing'] as const;

export interface SampleRequest {
  templateFolder: string;
  projectFolder: string;
  scenario: string;
  signal?: AbortSignal;
}

/**
 * Gives a new project the sample data of its template, at the places where its `mlops.json` looks for them. Ready tables
 * in `sample/` are copied; `sample/<source>[.<ending>].sql` makes a source's rows by SQL, the same ones every time.
 * The SQL may ask for `scenario()` and for `split_hash(entity)`, by whose order the project's split cuts the parts, so
 * that it can make production unlike training. A column `zip` names the archive of a row.
 * Returns the files, relative to the project; InputError for an unknown scenario.
 */
export async function makeSample({
  templateFolder,
  projectFolder,
  scenario,
  signal,
}: SampleRequest): Promise<string[]> {
  if (!scenarios.some((known) => known === scenario)) {
    throw new InputError(`--scenario: found ${scenario}, expected ${scenarios.join(', ')}`);
  }
  const folder = join(templateFolder, 'sample');
  const scripts = (await filesOf(folder, templateFolder)).filter((file) => file.endsWith('.sql'));
  if (scripts.length === 0 && scenario !== 'healthy') {
    throw new InputError(`--scenario: found ${scenario}, expected healthy: this template's sample is a ready table`);
  }
  const files = await copySample({ folder: templateFolder }, projectFolder);
  if (scripts.length === 0) return files;

  const { file: project } = await loadProject(projectFolder);
  const state = insideState(join(projectFolder, stateFolder));
  await mkdir(state, { recursive: true });
  const scratch = await mkdtemp(join(state, 'sample-'));
  try {
    for (const script of scripts) {
      files.push(...(await makeSource({ script, scratch, project, projectFolder, scenario, signal })));
    }
    return files;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface SourceRequest {
  script: string;
  scratch: string;
  project: ProjectFile;
  projectFolder: string;
  scenario: string;
  signal?: AbortSignal;
}

async function makeSource(request: SourceRequest): Promise<string[]> {
  const { script, scratch, project, projectFolder, scenario, signal } = request;
  const [name = '', ...endings] = basename(script, '.sql').split('.');
  const source = project.sources[name];
  if (source === undefined) throw new BrokenError(`${basename(script)}: mlops.json has no source ${name}`);
  const to = inside(resolve(projectFolder), resolve(projectFolder, dirname(source.files)));
  await mkdir(to, { recursive: true });
  const sql = await readFile(script, 'utf8');
  const { split } = project.features;
  const seed = split.by === 'entity' ? split.seed : 0;
  return withSession({ folders: [scratch, to], signal }, async (session) => {
    await session.run(`CREATE MACRO scenario() AS ${literal(scenario)}`);
    await session.run(`CREATE MACRO split_hash(entity) AS ${entityHashSql(seed, 'entity')}`);
    await runUserSql(session, basename(script), sql, 'sample');
    const files =
      source.format === 'zip-of-csv'
        ? await writeZips(session, source, scratch, to)
        : await writeTable(session, to, `${name}.${endings.length === 0 ? 'csv' : endings.join('.')}`);
    return files.map((file) => join(dirname(source.files), file));
  });
}

/** What a scenario has no rows of is no file. */
async function writeTable(session: Session, folder: string, file: string): Promise<string[]> {
  const [first] = await session.rows('SELECT 1 FROM sample LIMIT 1');
  if (first === undefined) return [];
  const format = /\.jsonl?\b/.test(file)
    ? 'FORMAT json'
    : file.includes('.parquet')
      ? 'FORMAT parquet'
      : 'FORMAT csv, HEADER';
  const packed = file.endsWith('.gz') ? ', COMPRESSION gzip' : '';
  await session.run(`COPY sample TO ${literal(join(folder, file))} (${format}${packed})`);
  return [file];
}

/** One CSV a value of the partition column, in the zips that the rows name. */
async function writeZips(session: Session, source: Source, scratch: string, folder: string): Promise<string[]> {
  const partition = identifier(source.partition ?? 'date');
  const parts = await session.rows(
    `SELECT zip, ${partition}::VARCHAR AS part FROM sample GROUP BY ALL ORDER BY zip, part`,
  );
  const members = new Map<string, { name: string; path: string }[]>();
  for (const { zip, part } of parts) {
    const name = `${String(part)}.csv`;
    const path = join(scratch, name);
    await session.run(
      `COPY (SELECT * EXCLUDE (zip) FROM sample WHERE zip = ${literal(String(zip))} AND ${partition}::VARCHAR = ${literal(String(part))})
       TO ${literal(path)} (FORMAT csv, HEADER)`,
    );
    members.set(String(zip), [...(members.get(String(zip)) ?? []), { name, path }]);
  }
  for (const [zip, files] of members) await writeZip(join(folder, zip), files);
  return [...members.keys()];
}
