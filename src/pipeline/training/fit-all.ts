import { InputError } from '../../common/errors.js';
import type { Evaluation } from '../../documents/evaluation.js';
import { lowerIsBetter } from '../../project/known-figures.js';
import type { StageContext } from '../stage.js';
import { fitCandidate, type FittedCandidate } from './candidate.js';
import { figureOf, judge, type Judged } from './evaluate.js';
import { importanceOf } from './importance.js';
import type { Part, PartName } from './parts.js';

export interface FittedAll {
  chosen: FittedCandidate;
  evaluation: Evaluation;
  /** The chosen candidate's scores and figures by split. */
  judged: Record<string, Judged>;
}

/** Fits every candidate, judges all of them on all splits, and chooses one by the project's metric. */
export async function fitAll(
  context: StageContext,
  fit: Part,
  validation: Part,
  splits: { split: PartName | 'holdout'; part: Part }[],
): Promise<FittedAll> {
  const { file } = context.project;
  const { candidates, task, choose } = file.model;
  const all: { fitted: FittedCandidate; judged: Record<string, Judged> }[] = [];
  for (const candidate of candidates) {
    const hooks = {
      signal: context.signal,
      onRound: ({ round, rounds }: { round: number; rounds: number }) =>
        context.report.progress('rounds', round, rounds, candidate.name),
    };
    const fitted = await fitCandidate(file, candidate, fit, validation, hooks);
    const judged = Object.fromEntries(splits.map(({ split, part }) => [split, judge(fitted.bundle, part)]));
    all.push({ fitted, judged });
  }
  const rule = choose ?? { metric: task === 'binary' ? 'average_precision' : 'r2', on: 'validation' as const };
  const best = bestOf(all, rule);
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
      importance: importanceOf(fitted.bundle.model),
      evaluations: splits.map(({ split }) => {
        const { figures, curves } = judged[split]!;
        return { split, figures, curves };
      }),
    })),
  };
  return { chosen: best.fitted, evaluation, judged: best.judged };
}

function bestOf<Candidate extends { fitted: FittedCandidate; judged: Record<string, Judged> }>(
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
  if (first === undefined) throw new InputError('mlops.json: model.candidates: found none, expected at least one');
  return rest.reduce((best, candidate) => (worth(candidate) > worth(best) ? candidate : best), first);
}
