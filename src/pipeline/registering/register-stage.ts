import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sha256OfFile } from '../../common/hash.js';
import type { Evaluation } from '../../documents/evaluation.js';
import { BUNDLE_FILES } from '../../models/bundle/bundle-files.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { isOwn } from '../../models/bundle/outside-model.js';
import { modelGroupName } from '../../project/names.js';
import { choiceOf } from '../candidates/choice.js';
import type { FittedCandidate } from '../candidates/candidate.js';
import { figureOf, judgeScored } from '../evaluating/evaluate.js';
import { scoredOf } from '../evaluating/scored-of.js';
import { sliceEdgesOf } from '../evaluating/slices.js';
import { filterPart } from '../evaluating/parts.js';
import type { Stage, StageContext, StageOutcome } from '../stage.js';
import { admissionVerdict, statusOf } from '../training/admission.js';
import { importanceOf } from '../training/importance.js';
import { learnedList } from '../training/learned-entities.js';
import { learnedRowsFile } from '../training/learned-rows.js';
import { registerVersion } from '../training/version.js';
import { findModel } from './find-model.js';
import { evaluationRows } from './evaluation-rows.js';
import { bundleOf } from './bundle-of.js';
import type { RegisterWish } from './wish.js';

/** Registering one model, as the one stage of a run. It stands beside the pipeline, whose own state stays as it is. */
export function registerStage(wish: RegisterWish): Stage {
  return {
    name: 'train',
    aside: true,
    async inputs({ signal }) {
      const { from, data } = wish;
      const model = from.kind === 'file' ? await filesOf(from.path) : [];
      const paths = [...model, ...(data === undefined ? [] : [data])];
      return Promise.all(
        paths.map(async (path) => ({ uri: path, sha256: await sha256OfFile(resolve(path), { signal }) })),
      );
    },
    configuration: ({ file }) => [file.model, file.monitor.gates],
    intends: ({ project }) => Promise.resolve({ modelGroup: modelGroupName(project.file.name) }),
    needed: () => Promise.resolve({ run: true, reason: 'a model from elsewhere is registered' }),
    run: (context) => registered(context, wish),
  };
}

/** A model's file; of a bundle in a folder those that make it. */
async function filesOf(path: string): Promise<string[]> {
  if ((await stat(resolve(path)).catch(() => undefined))?.isDirectory() !== true) return [path];
  const names = await readdir(resolve(path));
  return names.filter((name) => BUNDLE_FILES.includes(name)).map((name) => join(path, name));
}

async function registered(context: StageContext, wish: RegisterWish): Promise<StageOutcome> {
  const { file } = context.project;
  const found = await findModel(context, wish);
  for (const note of found.notes) context.report.message('info', note);
  const { part, inputs, what, baseline } = await evaluationRows(context, wish, found);
  const bundle = bundleOf(file, found, inputs, wish);
  const name = wish.name ?? found.name;
  const judged = judgeScored(bundle.task, part, await scoredOf(context, bundle, part.matrix));
  const test = { ...judged, part };
  const edges = sliceEdgesOf(file, baseline);
  const { verdict, why, doubts } = admissionVerdict(file, { ...test, edges }, context.now);
  for (const doubt of doubts) context.report.message('warning', `${name}: ${doubt}`);
  const version = await context.writers.registry.nextVersion(modelGroupName(file.name));
  const candidate = candidateOf(name, bundle);
  const { model, outputs: written } = await registerVersion(context, version, {
    candidate,
    evaluation: evaluationOf(context, candidate, test),
    fitted: baseline,
    unlabelled: filterPart(baseline, () => false),
    fits: [candidate],
    // What it learned from is not known here.
    learned: await learnedList([]),
    learnedRows: learnedRowsFile([]),
    test,
    status: statusOf(verdict),
    why: `${verdict} on ${what}: ${why}`,
    metadata: { stage: 'register', origin: found.origin },
  });
  const metric = { binary: 'roc_auc', multiclass: 'macro_f1', regression: 'r2' }[bundle.task];
  const value = figureOf(judged.figures, metric);
  return {
    outputs: written,
    figures: { modelVersion: version, model: name, status: model.status, ...model.metrics },
    summary: `${name} ${version}, ${metric} ${value?.toFixed(3) ?? 'not computable'} on ${what}, ${model.status}`,
  };
}

function candidateOf(name: string, bundle: Bundle): FittedCandidate {
  const { family, inputs } = bundle;
  const history = { name, family, bestRound: null, stoppedEarly: false, rounds: [], series: [] };
  const columns = inputs.map((input) => input.name);
  return { name, family, columns, bundle, thresholdReason: null, training: {}, history };
}

function evaluationOf(
  context: StageContext,
  { name, family, columns, bundle }: FittedCandidate,
  { figures, curves }: ReturnType<typeof judgeScored>,
): Evaluation {
  return {
    kind: 'evaluation',
    schemaVersion: 1,
    modelVersion: null,
    createdAt: context.now.toISOString(),
    task: bundle.task,
    chosen: name,
    chosenBy: choiceOf(context.project.file.model),
    models: [
      {
        ...{ name, family, columns, threshold: bundle.threshold, thresholdReason: null, training: {} },
        importance: isOwn(bundle.model) ? importanceOf(bundle) : [],
        evaluations: [{ split: 'test', figures, curves }],
      },
    ],
  };
}
