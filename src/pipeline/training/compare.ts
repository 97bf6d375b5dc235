import type { StageOutput } from '../../documents/run.js';
import type { Verdict } from '../../documents/gates/verdict.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import type { ProjectFile } from '../../project/schema.js';
import { lowerIsBetter } from '../../project/rules/known-figures.js';
import type { StageContext } from '../stage.js';
import { sliceEdgesOf } from '../evaluating/slices.js';
import { admissionVerdict, statusOf, type OnRows } from './admission.js';
import { figureOf, judgeScored } from '../evaluating/evaluate.js';
import { scoredOf } from '../evaluating/scored-of.js';
import { choiceOf } from '../candidates/choice.js';
import { fitAll, type FittedAll } from './fit-all.js';
import { comesAgain } from '../features/comes-again.js';
import { loadPart, loadParts } from '../features/read-groups.js';
import { learningHalf, productionHalf, shareOf } from './halves.js';
import { learnedList } from './learned-entities.js';
import { learnedFrom } from './learned-from.js';
import { learnedRowsFile } from './learned-rows.js';
import { filterPart, joinParts, type Part } from '../evaluating/parts.js';
import { readVersion } from '../evaluating/read-version.js';
import { releasePolicy, type PolicyAnswer } from '../../release/policy.js';
import { registeredFor } from './registered-for.js';
import { registerVersion } from './version.js';
import { modelGroupName } from '../../project/names.js';

export interface Comparison {
  model: ModelVersion;
  promote: boolean;
  /** The hard gates' answer on the holdout. */
  admission: Verdict;
  /** What the comparison asks for; a version that fails its gates is skipped however it compares. */
  policy: PolicyAnswer;
  why: string;
  metric: string;
  before: number | null;
  after: number | null;
  outputs: StageOutput[];
}

/** One in so many entities of the pool is kept for early stopping and the threshold. */
const validationShare = 5;

/**
 * Fits the candidates anew on train + validation + the learning half of the labelled production rows, registers the
 * best one, and judges it and the served version on the other half, which neither saw.
 * A version that an interrupted run registered already for the same inputs is judged as it is, not fitted again.
 */
export async function compareWithServed(
  context: StageContext,
  served: ModelVersion,
  metadata: { fingerprint: string; production_data: string },
): Promise<Comparison> {
  const { train, validation, test, production } = await loadParts(context);
  const learning = filterPart(production, (row) => productionHalf(production.entities[row]!) === learningHalf);
  const seen = await learnedFrom(context, served.version, production);
  const isHeldBack = (row: number) => productionHalf(production.entities[row]!) !== learningHalf;
  const holdout = filterPart(production, (row) => isHeldBack(row) && !seen(row));
  const pool = joinParts([train, validation, learning]);
  const named = ({ entities, recordIds }: Part) => (comesAgain(context.project.file) ? recordIds : entities);
  const pooled = new Set(named(pool));
  const unseen = filterPart(test, (row) => !pooled.has(named(test)[row]!));
  // Where test rows stand in for production, half of them were learned from; the other half is the holdout.
  const judging = unseen.matrix.rows > 0 ? unseen : holdout;
  const earlier = await registeredFor(context, 'retrain', metadata.fingerprint);
  const made = earlier ?? (await fitAndRegister(context, pool, judging, holdout, metadata));
  const fresh = await judgedOn(context, made.model.version, holdout);
  const current = await judgedOn(context, served.version, holdout);
  const { metric, by } = comparedBy(context.project.file);
  const before = figureOf(current.figures, metric);
  const after = figureOf(fresh.figures, metric);
  const admission = admissionVerdict(context.project.file, fresh, context.now, current);
  const rejected = made.model.status === 'Rejected';
  const passes = statusOf(admission.verdict) === 'Approved' && !rejected;
  const { answer, words } = releasePolicy(lowerIsBetter(metric), before, after, by);
  const figures = `${metric} ${text(after)} against ${text(before)} on ${holdout.matrix.rows} rows neither saw`;
  const why = passes
    ? `${words}: ${figures}`
    : `${admission.verdict} on rows it never saw: ${admission.why}; ${figures}`;
  const policy = passes ? answer : 'SKIP';
  return { ...made, promote: policy !== 'SKIP', policy, admission: admission.verdict, why, metric, before, after };
}

/** What both versions are compared by, and how much worse the newer one may be. */
function comparedBy({ model, release }: ProjectFile): { metric: string; by: number } {
  const { refresh = 0 } = release ?? {};
  if (typeof refresh === 'number') return { metric: choiceOf(model).metric, by: refresh };
  return { metric: refresh.figure, by: refresh.by };
}

async function judgedOn(context: StageContext, version: string, part: Part): Promise<OnRows> {
  const { bundle, constraints } = await readVersion(context.environment, version);
  const judged = judgeScored(bundle.task, part, await scoredOf(context, bundle, part.matrix));
  return { part, ...judged, edges: constraints?.slice_edges ?? {} };
}

const text = (figure: number | null) => (figure === null ? 'not computable' : figure.toPrecision(3));

async function fitAndRegister(
  context: StageContext,
  pool: Part,
  test: Part,
  holdout: Part,
  metadata: { fingerprint: string; production_data: string },
): Promise<{ model: ModelVersion; outputs: StageOutput[] }> {
  const isValidation = (row: number) => shareOf(pool.entities[row]!, 'retrain-validation', validationShare) === 0;
  const fit = filterPart(pool, (row) => !isValidation(row));
  const validation = filterPart(pool, isValidation);
  const all = await fitAll(
    context,
    fit,
    validation,
    [
      { split: 'train', part: fit },
      { split: 'validation', part: validation },
      { split: 'test', part: test },
      { split: 'holdout', part: holdout },
    ],
    { searchAgain: false },
  );
  const without = await unlabelledRows(context);
  const unlabelled = filterPart(
    without,
    (row) => shareOf(without.entities[row]!, 'retrain-validation', validationShare) !== 0,
  );
  return register(context, all, { fit, unlabelled, learned: pool, test, holdout }, metadata);
}

/** Rows without a label of what a retraining learns from. */
async function unlabelledRows(context: StageContext): Promise<Part> {
  const [train, validation, production] = [
    await loadPart(context, 'train', 'unlabelled'),
    await loadPart(context, 'validation', 'unlabelled'),
    await loadPart(context, 'production', 'unlabelled'),
  ];
  const learning = filterPart(production, (row) => productionHalf(production.entities[row]!) === learningHalf);
  return joinParts([train, validation, learning]);
}

async function register(
  context: StageContext,
  { chosen, fits, evaluation, judged }: FittedAll,
  {
    fit,
    unlabelled,
    learned,
    test,
    holdout,
  }: { fit: Part; unlabelled: Part; learned: Part; test: Part; holdout: Part },
  metadata: { fingerprint: string; production_data: string },
) {
  const { file } = context.project;
  const onHoldout = { ...judged.holdout!, part: holdout, edges: sliceEdgesOf(file, fit) };
  const { verdict, why } = admissionVerdict(file, onHoldout, context.now);
  // Approved only once it serves; until then a person or the next run finds it pending.
  const status = statusOf(verdict) === 'Rejected' ? 'Rejected' : 'PendingManualApproval';
  const version = await context.writers.registry.nextVersion(modelGroupName(file.name));
  return registerVersion(context, version, {
    candidate: chosen,
    evaluation,
    fitted: fit,
    unlabelled,
    fits,
    learned: await learnedList(learned.entities),
    learnedRows: learnedRowsFile([learned]),
    test: { part: test, ...judged.test! },
    status,
    why,
    metadata: { ...metadata, stage: 'retrain' },
  });
}
