import type { ForeignMetrics } from '../../documents/foreign/foreign.js';
import { nameOf } from '../format/figure-names.js';
import { figureOf, formatNumber } from '../format/numbers.js';
import { quietActions } from '../actions.js';
import type { ReportContext } from '../report-context.js';
import type { EvaluationView } from '../view.js';

/** The registry's figures of one model, in the page that shows evaluations. */
export function evaluationOfForeign(
  document: ForeignMetrics,
  context: Pick<ReportContext, 'commands'>,
): EvaluationView {
  const candidate = 'model';
  const threshold = document.threshold;
  return {
    kind: 'evaluation',
    title: 'evaluation',
    origin: 'Another system wrote these figures. It does not record which rows they come from.',
    headline: 'Figures of one model on its test set',
    summary: 'No confusion matrix, no number of rows and no other candidate is recorded.',
    facts: [{ label: 'Threshold', text: threshold === null ? 'not recorded' : formatNumber(threshold), full: null }],
    actions: quietActions(context),
    blocks: [],
    candidates: [
      { name: candidate, chosen: false, facts: [], importance: { absent: 'No importance of features is recorded.' } },
    ],
    splits: [
      {
        split: 'test',
        size: '',
        metrics: Object.entries(document.metrics).map(([id, value]) => {
          const { title, betterIs, decimals } = nameOf(id);
          return {
            id,
            title,
            betterIs,
            figures: [{ candidate, figure: figureOf(value, undefined, decimals), best: false }],
          };
        }),
        matrices: [],
      },
    ],
  };
}
