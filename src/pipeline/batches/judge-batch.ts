import { messageOf } from '../../common/errors.js';
import type { Batch } from '../../documents/batch.js';
import { keys, stampOf } from '../../documents/keys.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { parquetFiles } from '../../data/duckdb/sql.js';
import { filterPart, type Part } from '../evaluating/parts.js';
import { readVersion, type ReadVersion } from '../evaluating/read-version.js';
import { groupSession, readRecords } from '../features/read-groups.js';
import { featureType } from '../features/table.js';
import { judgeRows } from '../judging/judge-rows.js';
import { recordResults } from '../judging/record-results.js';
import { resultsOf } from '../judging/results.js';
import { readOverrides } from '../overrides.js';
import type { StageContext } from '../stage.js';
import { monitorMoment } from '../stored-results.js';
import { learnedRowsOf, type KnownBy } from '../training/learned-rows.js';
import { listBatches, writeBatch } from './stored-batches.js';

/** A verdict on a batch, and where it lies. */
export interface JudgedBatch {
  key: string;
  results: MonitoringResults;
}

/**
 * Judges a batch that was brought here by a version, and writes down what came of it, also where it failed. Nothing is
 * trained.
 */
export async function judgeBatch(context: StageContext, batch: Batch, modelVersion: string): Promise<JudgedBatch> {
  try {
    return await judged(context, batch, modelVersion);
  } catch (error) {
    if (context.signal.aborted) throw error;
    const failed = { at: context.now.toISOString(), modelVersion, why: messageOf(error) };
    await writeBatch(context.writers.objects, { ...batch, failed });
    throw error;
  }
}

async function judged(context: StageContext, batch: Batch, modelVersion: string): Promise<JudgedBatch> {
  const { environment, writers, now, signal } = context;
  const version = await readVersion(environment, modelVersion);
  const rows = await environment.objects.file(keys.batchRows(batch.id), { signal });
  const records = { files: [rows], select: `SELECT * FROM ${parquetFiles([rows])}` };
  const all = await recordsOf(context, version, records);
  const { unseen, notes } = await withoutKnown(context, version, batch, all);
  const judgement = await judgeRows(context, version, unseen, { group: batch.name, records, batch });
  const { waivers } = await readOverrides(environment);
  const results = resultsOf({ context, version, judged: judgement, overrides: [], waivers, alreadyRetrained: false });
  const labelled = unseen.matrix.rows - judgement.unlabelled;
  const known = all.matrix.rows - unseen.matrix.rows;
  const told: MonitoringResults = {
    ...results,
    notes: [...batch.notes, ...notes, ...(results.notes ?? []), ...labelsNote(results, unseen.matrix.rows, labelled)],
    batch: { id: batch.id, name: batch.name, rows: batch.rows, known, labelled },
  };
  const stamp = stampOf(await monitorMoment(environment, now), context.runId);
  await recordResults(context, { version, judged: judgement, results: told, stamp });
  const entry = { results: keys.monitoringRun(stamp), at: now.toISOString(), modelVersion, labelled };
  const { failed: _, ...before } = batch;
  await writeBatch(writers.objects, {
    ...before,
    labelled: all.target.filter((value) => !Number.isNaN(value)).length,
    judged: [...batch.judged, { ...entry, verdict: told.verdict }],
  });
  return { key: entry.results, results: told };
}

async function recordsOf(
  context: StageContext,
  { bundle }: ReadVersion,
  { files, select }: { files: string[]; select: string },
): Promise<Part> {
  const { project, scratch, signal } = context;
  return groupSession(scratch, files, signal, async (session) => {
    const columns = await session.describe(select);
    const current = new Map(columns.map(({ name, type }) => [name, featureType(type)] as const));
    return readRecords(session, project.file, select, current, undefined, 'all', bundle.inputs);
  });
}

/** Leaves out the rows that a version learned from: they prove nothing about it. */
async function withoutKnown(
  { environment, project, report }: StageContext,
  { version }: ReadVersion,
  batch: Batch,
  all: Part,
): Promise<{ unseen: Part; notes: string[] }> {
  const { time } = project.file.features;
  const by: KnownBy = batch.numbered ? 'numbers' : time === undefined ? 'id and numbers' : 'id';
  const known = await learnedRowsOf(environment, version, by);
  if (known === undefined) {
    report.message('warning', `${version} left no list of its rows: rows that it learned from may be among these`);
    return { unseen: all, notes: [] };
  }
  // Rows that are much alike and have no name cannot be told apart.
  if (known === null) return { unseen: all, notes: [] };
  // Rows that joined the training without a time of their own were called otherwise there, by the batch that brought them.
  const joined = time === undefined ? (await listBatches(environment)).filter((one) => one.accepted !== null) : [];
  const called = [...new Set([batch, ...joined].map(({ id }) => id))];
  const beside = called.map((id) => known({ ...all, recordIds: all.recordIds.map((row) => `${row}@${id}`) }));
  const isKnown = [known(all), ...beside];
  const unseen = filterPart(all, (row) => !isKnown.some((is) => is(row)));
  const left = all.matrix.rows - unseen.matrix.rows;
  if (left === 0) return { unseen, notes: [] };
  const count = left === all.matrix.rows ? `all ${left}` : `${left} of ${all.matrix.rows}`;
  return { unseen, notes: [`${version} learned from ${count} of these rows: they are left out.`] };
}

/** What to do about labels that are not there. */
function labelsNote({ labelsDue }: MonitoringResults, rows: number, labelled: number): string[] {
  if (labelled === rows) return [];
  const which = labelled === 0 ? 'No labels yet' : `${rows - labelled} of ${rows} rows have no label yet`;
  const until = labelsDue == null ? '' : `, the last is due ${labelsDue.slice(0, 10)}`;
  return [`${which}${until}; add them with: mlops labels add FILE`];
}
