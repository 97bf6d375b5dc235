import { messageOf } from '../common/errors.js';
import { recognise } from '../documents/recognise.js';
import { evaluationOf } from './evaluation.js';
import { subjectOfForeignAnswer, subjectOfForeignResults, subjectOfTrigger } from './foreign.js';
import { evaluationOfForeign } from './foreign-metrics.js';
import type { HostMessage } from './protocol.js';
import { subjectOf, type ReportContext } from './subject.js';
import type { AnyView } from './view.js';
import { reportOfSubject } from './view-model.js';

/** So much of a document that is shown raw; the whole is one command away. */
const rawCharacters = 200_000;

/** From the text of a JSON file to what a page shows: a report, or the text with the reason why it is none. */
export function openDocument(name: string, text: string, context: ReportContext): HostMessage {
  let json: unknown;
  try {
    json = parseLoosely(text);
  } catch (error) {
    return raw(name, text, `It is not JSON: ${messageOf(error)}.`, context);
  }
  const view = viewOf(json, context);
  return typeof view === 'string' ? raw(name, text, view, context) : { type: 'report', view };
}

/** The view of a parsed document, or why there is none. */
export function viewOf(json: unknown, context: ReportContext): AnyView | string {
  const found = recognise(json);
  switch (found.kind) {
    case 'monitoring-results':
      return reportOfSubject(subjectOf(found.document), context);
    case 'evaluation':
      return evaluationOf(found.document, context);
    case 'foreign-results':
      return reportOfSubject(subjectOfForeignResults(found.document), apart(context));
    case 'foreign-answer':
      return reportOfSubject(subjectOfForeignAnswer(found.document, found.at), apart(context));
    case 'retrain-trigger':
    case 'foreign-trigger':
      return reportOfSubject(subjectOfTrigger(found.document), apart(context));
    case 'foreign-metrics':
      return evaluationOfForeign(found.document, context);
    case 'model-monitor-statistics':
    case 'model-monitor-constraints':
    case 'model-monitor-violations':
      return 'It is a file of SageMaker Model Monitor, for which there is no report.';
    case 'raw':
      return found.reason;
  }
}

/** Documents of others, and old triggers, are only looked at: nothing can be decided or opened from them. */
function apart({ now, commands }: ReportContext): ReportContext {
  const looking = commands.filter((command) => command === 'viewJson' || command === 'copyMarkdown');
  return { overrides: [], now, commands: looking };
}

function raw(name: string, text: string, reason: string, { commands }: ReportContext): HostMessage {
  const cut = text.length > rawCharacters;
  return {
    type: 'raw',
    name,
    reason: cut ? `${reason} Only its first ${rawCharacters / 1000} kB are shown.` : reason,
    text: cut ? text.slice(0, rawCharacters) : text,
    actions: commands.filter((command) => command === 'viewJson'),
  };
}

/** JSON, and the NaN and Infinity that Python writes into it: no such figure exists, so they read as null. */
function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
      token.startsWith('"') ? token : 'null',
    );
    if (mended === text) throw error;
    return JSON.parse(mended);
  }
}
