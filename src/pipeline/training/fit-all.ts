import { InputError, ProjectFileError } from '../../common/errors.js';
import type { Evaluation } from '../../documents/evaluation.js';
import { isOwn } from '../../models/bundle/outside-model.js';
import { featuresOrigin } from '../../project/commands.js';
import { lowerIsBetter } from '../../project/rules/known-figures.js';
import type { StageContext } from '../stage.js';
import { openWorkers } from '../workers/pool.js';
import { settleCandidates } from '../search/settle.js';
import { choiceOf } from '../candidates/choice.js';
import { checkRuleClasses } from '../candidates/check-rule-classes.js';
import { givenClasses } from '../candidates/given.js';
import type { FittedCandidate } from '../candidates/candidate.js';
import { figureOf, judgeWithScores, type JudgedSplit } from '../evaluating/evaluate.js';
import { scoredAll } from '../evaluating/scored-of.js';
import { onlyPrediction } from '../evaluating/one-class.js';
import { judgeProgram } from '../program/judge-program.js';
import { trainByProgram } from '../program/train-by-program.js';
import { importanceOf } from './importance.js';
import { inCandidate } from '../candidates/place-of-error.js';
import type { PartName } from '../../common/parts.js';
import { inClasses, occurringClasses } from '../evaluating/classes.js';
import type { Part } from '../evaluating/parts.js';
import { rowsOf } from './learner-rows.js';
import { labelText } from '../evaluating/predictions.js';
import { refit, type Tried } from './refit.js';

export interface FittedAll {
  chosen: FittedCandidate;
  /** The rows that the chosen candidate was fitted on. */
  fitted: Part;
  /** Every candidate, in the order of the project file. */
  fits: FittedCandidate[];
  evaluation: Evaluation;
  /** The chosen candidate's scores and figures by split. */
  judged: Record<string, JudgedSplit>;
}

/**
 * Fits every candidate, judges all of them on all splits, and chooses one by the project's metric. Parts that are only
 * judged may still be on their way: fitting does not wait for them. Without `searchAgain`, parameters that a search has
 * found before stay as they are.
 */
export async function fitAll(
  context: StageContext,
  fit: Part,
  validation: Part,
  splits: { split: PartName | 'holdout'; part: Part | Promise<Part> }[],
  { searchAgain }: { searchAgain: boolean },
): Promise<FittedAll> {
  const { task } = context.project.file.model;
  const [fitted, ...parts] = await Promise.all([
    fitCandidates(context, fit, validation, searchAgain),
    ...splits.map(async ({ split, part }) => ({ split, part: await part })),
  ]);
  const test = parts.find(({ split }) => split === 'test')!.part;
  const own = await trainByProgram(context, { train: fit, validation, test });
  const all: Tried[] = [];
  for (const one of fitted) all.push({ fitted: one, judged: await judgedOn(context, one, parts) });
  if (own !== undefined) all.push(await judgeProgram(context, own, validation, parts));
  const rule = choiceOf(context.project.file.model);
  const found = bestOf(all, rule);
  const best = await refit(context, found, { fit, validation, parts });
  all[all.indexOf(found)] = best;
  const evaluation: Evaluation = {
    kind: 'evaluation',
    schemaVersion: 1,
    modelVersion: null,
    createdAt: context.now.toISOString(),
    task,
    chosen: best.fitted.name,
    chosenBy: rule,
    models: all.map(({ fitted, judged }) => ({
      name: fitted.name,
      family: fitted.family,
      columns: fitted.columns,
      threshold: fitted.bundle.threshold,
      thresholdReason: fitted.thresholdReason,
      training: fitted.training,
      importance: isOwn(fitted.bundle.model) ? importanceOf(fitted.bundle) : [],
      evaluations: splits.map(({ split }) => {
        const { figures, curves } = judged[split]!;
        return { split, figures, predictsOnly: onlyPrediction(figures), curves };
      }),
    })),
  };
  const kept = all.map(({ fitted }) => fitted);
  return { chosen: best.fitted, fits: kept, fitted: best.rows ?? fit, evaluation, judged: best.judged };
}

/** What a candidate says of each part, held against what came true; an endpoint elsewhere is asked for it. */
async function judgedOn(
  context: StageContext,
  { bundle }: FittedCandidate,
  parts: readonly { split: string; part: Part }[],
): Promise<Tried['judged']> {
  const scored = await scoredAll(
    context,
    bundle,
    parts.map(({ part }) => part.matrix),
  );
  // Parts of a reference are the same rows: of those it is said once.
  const gaps = new Set<string>();
  const judged = parts.map(({ split, part }, at) => {
    const rows = judgeWithScores(bundle.task, part, scored[at]!);
    const all = part.matrix.rows;
    const without = all - rows.part.matrix.rows;
    if (without > 0) gaps.add(`${without} of ${all} rows have no prediction: they are not judged`);
    return [split, rows] as const;
  });
  for (const gap of gaps) context.report.message('warning', gap);
  return Object.fromEntries(judged);
}

/** The fitted candidates, in the order of the project file whichever was ready first. */
async function fitCandidates(
  context: StageContext,
  fit: Part,
  validation: Part,
  searchAgain: boolean,
): Promise<FittedCandidate[]> {
  const { model } = context.project.file;
  checkTarget(context, fit);
  const classes = model.task === 'multiclass' ? occurringClasses(fit) : undefined;
  if (classes !== undefined) {
    const elsewhere = model.candidates.filter(({ family }) => family === 'given');
    const named = elsewhere.flatMap((candidate) => givenClasses(candidate, fit.matrix, classes));
    checkRuleClasses(context.project, [...new Set([...classes, ...named])]);
  }
  const settled = await settleCandidates(context, classes ? { ...fit, ...inClasses(fit, classes) } : fit, searchAgain);
  const cells = fit.matrix.rows * fit.matrix.columns.length;
  const workers = openWorkers({ all: cells, one: cells }, context.signal);
  const rows = { fit: rowsOf(fit, classes), validation: rowsOf(validation, classes) };
  try {
    return await Promise.all(
      settled.map(({ candidate, found }, index) =>
        workers
          .run({ kind: 'fit-candidate', model: fitting(model), classes, candidate, ...rows }, ({ round, rounds }) =>
            context.report.progress('rounds', round, rounds, candidate.name),
          )
          .then((fitted) => ({
            ...fitted,
            settled: candidate,
            training: { ...fitted.training, ...(found && { search: found }) },
          }))
          .catch((error: unknown) => {
            throw inCandidate(context.project.folder, index, candidate, error);
          }),
      ),
    );
  } finally {
    await workers.close();
  }
}

/** @throws InputError where there is nothing to tell apart: no candidate is to blame for that */
function checkTarget({ project: { file } }: StageContext, fit: Part): void {
  const { task, target: name } = file.model;
  const { target } = fit;
  if (task === 'regression' || target.some((value) => value !== target[0])) return;
  const found =
    target.length === 0 ? 'no row with a label' : `${name} ${labelText(fit, 0)} in all ${target.length} rows`;
  throw new InputError(
    `${featuresOrigin(file)}: found ${found} of the training part, expected ${task === 'binary' ? 'both 0 and 1' : 'two classes or more'}; bring more rows, or divide them otherwise: features.split`,
  );
}

const fitting = ({ task, fill, encode, threshold }: StageContext['project']['file']['model']) => ({
  ...{ task, fill, encode, threshold },
});

function bestOf<Candidate extends { fitted: FittedCandidate; judged: Record<string, JudgedSplit> }>(
  all: Candidate[],
  rule: { metric: string; on: string },
): Candidate {
  const sign = lowerIsBetter(rule.metric) ? -1 : 1;
  // A candidate whose figure cannot be computed loses against any that has one; among equals the first stays.
  const worth = ({ judged }: Candidate) => {
    const split = judged[rule.on];
    const value = split === undefined ? null : figureOf(split.figures, rule.metric);
    return value === null ? -Infinity : sign * value;
  };
  const [first, ...rest] = all;
  if (first === undefined)
    throw new ProjectFileError('mlops.json: model.candidates: found none, expected at least one', 'mlops.json');
  return rest.reduce((best, candidate) => (worth(candidate) > worth(best) ? candidate : best), first);
}
