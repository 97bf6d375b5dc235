import type { DataQualityBaseline } from '../../documents/baselines.js';
import type { Batch } from '../../documents/batch.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { readReference, type Reference } from '../../project/reference.js';
import { listBatches } from '../batches/stored-batches.js';
import { atPlace } from '../candidates/place-of-error.js';
import { classShares, type ClassShares } from '../evaluating/class-drift.js';
import { dataBaselineOf } from '../evaluating/data-baseline.js';
import type { ReadVersion } from '../evaluating/read-version.js';
import { scoredOf } from '../evaluating/scored-of.js';
import { groupSession, readRecords, type RecordFiles } from '../features/read-groups.js';
import { featureType } from '../features/table.js';
import type { StageContext } from '../stage.js';
import { allRows, extentOf, ofPeriod, ofSeason, rowsOfBatch } from './reference-rows.js';

/** What drift is held against in place of the version's own baseline. */
export interface DriftReference {
  statistics: DataQualityBaseline;
  /** Of several classes: how often each is predicted, and is the label. */
  shares: ClassShares | undefined;
}

export interface FoundReference {
  /** Undefined: the version's own baseline. */
  reference: DriftReference | undefined;
  /** For the document; absent where the project declares nothing else than the baseline. */
  told?: NonNullable<MonitoringResults['driftReference']>;
}

/**
 * The rows that a project declares drift to be compared with (`monitor.reference`), as statistics.
 * @param judged the rows that are judged, which are no reference of themselves; `batch`: the one that they are
 * @throws ProjectFileError at the line of `monitor.reference` where it has no row
 */
export async function driftReference(
  context: StageContext,
  version: ReadVersion,
  { records, batch }: { records: RecordFiles; batch?: Batch },
): Promise<FoundReference> {
  const { reference: word = 'baseline' } = context.project.file.monitor;
  const asked = readReference(word);
  if ('problem' in asked || asked.kind === 'baseline') return { reference: undefined };
  const told = (text: string, rows: number | null) => ({
    reference: word,
    text: `Drift is compared with ${text}.`,
    rows,
  });
  if (asked.kind === 'previous') {
    const before = batch && (await batchBefore(context, batch));
    if (before === undefined) {
      const why = batch === undefined ? 'these rows are no batch' : 'no batch came before this one';
      return { reference: undefined, told: told(`the baseline, for ${why}`, null) };
    }
    const found = await readReferenceRows(context, version, await rowsOfBatch(context, before));
    return { reference: found, told: told(`the batch before, ${before.name} (${counted(before.rows)})`, before.rows) };
  }
  const all = await allRows(context);
  const files = [...new Set([...all.files, ...records.files])];
  const time = context.project.file.features.time!;
  const place = { all: all.select, judged: records.select, time };
  const select = asked.kind === 'period' ? ofPeriod(place, asked) : ofSeason(place);
  const { extent, known } = await groupSession(context.scratch, files, context.signal, async (session) => ({
    extent: await extentOf(session, select, time),
    known: await extentOf(session, all.select, time),
  }));
  if (extent.rows === 0) throw noRows(context, asked, known);
  const reference = await readReferenceRows(context, version, { files, select });
  const which =
    asked.kind === 'period' ? asked.text.replace('/', ' to ') : `the same months of ${extent.years ?? 'years before'}`;
  return { reference, told: told(`${which} (${counted(extent.rows)})`, extent.rows) };
}

const counted = (rows: number): string => `${rows.toLocaleString('en-US')} rows`;

/** The batch that comes right before, by the times of their rows, else by their coming. */
async function batchBefore({ environment }: StageContext, { id }: Batch): Promise<Batch | undefined> {
  const batches = await listBatches(environment);
  const place = batches.findIndex((one) => one.id === id);
  return place > 0 ? batches[place - 1] : undefined;
}

function noRows(
  { project }: StageContext,
  asked: Extract<Reference, { kind: 'period' }> | { kind: string },
  known: { from: string | null; to: string | null },
): Error {
  const which = 'text' in asked ? `of ${asked.text.replace('/', ' to ')}` : 'of the same months of the years before';
  const there =
    known.from === null ? 'no row has a time' : `the rows that are known are of ${known.from} to ${known.to}`;
  return atPlace(
    project.folder,
    ['monitor', 'reference'],
    `found no row ${which} beside those that are judged, expected some to compare drift with; ${there}`,
  );
}

async function readReferenceRows(
  context: StageContext,
  { bundle }: ReadVersion,
  { files, select }: RecordFiles,
): Promise<DriftReference> {
  const part = await groupSession(context.scratch, files, context.signal, async (session) => {
    const columns = await session.describe(select);
    const current = new Map(columns.map(({ name, type }) => [name, featureType(type)] as const));
    return readRecords(session, context.project.file, select, current, undefined, 'all', bundle.inputs);
  });
  // Only the shares of classes need scores.
  const several = context.project.file.model.task === 'multiclass';
  const shares = several ? classShares(part, await scoredOf(context, bundle, part.matrix)) : undefined;
  return { statistics: dataBaselineOf(bundle, part), shares };
}
