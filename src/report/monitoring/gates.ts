import { parseThresholdSource } from '../../documents/threshold-source.js';
import type { GateResult } from '../../documents/gates/verdict.js';
import { barOf } from '../blocks/bar.js';
import { metricTitle, parseMetric, type ParsedMetric } from '../format/figure-names.js';
import { commonDecimals, countOf, figureOf, formatLimit, formatNumber, missing } from '../format/numbers.js';
import { offered } from '../actions.js';
import type { ReportContext } from '../report-context.js';
import type { ReportSource } from './report-source.js';
import type { EvidenceView, GatesBlock, GateView } from '../blocks/gates-block.js';
import type { Figure } from '../view.js';
import { aroundOf, certaintyWords } from './certainty.js';
import { movesWithThreshold } from './rate-of-confusion.js';
import { answerWords, operatorSigns, plural, sourceWords } from '../format/words.js';
import { formatDay } from '../format/dates.js';

/** One line a gate, in the order of the project's rules. */
export function gateViews(source: ReportSource, context: ReportContext): GateView[] {
  return source.gates.map((gate) => gateView(gate, source, context));
}

function gateView(gate: GateResult, source: ReportSource, context: ReportContext): GateView {
  const metric = parseMetric(gate.metric);
  const { name } = metric;
  const decimals = name.decimals ?? commonDecimals([gate.value, gate.threshold, gate.baseline]);
  const suffix = name.suffix ?? '';
  const value = withSuffix(figureOf(gate.value, reasonOf(gate, source), decimals), suffix);
  const limit = gate.threshold === null ? null : formatLimit(gate.threshold, decimals) + suffix;
  return {
    id: gate.id,
    status: gate.status,
    word: answerWords[gate.status],
    title: gateTitle(gate),
    level: gate.level,
    levelText: gate.level === 'soft' && source.soft ? `soft ${source.soft.fail} of ${source.soft.of}` : gate.level,
    value,
    bar: barOf(gate.value, gate.threshold, name.unit, { value: value.text, limit }, aroundOf(gate)),
    mustBe: mustBe(gate, limit),
    baseline: withSuffix(figureOf(gate.baseline, baselineReason(gate, source), decimals), suffix),
    n: countOf(gate.n),
    why: why(gate, metric, value, source, context.now),
    detail: gate.method ? `${gate.message} (${gate.method})` : gate.message,
    evidence: evidenceOf(gate, context),
    rate: rateOf(gate, metric, decimals),
  };
}

export function gatesBlock({ soft }: ReportSource, gates: GateView[]): GatesBlock {
  return {
    ...{ type: 'gates', id: 'gates', title: 'Gates', gates },
    note: soft && softNote(soft),
    soft: soft && { fail: soft.fail, of: soft.of },
  };
}

/** What the soft gates say together. */
export function softNote({ failed, of, fail }: { failed: number; of: number; fail: number }): string {
  return `Soft gates: ${failed} of ${of} failed; the group fails at ${fail}.`;
}

/** "recall", "drift, largest of 7 features". */
export function gateTitle(gate: GateResult): string {
  const metric = parseMetric(gate.metric);
  const columns = gate.evidence?.columns?.length ?? 0;
  if (metric.column === null || (metric.column !== '*' && columns < 2)) return metricTitle(metric);
  const extreme = gate.operator.startsWith('>') ? 'smallest' : 'largest';
  return `${metric.name.title}, ${extreme} of ${columns > 0 ? `${columns} features` : 'all features'}`;
}

function withSuffix(figure: Figure, suffix: string): Figure {
  return figure.value === null ? figure : { ...figure, text: figure.text + suffix };
}

function reasonOf(gate: GateResult, source: ReportSource): string {
  // Documents of before it was recorded have the whole message only.
  return source.reasons[gate.metric] ?? source.reasons[gate.id] ?? gate.reason ?? gate.message;
}

function baselineReason(gate: GateResult, source: ReportSource): string {
  const limitSource = parseThresholdSource(gate.thresholdSource);
  if (limitSource.kind === 'rule' || (limitSource.kind === 'multiple' && limitSource.of !== 'baseline'))
    return 'this rule needs no baseline';
  return source.baselineId === null ? 'no baseline is recorded' : 'the baseline does not record this figure';
}

function mustBe(gate: GateResult, limit: string | null): string {
  const sign = operatorSigns[gate.operator];
  if (limit !== null) return `${sign} ${limit}`;
  const limitSource = parseThresholdSource(gate.thresholdSource);
  // The column of baselines stands beside it.
  return limitSource.kind === 'multiple' && limitSource.of === 'baseline'
    ? `${sign} ${limitSource.factor} × b`
    : missing;
}

/** Why the answer is what it is, in a few words; the whole message is in `detail`. */
function why(gate: GateResult, metric: ParsedMetric, value: Figure, source: ReportSource, now: Date): string {
  const parts: string[] = [];
  if (gate.waived) {
    parts.push(`waived by ${gate.waived.owner} until ${formatDay(gate.waived.until, now)}: ${gate.waived.reason}`);
  }
  if (gate.status === 'inconclusive' || gate.status === 'error' || gate.value === null) {
    return [...parts, value.reason ?? reasonOf(gate, source)].join('; ');
  }
  if (gate.note !== undefined) parts.push(gate.note);
  if (gate.threshold === null) parts.push('its limit is not recorded');
  else parts.push(...sourceWords(parseThresholdSource(gate.thresholdSource)));
  if (gate.confidence !== undefined) parts.push(...certaintyWords(gate));
  else if (gate.interval) {
    const [low, high] = gate.interval;
    const decimals = Math.min(2, commonDecimals(gate.interval)) + (high - low < 0.02 ? 1 : 0);
    parts.push(`95 % interval ${formatNumber(low, decimals)} – ${formatNumber(high, decimals)}`);
  }
  if (metric.column !== null && !gateTitle(gate).includes(metric.column))
    parts.push([gate.method, metric.column].filter((part) => part && part !== '*').join(', '));
  return parts.join('; ');
}

/** The rows behind a rate, in the words of the confusion matrix. */
const rowWords: Record<string, string> = { 'false negatives': 'missed', 'false positives': 'false alarms' };

function evidenceOf(gate: GateResult, context: ReportContext): EvidenceView | null {
  const evidence = gate.evidence;
  if (!evidence || evidence.kind === 'none') return null;
  const columns = (evidence.columns ?? []).map(({ column }) => column);
  if (evidence.kind === 'columns') {
    return { label: `${columns.length} ${plural(columns.length, 'feature')}`, columns, action: null };
  }
  const count = evidence.count === undefined ? '' : `${formatNumber(evidence.count, 0)} `;
  const label = `${count}${rowWords[evidence.label ?? ''] ?? evidence.label ?? 'rows'}`;
  return { label, columns: [], action: offered(context, { command: 'showRows', label, argument: `gate:${gate.id}` }) };
}

function rateOf(gate: GateResult, metric: ParsedMetric, decimals: number): GateView['rate'] {
  const { figure, slice, column } = metric;
  if (slice !== null || column !== null || !movesWithThreshold(figure)) return null;
  const around = aroundOf(gate);
  return {
    ...{ figure, operator: gate.operator, limit: gate.threshold, decimals },
    failure: gate.level === 'advisory' || gate.waived != null ? 'warn' : 'fail',
    noise: around && { below: gate.value! - around[0], above: around[1] - gate.value! },
  };
}
