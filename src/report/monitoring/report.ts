import type { MonitoringResults } from '../../documents/monitoring.js';
import { bannerOf } from './banner.js';
import { decisionView, nextAction, overrideViews } from './decision.js';
import { factsOf, modelText } from './facts.js';
import { quietActions } from '../actions.js';
import type { ReportContext } from '../report-context.js';
import { sourceOf, type ReportSource } from './report-source.js';
import { sectionsOf } from './sections.js';
import type { ReportView } from '../view.js';
import { answerWords } from '../format/words.js';

/** Everything a report shows of a monitoring run; `context.now` and the active overrides are values. */
export function reportOf(results: MonitoringResults, context: ReportContext): ReportView {
  return reportOfSource(sourceOf(results), context);
}

/** The same for whatever a document of another system holds. */
export function reportOfSource(source: ReportSource, context: ReportContext): ReportView {
  const decision = decisionView(source, context);
  return {
    kind: 'monitoring',
    title: [answerWords[source.verdict], modelText(source)].filter(Boolean).join(' · '),
    origin: source.origin,
    banner: bannerOf(source),
    decision,
    next: nextAction(source, decision, context),
    overrides: overrideViews(context),
    facts: factsOf(source, context.now),
    actions: quietActions(context),
    ...sectionsOf(source, context),
  };
}
