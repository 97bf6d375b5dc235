import { messageOf } from '../common/errors.js';
import { recogniseLines } from '../documents/capture/lines.js';
import { recognise, type Recognised } from '../documents/recognise.js';
import { bounded } from './bounds.js';
import { evaluationOf } from './evaluation/evaluation.js';
import { sourceOfForeignAnswer, sourceOfForeignResults, sourceOfTrigger } from './monitoring/foreign-source.js';
import { evaluationOfForeign } from './evaluation/foreign-metrics.js';
import { alarmPage } from './history/alarm.js';
import { dashboardPage } from './measured/dashboard.js';
import { riskMapPage } from './map/risk-map.js';
import { dataBaselinePage } from './drift/baseline.js';
import { capturePage, groundTruthPage } from './data/capture.js';
import { archivePage, textPreviewPage } from './data/archive.js';
import { constraintsPage } from './drift/constraints.js';
import { driftReportPage } from './drift/drift-report.js';
import { explanationPage } from './evaluation/explanation.js';
import { foreignDriftPage } from './drift/foreign-drift.js';
import { backtestPage } from './gates/backtest.js';
import { trendPage } from './gates/trend.js';
import { gateAnswerPage } from './gates/answer.js';
import { ledgerPage } from './history/ledger.js';
import { historyPage } from './history/history.js';
import { overridesPage } from './history/overrides.js';
import { monitorConstraintsPage } from './drift/model-monitor/constraints.js';
import { statisticsPage } from './drift/model-monitor/statistics.js';
import { violationsPage } from './drift/model-monitor/violations.js';
import { qualityConstraintsPage } from './drift/model-monitor/quality-constraints.js';
import { othersOrigin } from './blocks/page.js';
import { queryResultPage } from './data/query-result.js';
import { runPage } from './history/run.js';
import { admissionPage } from './releases/admission.js';
import { incidentPage, releasePage } from './releases/release.js';
import { searchPage } from './evaluation/search.js';
import { splitPage } from './data/split.js';
import { summaryPage } from './data/summary.js';
import { tablePreviewPage } from './data/table-preview.js';
import { trainingHistoryPage } from './evaluation/training-history.js';
import { parseLoosely } from '../common/loose-json.js';
import type { HostMessage } from './protocol.js';
import type { ReportContext } from './report-context.js';
import { sourceOf } from './monitoring/report-source.js';
import { treeOf } from './tree.js';
import type { AnyView } from './view.js';
import { reportOfSource } from './monitoring/report.js';
import { mostBytes, shownBytes } from './shown-bytes.js';

/** So much of a text that is no JSON is shown; the whole is one command away. */
const rawCharacters = 200_000;

/** From the text of a file to what a page shows: a report, or its content with the reason why it is none. */
export function openDocument(name: string, text: string, context: ReportContext): HostMessage {
  const lines = recogniseLines(text);
  if (lines) {
    const looking = apart(context);
    const view =
      lines.kind === 'data-capture' ? capturePage(lines.document, looking) : groundTruthPage(lines.document, looking);
    return { type: 'report', view };
  }
  const parsed = parseDocument(text);
  if (typeof parsed === 'string') return rawText(name, text, parsed, context);
  return openParsed(name, parsed, context);
}

/** A document that is parsed, cut to what can be shown, and recognised. */
export interface Parsed {
  json: unknown;
  found: Recognised;
  /** What was left out of it, in words. */
  note: string;
}

/** Parses a text once; or says why it is no JSON. */
export function parseDocument(text: string): Parsed | string {
  try {
    const { json, note } = bounded(parseLoosely(text));
    return { json, note, found: recognise(json) };
  } catch (error) {
    return `It is not JSON: ${messageOf(error)}.`;
  }
}

/** What a page shows of a parsed document. */
export function openParsed(name: string, { json, found, note }: Parsed, context: ReportContext): HostMessage {
  const view = viewOfRecognised(found, context);
  if (typeof view !== 'string') {
    const origin = [view.origin, note].filter(Boolean).join(' ') || null;
    return { type: 'report', view: { ...view, origin } };
  }
  const reason = [view, note].filter(Boolean).join(' ');
  return { type: 'raw', name, reason, text: '', tree: treeOf(name, json), actions: looking(context, ['viewJson']) };
}

/** The view of a parsed document, or why there is none. */
export function viewOf(json: unknown, context: ReportContext): AnyView | string {
  return viewOfRecognised(recognise(json), context);
}

function viewOfRecognised(found: Recognised, context: ReportContext): AnyView | string {
  const away = apart(context);
  switch (found.kind) {
    case 'monitoring-results':
      return reportOfSource(sourceOf(found.document), context);
    case 'evaluation':
      return evaluationOf(found.document, context);
    case 'drift-report':
      return driftReportPage(found.document, context);
    case 'search-results':
      return searchPage(found.document, context);
    case 'training-history':
      return trainingHistoryPage(found.document, context);
    case 'explanation':
      return explanationPage(found.document, context);
    case 'run':
      return runPage(found.document, context);
    case 'ledger-entry':
      return ledgerPage(found.document, context);
    case 'ledger':
      return historyPage(found.document, context);
    case 'gate-answer':
      return gateAnswerPage(found.document, context);
    case 'gate-backtest':
      return backtestPage(found.document, context);
    case 'release':
      return releasePage(found.document, context);
    case 'incident':
      return incidentPage(found.document, context);
    case 'admission':
      return admissionPage(found.document, context);
    case 'gate-trend':
      return trendPage(found.document, context);
    case 'alarm':
      return alarmPage(found.document, context);
    case 'dashboard':
      return dashboardPage(found.document, context);
    case 'risk-map':
      return riskMapPage(found.document, context);
    case 'query-result':
      return queryResultPage(found.document, context);
    case 'overrides':
      return overridesPage(found.document, context);
    case 'split-manifest':
      return splitPage(found.document, context);
    case 'data-quality-baseline':
      return dataBaselinePage(found.document, null, context);
    case 'model-quality-baseline':
      return summaryPage(found.document, context, null);
    case 'monitoring-constraints':
      return constraintsPage(found.document, null, context);
    case 'foreign-results':
      return reportOfSource(sourceOfForeignResults(found.document), away);
    case 'foreign-answer':
      return reportOfSource(sourceOfForeignAnswer(found.document, found.at), away);
    case 'retrain-trigger':
    case 'foreign-trigger':
      return reportOfSource(sourceOfTrigger(found.document), away);
    case 'foreign-metrics':
      return evaluationOfForeign(found.document, away);
    case 'foreign-baseline':
      return dataBaselinePage(found.document, othersOrigin, away);
    case 'foreign-constraints':
      return constraintsPage(found.document, othersOrigin, away);
    case 'foreign-drift':
      return foreignDriftPage(found.document, away);
    case 'foreign-summary':
      return summaryPage(found.document, away);
    case 'model-monitor-statistics':
      return statisticsPage(found.document, away);
    case 'model-monitor-constraints':
      return monitorConstraintsPage(found.document, away);
    case 'model-monitor-violations':
      return violationsPage(found.document, away);
    case 'model-quality-constraints':
      return qualityConstraintsPage(found.document, away);
    case 'table-preview':
      return tablePreviewPage(found.document, away);
    case 'archive-contents':
      return archivePage(found.document, away);
    case 'text-preview':
      return textPreviewPage(found.document, away);
    case 'raw':
      return found.reason;
  }
}

const lookingCommands: readonly string[] = [
  'viewJson',
  'copyMarkdown',
  'copyCsv',
  'saveCsv',
  'exportReport',
  'compare',
  'openMember',
  'readWhole',
];

/** Documents of others, and old triggers, are only looked at: nothing can be decided or opened from them. */
function apart(context: ReportContext): ReportContext {
  return { overrides: [], now: context.now, commands: looking(context, lookingCommands) };
}

function looking({ commands }: ReportContext, wanted: readonly string[]): ReportContext['commands'][number][] {
  return commands.filter((command) => wanted.includes(command));
}

/** A text that is no JSON, or the beginning of one that is too large to be read. */
export function rawText(
  name: string,
  text: string,
  reason: string,
  context: Pick<ReportContext, 'commands'>,
): HostMessage {
  const cut = text.length > rawCharacters;
  return {
    type: 'raw',
    name,
    reason: cut ? `${reason} Only its first ${rawCharacters / 1000} kB are shown.` : reason,
    text: cut ? text.slice(0, rawCharacters) : text,
    actions: context.commands.filter((command) => command === 'viewJson'),
  };
}

/** What is shown of a document that is too large: its beginning, and why. */
export function partOf(name: string, beginning: string, context: ReportContext): HostMessage {
  const lines = recogniseLines(beginning.slice(0, beginning.lastIndexOf('\n') + 1));
  if (lines) return openDocument(name, beginning.slice(0, beginning.lastIndexOf('\n') + 1), context);
  return rawText(
    name,
    beginning,
    `It is larger than the ${mostBytes / 1e6} MB that reports read; its first ${shownBytes / 1000} kB are shown.`,
    context,
  );
}
