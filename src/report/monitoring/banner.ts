import type { GateResult } from '../../documents/gates/verdict.js';
import { metricTitle, nameOf, parseMetric } from '../format/figure-names.js';
import { commonDecimals, formatCount, formatLimit, formatNumber } from '../format/numbers.js';
import { touchesLimit } from './certainty.js';
import type { ReportSource } from './report-source.js';
import type { Answer, BannerView } from '../view.js';
import { breach, capital, listed, operatorWords, plural } from '../format/words.js';

const verdictWords: Record<Answer, string> = {
  pass: 'Pass',
  warn: 'Warning',
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  error: 'Error',
  unknown: 'Not recorded',
};

/** The answer in one sentence, and the figures behind it in the next. */
export function bannerOf(source: ReportSource): BannerView {
  const verdict = source.verdict;
  return {
    verdict,
    headline: `${verdictWords[verdict]} — ${because(source)}`,
    summary: [figuresSentence(source), othersSentence(source), ...source.notes].filter(Boolean).join(' '),
  };
}

/** The gates that made the verdict: hard ones first, then what the soft group or an advisory gate says. */
export function deciding(source: ReportSource): GateResult[] {
  const same = source.gates.filter(({ status }) => status === source.verdict);
  const hard = same.filter(({ level }) => level === 'hard');
  return hard.length > 0 ? hard : same;
}

function because(source: ReportSource): string {
  const gates = deciding(source);
  const names = gates.map((gate) => metricTitle(parseMetric(gate.metric)));
  switch (source.verdict) {
    case 'pass':
      return source.gates.length === 1 ? 'its one gate holds' : `all ${source.gates.length} gates hold`;
    case 'fail':
      return failing(source, gates);
    case 'warn':
      return softSaysIt(source) ? softWords(source) : breaches(warned(source)) || unjudged(source);
    case 'inconclusive':
      return names.length > 0 ? `${listed(names)} cannot be judged yet` : 'too little is known to judge';
    case 'error':
      return names.length > 0 ? `${listed(names)} could not be evaluated` : 'the gates could not be evaluated';
    case 'unknown':
      return 'this document holds no verdict';
  }
}

function failing(source: ReportSource, gates: GateResult[]): string {
  if (gates.some(({ level }) => level === 'hard')) return breaches(gates);
  if (softSaysIt(source)) return softWords(source);
  return gates.length > 0 ? breaches(gates) : 'the document says so without a gate';
}

/** "recall is below its floor", "recall and drift of age break their rules". */
function breaches(gates: GateResult[]): string {
  const names = gates.map((gate) => metricTitle(parseMetric(gate.metric)));
  if (gates.length === 0) return '';
  if (gates.every(touchesLimit)) {
    return `${listed(names)} ${gates.length === 1 ? 'touches its limit' : 'touch their limits'}, which may be chance`;
  }
  if (gates.length === 1) return `${names[0]} ${breach(gates[0]!.operator)}`;
  const [first] = gates;
  const shared = first && gates.every((gate) => breach(gate.operator) === breach(first.operator));
  if (!shared) return `${listed(names)} break their rules`;
  return `${listed(names)} ${first.operator.startsWith('>') ? 'are below their floors' : 'are above their limits'}`;
}

/** What a warning is about when nothing breaks its rule. */
function unjudged({ gates }: ReportSource): string {
  const open = gates.filter(({ status }) => status === 'inconclusive' || status === 'error');
  return `${listed(open.map((gate) => metricTitle(parseMetric(gate.metric)))) || 'something'} cannot be judged yet`;
}

/** A warning comes from single soft failures too, whose own answer is `fail`. */
function warned(source: ReportSource): GateResult[] {
  return source.gates.filter(({ status }) => status === 'warn' || status === 'fail');
}

function softSaysIt(source: ReportSource): boolean {
  const others = source.gates.filter(({ level, status }) => level !== 'soft' && status === source.verdict);
  return source.soft !== null && source.soft.failed > 0 && others.every(({ level }) => level !== 'hard');
}

/** "1 of 5 soft gates fails: null % of age". */
function softWords(source: ReportSource): string {
  const failed = source.gates.filter(({ level, status }) => level === 'soft' && status === 'fail');
  const names = listed(failed.map((gate) => metricTitle(parseMetric(gate.metric))));
  return `${softCount(source)}${names && `: ${names}`}`;
}

const softCount = ({ soft }: ReportSource): string =>
  soft ? `${soft.failed} of ${soft.of} soft gates ${plural(soft.failed, 'fails', 'fail')}` : '';

/** "On 8,787 production rows the model found 15 of 24 positives (recall 0.625; must be at least 0.70)." */
function figuresSentence(source: ReportSource): string {
  if (source.task === 'binary') return foundSentence(source);
  const told = source.gates.filter(({ value, threshold }) => value !== null && threshold !== null);
  const first = told.filter((gate) => deciding(source).includes(gate));
  const plain = told.filter(({ metric }) => parseMetric(metric).column === null);
  const parts = [...new Set([...first, ...plain])]
    .slice(0, 2)
    .map((gate) => `${metricTitle(parseMetric(gate.metric))} is ${ruleWords(gate, ' (')})`);
  return parts.length > 0 ? `${rows(source)} ${parts.join(' and ')}.` : messageSentence(source);
}

function foundSentence(source: ReportSource): string {
  const { confusion } = source;
  if (!confusion) return messageSentence(source);
  const positives = confusion.tp + confusion.fn;
  if (positives === 0) {
    const alarms = `${formatCount(confusion.fp)} false ${plural(confusion.fp, 'alarm')}`;
    return `${rows(source)} there is no positive to find; the model raised ${alarms}.`;
  }
  const recall = source.gates.find(({ metric }) => metric === 'recall');
  const words =
    recall?.value == null ? `recall ${formatNumber(confusion.tp / positives)}` : `recall ${ruleWords(recall, '; ')}`;
  const found = `${formatCount(confusion.tp)} of ${formatCount(positives)} ${plural(positives, 'positive')}`;
  return `${rows(source)} the model found ${found} (${words}).`;
}

/** "0.625; must be at least 0.70". */
function ruleWords(gate: GateResult, between = ', '): string {
  const decimals = nameOf(parseMetric(gate.metric).figure).decimals ?? commonDecimals([gate.value, gate.threshold]);
  const value = gate.value === null ? 'not known' : formatNumber(gate.value, decimals);
  if (gate.threshold === null) return value;
  return `${value}${between}must be ${operatorWords[gate.operator]} ${formatLimit(gate.threshold, decimals)}`;
}

function rows({ n, data }: ReportSource): string {
  if (n === null) return data ? `On ${data}` : 'On the rows it judged';
  const production = data?.endsWith('production') ? 'production ' : '';
  return `On ${formatCount(n)} ${production}${plural(n, 'row')}`;
}

/** Where there are no figures, the first deciding gate's own words. */
function messageSentence(source: ReportSource): string {
  const message = deciding(source)[0]?.message;
  return message ? asSentence(message) : '';
}

/** What else does not hold, besides what the headline says. */
function othersSentence(source: ReportSource): string {
  const said = new Set(deciding(source));
  if (source.verdict === 'fail' && source.soft && source.soft.failed > 0 && !softSaysIt(source)) {
    return `${softCount(source)}`.replace(/ (fails?)$/, ' also $1.');
  }
  const unknown = source.gates.filter((gate) => gate.status === 'inconclusive' && !said.has(gate));
  if (unknown.length === 0 || source.verdict === 'inconclusive') return inconclusiveWhy(source);
  return `${unknown.length} ${plural(unknown.length, 'gate')} cannot be judged yet.`;
}

/** For an inconclusive verdict: what would have to be known. */
function inconclusiveWhy(source: ReportSource): string {
  if (source.verdict !== 'inconclusive' && source.verdict !== 'error') return '';
  const message = deciding(source)[0]?.message;
  const sentence = message ? asSentence(message) : '';
  return sentence === figuresSentence(source) ? '' : sentence;
}

function asSentence(words: string): string {
  return `${capital(words.replace(/\.$/, ''))}.`;
}
