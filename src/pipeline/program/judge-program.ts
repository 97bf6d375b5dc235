import { chooseFrom, type FittedCandidate } from '../candidates/candidate.js';
import { judgeScored, type Judged } from '../evaluating/evaluate.js';
import type { Part } from '../evaluating/parts.js';
import { scoredAll } from '../evaluating/scored-of.js';
import type { StageContext } from '../stage.js';

/**
 * Gives a program's candidate its threshold, by the validation rows, and judges it on every part. Whatever computes its
 * model is started once for all of them.
 */
export async function judgeProgram(
  context: StageContext,
  fitted: FittedCandidate,
  validation: Part,
  parts: { split: string; part: Part }[],
): Promise<{ fitted: FittedCandidate; judged: Record<string, Judged> }> {
  const { bundle } = fitted;
  const matrices = [validation, ...parts.map(({ part }) => part)].map(({ matrix }) => matrix);
  const [unseen, ...scored] = await scoredAll(context, bundle, matrices);
  const rows = { target: validation.target, scores: () => unseen!.scores };
  const thresholdReason = chooseFrom(context.project.file.model, bundle, rows, 'the validation rows');
  const judged = parts.map(({ split, part }, at) => {
    const own = { ...scored[at]!, threshold: bundle.threshold };
    return [split, judgeScored(bundle.task, part, own)] as const;
  });
  return { fitted: { ...fitted, thresholdReason }, judged: Object.fromEntries(judged) };
}
