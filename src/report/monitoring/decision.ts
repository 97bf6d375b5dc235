import type { Override } from '../../documents/ledger.js';
import type { Decision } from '../../documents/gates/verdict.js';
import { formatDay } from '../format/dates.js';
import { offered } from '../actions.js';
import type { ReportContext } from '../report-context.js';
import type { ReportSource } from './report-source.js';
import type { ActionView, DecisionView, OverrideView } from '../view.js';
import { versionWord } from '../format/words.js';

/** What follows from the verdict now, apart from it. */
export function decisionView(source: ReportSource, context: ReportContext): DecisionView {
  const decision = context.decisionNow ?? source.decision;
  if (!decision) return { action: 'unknown', text: 'Not recorded', by: '', reason: '', recorded: null };
  return {
    action: decision.action,
    text: actionText(decision, source),
    by: byText(decision),
    reason: decision.reason,
    recorded: recordedText(decision, source),
  };
}

function actionText(decision: Decision, source: ReportSource): string {
  if (decision.action === 'retrain') return 'Retrain';
  return `Keep ${source.modelVersion ? versionWord(source.modelVersion) : 'the model'}`;
}

function byText({ action, by }: Decision): string {
  switch (by) {
    case 'override':
      return action === 'keep' ? 'held by override' : 'asked for by override';
    case 'gates':
      return action === 'keep' ? 'no gate asks to retrain' : 'asked for by the gates';
    case 'hold':
      return 'held, the verdict allows no answer';
    default:
      return `by ${by}`;
  }
}

function recordedText(now: Decision, source: ReportSource): string | null {
  const then = source.decision;
  if (!then || (then.action === now.action && then.by === now.by)) return null;
  return `The run itself decided: ${actionText(then, source).toLowerCase()}, ${byText(then)}.`;
}

/** One banner an active override. Of two that contradict each other, skipping wins. */
export function overrideViews(context: ReportContext): OverrideView[] {
  const skips = context.overrides.some(({ name }) => name === 'forceSkipRetrain');
  return context.overrides.map((override) => ({
    name: override.name,
    by: override.by,
    reason: override.reason,
    until: override.expiresAt === null ? 'until cleared' : `until ${formatDay(override.expiresAt, context.now)}`,
    effect: effectOf(override, skips),
    clear: offered(context, { command: 'clearOverride', label: 'Clear', argument: override.name }),
  }));
}

function effectOf(override: Override, skips: boolean): string {
  if (override.name === 'forceRetrain' && skips) return 'It yields to forceSkipRetrain.';
  return 'The verdict does not change; only the decision does.';
}

/** The one action that most likely comes next, or none when nothing is to be done. */
export function nextAction(source: ReportSource, decision: DecisionView, context: ReportContext): ActionView | null {
  const asksRetraining = source.gates.some(({ status, action }) => status === 'fail' && action === 'retrain');
  if (decision.action === 'retrain' || (source.verdict === 'fail' && asksRetraining)) {
    return offered(context, { command: 'retrain', label: 'Retrain now…' });
  }
  if (source.verdict === 'inconclusive') return offered(context, { command: 'monitor', label: 'Monitor again…' });
  if (source.verdict === 'error') return offered(context, { command: 'openLog', label: 'Show log' });
  const rows = source.gates.find(({ status, evidence }) => status === 'fail' && evidence?.kind === 'rows');
  if (!rows) return null;
  return offered(context, { command: 'showRows', label: 'Show failing rows', argument: `gate:${rows.id}` });
}
