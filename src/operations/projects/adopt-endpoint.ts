import { parseS3Address } from '../../common/s3-address.js';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { dataQualityBaseline } from '../../documents/baselines.js';
import { capturedInputs, type CapturedRow } from '../../documents/capture/captured-inputs.js';
import { histogramOf, statisticsOf } from '../../drift/statistics.js';
import type { EndpointInfo } from '../../platform/ports/endpoints.js';
import type { Environment } from '../../platform/ports/environment.js';
import { collect } from '../../platform/ports/pages.js';
import { fit, type AdoptedSystem } from '../../project/adopt/facts.js';
import { adoptedTexts } from '../../project/adopt/write.js';
import { parseProject } from '../../project/load.js';
import { makesFiles } from '../operation.js';
import type { OpenEnvironment } from './open-environment.js';
import { newFolder, write, type Adopted } from './adopt-from-env.js';

/** As many rows as make a steady baseline. */
const enough = 10_000;
const table = 'data/captured.jsonl';
const baseline = 'baselines/data_quality_baseline.json';

interface FromEndpoint {
  endpoint: string;
  /** Its AWS region, and the profile to sign in with. */
  region?: string;
  profile?: string;
  dir?: string;
  open: OpenEnvironment;
}

/**
 * A project that watches an endpoint which somebody else deployed, with a baseline of what it was asked lately. The
 * account is only read.
 */
export const projectFromEndpoint = makesFiles(
  'projects.from-endpoint',
  async (_at, { endpoint, dir, open, ...at }: FromEndpoint): Promise<Adopted> => {
    const guess = systemOf(endpoint, at, undefined, []);
    const project = { folder: process.cwd(), file: parseProject(adoptedTexts(guess).mlops), sql: {} };
    const environment = await open(project, 'aws');
    const info = await environment.endpoints.describe(endpoint);
    if (info === undefined) throw new InputError(`init: found no endpoint "${endpoint}" in ${environment.region}`);
    const { rows, unread } = await newestRows(environment, info);
    const folder = await newFolder(dir ?? guess.name);
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !own.includes(name));
    const system = systemOf(endpoint, { ...at, region: environment.region }, info, columns);
    const files = await write(folder, system);
    const left =
      unread === 0 ? [] : [`${unread} captured requests are left out, for they are neither CSV nor JSON rows`];
    if (rows.length === 0) {
      const why = info.capturedTo === undefined ? 'it captures nothing' : `no rows lie at ${info.capturedTo} yet`;
      return { folder, files, system, notes: [`there is no baseline, for ${why}`, ...left] };
    }
    await writeBaseline(folder, rows, columns);
    return { folder, files: [...files, table, baseline], system, notes: left };
  },
);

/** What names and dates a row beside what was asked; several rows of one request share its event. */
const own = ['record_id', 'event_id', 'inference_time'];

function systemOf(
  endpoint: string,
  at: { region?: string; profile?: string },
  info: EndpointInfo | undefined,
  columns: string[],
): AdoptedSystem {
  return {
    name: fit(endpoint),
    environment: {
      region: at.region,
      profile: at.profile,
      bucket: parseS3Address(info?.capturedTo)?.bucket,
    },
    endpoint,
    capture: info?.config.capture,
    instance: info?.instance,
    task: 'binary',
    columns: columns.length > 0 ? columns : ['*'],
    target: 'label',
    entity: 'event_id',
    time: 'inference_time',
    dataGatesOnly: true,
    table,
  };
}

/** The rows that were asked about last, newest first; files are looked for from the newest hour backwards. */
async function newestRows(environment: Environment, { name, capturedTo }: EndpointInfo) {
  const at = parseS3Address(capturedTo);
  const rows: CapturedRow[] = [];
  /** Requests that cannot be taken apart into rows. */
  let unread = 0;
  if (at === undefined) return { rows, unread };
  const [bucket, folder] = [at.bucket, at.key.replace(/\/?$/, '/').replace(/^\/$/, '')];
  for await (const key of newestFirst(environment, bucket, `${folder}${name}/`)) {
    const text = Buffer.from((await environment.objects.read(key, { bucket })) ?? []).toString('utf8');
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue;
      const read = capturedInputs(line);
      if (read === undefined) unread += 1;
      else rows.push(...named(read));
    }
    if (rows.length >= enough) break;
  }
  return { rows, unread };
}

function named({ id, at, rows }: { id: string; at: string; rows: CapturedRow[] }): CapturedRow[] {
  const which = (index: number) => (rows.length === 1 ? id : `${id}#${index + 1}`);
  return rows.map((row, index) => ({ ...row, record_id: which(index), event_id: id, inference_time: at }));
}

/** Captured files, newest first: their folders are named by date and hour. */
async function* newestFirst(environment: Environment, bucket: string, prefix: string): AsyncGenerator<string> {
  const found = await collect((page) => environment.objects.list(prefix, { ...page, bucket, folders: true }));
  for (const { kind, key } of found.reverse())
    if (kind === 'folder') yield* newestFirst(environment, bucket, key);
    else if (key.endsWith('.jsonl')) yield key;
}

async function writeBaseline(folder: string, rows: CapturedRow[], columns: string[]): Promise<void> {
  await mkdir(join(folder, 'data'), { recursive: true });
  await mkdir(join(folder, 'baselines'), { recursive: true });
  const path = join(folder, table);
  await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const document = dataQualityBaseline(columns.map((column) => [column, statisticsOfColumn(rows, column)]));
  await writeFile(join(folder, baseline), `${JSON.stringify(document, null, 2)}\n`);
}

/** Of a column of numbers everything; of another only how often it was there. */
function statisticsOfColumn(rows: CapturedRow[], column: string) {
  const cells = rows.map((row) => row[column] ?? null);
  const isNumber = cells.every((cell) => cell === null || typeof cell === 'number');
  const numbers = Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : NaN));
  const there = Float64Array.from(cells, (cell) => (cell === null ? NaN : 0));
  const statistics = statisticsOf(numbers, there);
  if (isNumber) return { ...statistics, histogram: histogramOf(numbers) };
  return { ...statistics, count: cells.filter((cell) => cell !== null).length, histogram: null };
}
