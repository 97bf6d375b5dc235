import type { Evaluation } from '../../documents/evaluation.js';
import { isOfClasses } from '../classes/evaluated.js';
import { candidateView } from './candidate.js';
import { evaluatedCurves } from './evaluated-curves.js';
import { evaluatedSplits } from './evaluated-splits.js';
import { fact, runFact } from '../blocks/facts.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import { quietActions } from '../actions.js';
import type { ReportContext } from '../report-context.js';
import type { EvaluationView } from '../view.js';
import { plural, versionWord } from '../format/words.js';

type EvaluationContext = Pick<ReportContext, 'now' | 'commands'>;

/** All candidates side by side on every split, the chosen one named first. */
export function evaluationOf(evaluation: Evaluation, context: EvaluationContext): EvaluationView {
  const { chosen, models, modelVersion, createdAt } = evaluation;
  const count = models.length;
  return {
    kind: 'evaluation',
    title: ['evaluation', modelVersion && versionWord(modelVersion)].filter(Boolean).join(' · '),
    origin: null,
    headline:
      count === 1 ? `${chosen} is the only candidate` : `${chosen} is chosen of ${count} ${plural(count, 'candidate')}`,
    summary: summaryOf(evaluation),
    facts: [
      fact('Version', modelVersion && versionWord(modelVersion)),
      fact('Task', evaluation.task),
      { ...runFact(createdAt, context.now), label: 'Evaluated' },
    ],
    actions: quietActions(context),
    candidates: models.map((model) => candidateView(model, count > 1 && model.name === chosen)),
    splits: evaluatedSplits(evaluation),
    blocks: evaluatedCurves(evaluation, context),
  };
}

/** What the chosen one does on the test set, or on the last split there is. */
function summaryOf({ models, chosen }: Evaluation): string {
  const evaluations = models.find(({ name }) => name === chosen)?.evaluations ?? [];
  const best = evaluations.find(({ split }) => split === 'test') ?? evaluations.at(-1);
  if (!best) return 'No figures are recorded for it.';
  const { figures, split } = best;
  if (isOfClasses(figures)) {
    const { accuracy, confusion, n } = figures;
    const right = confusion.reduce((sum, row, place) => sum + row[place]!, 0);
    const share = accuracy === null ? '' : ` (${formatNumber(100 * accuracy, 1)} %)`;
    return `On ${formatCount(n)} ${split} rows it names the right class of ${formatCount(right)}${share}.`;
  }
  if ('rmse' in figures) {
    const rmse = figures.rmse as number | null;
    return `On ${formatCount(figures.n)} ${split} rows its RMSE is ${rmse === null ? 'not known' : formatNumber(rmse)}.`;
  }
  const { confusion, positives, n } = figures;
  return (
    `On ${formatCount(n)} ${split} rows it finds ${formatCount(confusion.tp)} of ${formatCount(positives)} ` +
    `${plural(positives, 'positive')} with ${formatCount(confusion.fp)} false ${plural(confusion.fp, 'alarm')}.`
  );
}
