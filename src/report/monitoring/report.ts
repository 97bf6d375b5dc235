import type { MonitoringResults } from '../../documents/monitoring.js';
import { bannerOf } from './banner.js';
import { calibrationOf } from './calibration.js';
import { decisionView, nextAction, overrideViews } from './decision.js';
import { driftOf } from './drift.js';
import { factsOf, modelText } from '../blocks/facts.js';
import { gateViews, softNote } from './gates.js';
import { matrixOf } from './matrix.js';
import { metricViews } from './figures.js';
import { quietActions } from '../actions.js';
import { prOf } from './pr.js';
import { rocOf } from './roc.js';
import { slicesOf } from './slices.js';
import { subjectOf, type ReportContext, type Subject } from './report-source.js';
import { sweepOf } from './threshold.js';
import type { ReportView } from '../view.js';
import { answerWords } from '../format/words.js';

/** Everything a report shows of a monitoring run; `context.now` and the active overrides are values. */
export function reportOf(results: MonitoringResults, context: ReportContext): ReportView {
  return reportOfSubject(subjectOf(results), context);
}

/** The same for whatever a document of another system holds. */
export function reportOfSubject(subject: Subject, context: ReportContext): ReportView {
  const decision = decisionView(subject, context);
  const gates = gateViews(subject, context);
  return {
    kind: 'monitoring',
    title: [answerWords[subject.verdict], modelText(subject)].filter(Boolean).join(' · '),
    origin: subject.origin,
    banner: bannerOf(subject),
    decision,
    next: nextAction(subject, decision, context),
    overrides: overrideViews(context),
    facts: factsOf(subject, context.now),
    actions: quietActions(context),
    gates: gates.length > 0 ? gates : { absent: 'No gate is recorded.' },
    gatesNote: subject.soft && softNote(subject.soft),
    soft: subject.soft && { fail: subject.soft.fail, of: subject.soft.of },
    metrics: metricViews(subject),
    matrix: matrixOf(subject, gates, context),
    sweep: sweepOf(subject),
    pr: prOf(subject),
    roc: rocOf(subject),
    calibration: subject.task === 'binary' ? calibrationOf(subject.calibration, subject.reasons.calibration) : null,
    drift: driftOf(subject, context),
    slices: slicesOf({ ...subject, worst: subject.worstSlice }, context),
  };
}
