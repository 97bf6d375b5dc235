import { join } from 'node:path';
import { InputError } from '../../common/errors.js';
import { type Session, withSession } from '../../data/duckdb/session.js';
import { literal } from '../../data/duckdb/sql.js';
import { partNames } from '../../common/parts.js';
import { keys } from '../../documents/keys.js';
import type { RunFigures, StageOutput } from '../../documents/run.js';
import type { SplitManifest } from '../../documents/tables/split-manifest.js';
import { featureGroupName } from '../../project/names.js';
import type { Project, Split } from '../../project/schema.js';
import { acceptedInputs, acceptedRows, addAccepted, joinsProduction } from '../batches/accepted-rows.js';
import { divide, rowsOf, settledSplit } from '../features/division.js';
import { keepFitting, type SetAside } from '../features/expectations.js';
import { type Build, filesOfGroup, nextEventTime, writeGroup } from '../features/group.js';
import { pseudonymKey } from '../features/privacy.js';
import { featuresByProgram } from '../program/features-by-program.js';
import { mayRunProgram } from '../program/may-run.js';
import { programInputs } from '../program/script-files.js';
import { makeFeatureTable } from '../features/table.js';
import { createView, curatedFiles, curatedSources, foldersOf } from '../features/views.js';
import { curatedManifestKey } from '../../data/curated.js';
import type { Stage, StageContext } from '../stage.js';
import { readStageState, writeDocument } from '../store.js';

const memoryLimit = '640MB';

/** Curated tables -> `features.sql`, or a program -> four feature groups: train, validation, test, production. */
export const features: Stage = {
  name: 'features',

  async inputs(context) {
    const sources = await curatedSources(context);
    const tables = sources.map(({ name, source, content }) => ({
      uri: curatedManifestKey(name, source.format),
      sha256: content,
    }));
    const { project } = context;
    const program = await programInputs(project, project.file.features);
    return [...tables, ...(await acceptedInputs(context)), ...program];
  },

  configuration: ({ file, sql }) => ({
    features: file.features,
    sql: sql[file.features.sql],
    target: file.model.target,
    task: file.model.task,
    ...(file.private.length === 0 ? {} : { private: file.private }),
    ...(joinsProduction(file) && { batches: 'production' }),
    views: Object.entries(file.sources).map(([name, { types, ready, expect, unfit }]) => [
      name,
      types,
      ready,
      ...(expect === undefined ? [] : [expect, unfit]),
    ]),
  }),

  intends(context) {
    const { project } = context;
    mayRunProgram(context, 'features', project.file.features.command);
    return Promise.resolve({ featureGroups: groupsOf(project) });
  },

  async run(context) {
    await refuseDamaged(context);
    const { project, scratch, signal } = context;
    const sources = await curatedSources(context);
    const files = await Promise.all(sources.map((source) => curatedFiles(context, source)));
    const names = groupsOf(project);
    const before = await Promise.all(names.map((name) => filesOfGroup(context, name)));
    const accepted = await acceptedRows(context);
    const folders = [scratch, ...foldersOf([...files, ...before, accepted.map(({ file }) => file)].flat())];

    return withSession({ folders, memoryLimit, signal }, async (session) => {
      const aside: SetAside[] = [];
      for (const [i, { name, source }] of sources.entries()) {
        await createView(session, sources[i]!, files[i]!);
        const found = await keepFitting(session, { name, source, hidden: project.file.private });
        if (found !== undefined) aside.push(found);
      }
      const setAside = await keepAside(context, session, aside);
      const { command } = project.file.features;
      const table = await makeFeatureTable(session, project, {
        key: await pseudonymKey(context, project.file),
        byProgram: command && (() => featuresByProgram(context, session, command)),
      });
      for (const note of table.notes) context.report.message('warning', note);
      const joined = await addAccepted(session, project.file, accepted);
      for (const note of joined.notes) context.report.message('warning', note);
      const split = await settledSplit(session, project);
      const settled = { ...project, file: { ...project.file, features: { ...project.file.features, split } } };
      const divided = await divide(session, settled);
      for (const note of divided.notes) context.report.message('warning', note);
      for (const part of partNames) {
        if (divided.parts[part].rows === 0) context.report.message('warning', `no row stands in ${part}`);
      }
      const eventTime = await nextEventTime(session, context.now, before.flat());
      const build: Build = { eventTime, columns: table.columns };
      const outputs: StageOutput[] = [];
      let rows = 0;
      for (const [i, part] of partNames.entries()) {
        const count = divided.parts[part].rows;
        const group = { name: names[i]!, rows: rowsOf(settled, part), count, before: before[i]! };
        outputs.push(await writeGroup(context, session, group, build));
        context.report.progress('rows', (rows += count), null, part);
      }
      const { entities, parts: made } = divided;
      await writeManifest({ ...context, project: settled }, { entities, parts: made }, eventTime);
      const counts = Object.fromEntries(partNames.map((part) => [`rows_${part}`, divided.parts[part].rows]));
      const sizes = partNames.map((part) => divided.parts[part].rows.toLocaleString('en-US')).join(' / ');
      return {
        outputs,
        figures: {
          ...table.figures,
          entities: divided.entities,
          ...counts,
          ...setAside,
          ...(accepted.length > 0 && { rows_of_batches: joined.rows }),
        },
        summary: `${divided.entities.toLocaleString('en-US')} entities; ${partNames.join(' / ')}: ${sizes}`,
      };
    });
  },
};

/** Rows that are set aside are kept as they came, one file a source, each with its reason. */
async function keepAside(
  { environment, writers, scratch, report, project, signal }: StageContext,
  session: Session,
  aside: readonly SetAside[],
): Promise<RunFigures> {
  for (const name of Object.keys(project.file.sources)) {
    const key = keys.ingestErrors(name);
    const found = aside.find(({ source }) => source === name);
    if (found === undefined) {
      if ((await environment.objects.head(key, { signal })) !== undefined)
        await writers.objects.remove(key, { signal });
      continue;
    }
    report.message('warning', `${found.note}; they are kept in ${key}`);
    const path = join(scratch, `${name}-unfit.parquet`);
    await session.run(`COPY (${found.select}) TO ${literal(path)} (FORMAT parquet)`);
    await writers.objects.putFile(key, path, { signal });
  }
  return Object.fromEntries(aside.map(({ source, rows }) => [`${source}_set_aside`, rows]));
}

function groupsOf({ file }: Project): string[] {
  return partNames.map((part) => featureGroupName(file.name, part));
}

/** What ingest could not take in is missing from the tables: nothing is built on them unless a person says so. */
async function refuseDamaged({ environment, options }: StageContext): Promise<void> {
  const state = await readStageState(environment.objects, 'ingest');
  const damage = state?.damage ?? [];
  if (damage.length === 0 || options.acceptPartial) return;
  const hint = 'mend it and run ingest again, or go on without it: --accept-partial';
  throw new InputError([`ingest left out damaged input (${hint}):`, ...damage]);
}

async function writeManifest(
  { project, writers, runId, now, signal }: StageContext,
  divided: { entities: number; parts: SplitManifest['parts'] },
  eventTime: number,
): Promise<void> {
  const { split } = project.file.features;
  const manifest: SplitManifest = {
    kind: 'split-manifest',
    schemaVersion: 1,
    createdAt: now.toISOString(),
    runId,
    rule: ruleOf(project, split),
    by: split.by,
    seed: split.by === 'entity' ? split.seed : null,
    eventTime,
    ...divided,
  };
  await writeDocument(writers.objects, keys.splitManifest, manifest, { signal });
}

function ruleOf({ file }: Project, split: Split): string {
  if (split.by === 'column') {
    return `by ${split.column}: ${partNames.map((part) => `${part} = ${split[part].join(', ') || 'nothing'}`).join('; ')}`;
  }
  const { entity } = file.features;
  return `every ${entity} in the order of md5("${split.seed}:" + ${entity}) in hex, then by text; cut after int(n·${split.train}), int(n·${split.validation}), int(n·${split.test}), the rest production`;
}
