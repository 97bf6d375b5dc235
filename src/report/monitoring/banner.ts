import type { GateResult } from '../../documents/verdict.js';
import { metricTitle, nameOf, parseMetric } from '../format/figure-names.js';
import { commonDecimals, formatCount, formatLimit, formatNumber } from '../format/numbers.js';
import type { Subject } from './report-source.js';
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
export function bannerOf(subject: Subject): BannerView {
  const verdict = subject.verdict;
  return {
    verdict,
    headline: `${verdictWords[verdict]} — ${because(subject)}`,
    summary: [figuresSentence(subject), othersSentence(subject), ...subject.notes].filter(Boolean).join(' '),
  };
}

/** The gates that made the verdict: hard ones first, then what the soft group or an advisory gate says. */
export function deciding(subject: Subject): GateResult[] {
  const same = subject.gates.filter(({ status }) => status === subject.verdict);
  const hard = same.filter(({ level }) => level === 'hard');
  return hard.length > 0 ? hard : same;
}

function because(subject: Subject): string {
  const gates = deciding(subject);
  const names = gates.map((gate) => metricTitle(parseMetric(gate.metric)));
  switch (subject.verdict) {
    case 'pass':
      return subject.gates.length === 1 ? 'its one gate holds' : `all ${subject.gates.length} gates hold`;
    case 'fail':
      return failing(subject, gates);
    case 'warn':
      return softSaysIt(subject) ? softWords(subject) : breaches(warned(subject)) || unjudged(subject);
    case 'inconclusive':
      return names.length > 0 ? `${listed(names)} cannot be judged yet` : 'too little is known to judge';
    case 'error':
      return names.length > 0 ? `${listed(names)} could not be evaluated` : 'the gates could not be evaluated';
    case 'unknown':
      return 'this document holds no verdict';
  }
}

function failing(subject: Subject, gates: GateResult[]): string {
  if (gates.some(({ level }) => level === 'hard')) return breaches(gates);
  if (softSaysIt(subject)) return softWords(subject);
  return gates.length > 0 ? breaches(gates) : 'the document says so without a gate';
}

/** "recall is below its floor", "recall and drift of age break their rules". */
function breaches(gates: GateResult[]): string {
  const names = gates.map((gate) => metricTitle(parseMetric(gate.metric)));
  if (gates.length === 0) return '';
  if (gates.length === 1) return `${names[0]} ${breach(gates[0]!.operator)}`;
  const [first] = gates;
  const shared = first && gates.every((gate) => breach(gate.operator) === breach(first.operator));
  if (!shared) return `${listed(names)} break their rules`;
  return `${listed(names)} ${first.operator.startsWith('>') ? 'are below their floors' : 'are above their limits'}`;
}

/** What a warning is about when nothing breaks its rule. */
function unjudged({ gates }: Subject): string {
  const open = gates.filter(({ status }) => status === 'inconclusive' || status === 'error');
  return `${listed(open.map((gate) => metricTitle(parseMetric(gate.metric)))) || 'something'} cannot be judged yet`;
}

/** A warning comes from single soft failures too, whose own answer is `fail`. */
function warned(subject: Subject): GateResult[] {
  return subject.gates.filter(({ status }) => status === 'warn' || status === 'fail');
}

function softSaysIt(subject: Subject): boolean {
  const others = subject.gates.filter(({ level, status }) => level !== 'soft' && status === subject.verdict);
  return subject.soft !== null && subject.soft.failed > 0 && others.every(({ level }) => level !== 'hard');
}

function softWords({ soft }: Subject): string {
  return soft ? `${soft.failed} of ${soft.of} soft gates ${plural(soft.failed, 'fails', 'fail')}` : '';
}

/** "On 8,787 production rows the model found 15 of 24 positives (recall 0.625; must be at least 0.70)." */
function figuresSentence(subject: Subject): string {
  if (subject.task === 'binary') return foundSentence(subject);
  const told = subject.gates.filter(({ value, threshold }) => value !== null && threshold !== null);
  const first = told.filter((gate) => deciding(subject).includes(gate));
  const plain = told.filter(({ metric }) => parseMetric(metric).column === null);
  const parts = [...new Set([...first, ...plain])]
    .slice(0, 2)
    .map((gate) => `${metricTitle(parseMetric(gate.metric))} is ${ruleWords(gate, ' (')})`);
  return parts.length > 0 ? `${rows(subject)} ${parts.join(' and ')}.` : messageSentence(subject);
}

function foundSentence(subject: Subject): string {
  const { confusion } = subject;
  if (!confusion) return messageSentence(subject);
  const positives = confusion.tp + confusion.fn;
  if (positives === 0) {
    const alarms = `${formatCount(confusion.fp)} false ${plural(confusion.fp, 'alarm')}`;
    return `${rows(subject)} there is no positive to find; the model raised ${alarms}.`;
  }
  const recall = subject.gates.find(({ metric }) => metric === 'recall');
  const words =
    recall?.value == null ? `recall ${formatNumber(confusion.tp / positives)}` : `recall ${ruleWords(recall, '; ')}`;
  const found = `${formatCount(confusion.tp)} of ${formatCount(positives)} ${plural(positives, 'positive')}`;
  return `${rows(subject)} the model found ${found} (${words}).`;
}

/** "0.625; must be at least 0.70". */
function ruleWords(gate: GateResult, between = ', '): string {
  const decimals = nameOf(parseMetric(gate.metric).figure).decimals ?? commonDecimals([gate.value, gate.threshold]);
  const value = gate.value === null ? 'not known' : formatNumber(gate.value, decimals);
  if (gate.threshold === null) return value;
  return `${value}${between}must be ${operatorWords[gate.operator]} ${formatLimit(gate.threshold, decimals)}`;
}

function rows({ n, data }: Subject): string {
  if (n === null) return data ? `On ${data}` : 'On the rows it judged';
  const production = data?.endsWith('production') ? 'production ' : '';
  return `On ${formatCount(n)} ${production}${plural(n, 'row')}`;
}

/** Where there are no figures, the first deciding gate's own words. */
function messageSentence(subject: Subject): string {
  const message = deciding(subject)[0]?.message;
  return message ? asSentence(message) : '';
}

/** What else does not hold, besides what the headline says. */
function othersSentence(subject: Subject): string {
  const said = new Set(deciding(subject));
  if (subject.verdict === 'fail' && subject.soft && subject.soft.failed > 0 && !softSaysIt(subject)) {
    return `${softWords(subject)}`.replace(/ (fails?)$/, ' also $1.');
  }
  const unknown = subject.gates.filter((gate) => gate.status === 'inconclusive' && !said.has(gate));
  if (unknown.length === 0 || subject.verdict === 'inconclusive') return inconclusiveWhy(subject);
  return `${unknown.length} ${plural(unknown.length, 'gate')} cannot be judged yet.`;
}

/** For an inconclusive verdict: what would have to be known. */
function inconclusiveWhy(subject: Subject): string {
  if (subject.verdict !== 'inconclusive' && subject.verdict !== 'error') return '';
  const message = deciding(subject)[0]?.message;
  const sentence = message ? asSentence(message) : '';
  return sentence === figuresSentence(subject) ? '' : sentence;
}

function asSentence(words: string): string {
  return `${capital(words.replace(/\.$/, ''))}.`;
}
