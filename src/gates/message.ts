import { knownFigure, labelOf } from '../project/rules/known-figures.js';
import type { Rule } from '../project/rules/rule.js';
import { figureInWords, operatorInWords } from '../project/rules/rule-words.js';
import { figureText, textBeside } from './figure-text.js';
import type { Judged } from './judge.js';

/** The answer in words: "recall was 0.625, must be at least 0.70". `worstOf`: how many columns it stands for. */
export function messageOf(rule: Rule, judged: Judged, worstOf: Judged[]): string {
  const unit = knownFigure(rule.figure)?.unit ?? '';
  const suffix = unit === '' || unit === 'target' ? '' : ` ${unit}`;
  const name = nameOf(rule, judged);
  if (judged.status === 'inconclusive') return `${name} cannot be judged: ${judged.reason}`;
  const value = judged.figure?.value ?? NaN;
  const limit = judged.threshold.value ?? NaN;
  const was = `${name} was ${textBeside(value, limit)}${noise(value, judged, knownFigure(rule.figure)?.bounded === true)}${suffix}`;
  const mustBe = `must be ${operatorInWords(rule.operator)} ${limitText(rule, judged, value)}`;
  return `${was}, ${mustBe}${certain(judged)}${others(worstOf)}${note(judged)}`;
}

/**
 * " ± 0.02", of the difference from the limit; both ends where it is lopsided, or where chance alone made the value large.
 * What lies between 0 and 1 does so at both ends.
 */
function noise(value: number, { certainty }: Judged, bounded: boolean): string {
  if (certainty === undefined) return '';
  const within = (end: number) => (bounded ? Math.min(Math.max(end, 0), 1) : end);
  const [low, high] = [within(certainty.around[0]), within(certainty.around[1])];
  const [below, above] = [value - low, high - value];
  if (Math.min(below, above) < 0.75 * Math.max(below, above)) return ` (${figureText(low)} to ${figureText(high)})`;
  return ` ± ${figureText((high - low) / 2, 2)}`;
}

function certain({ certainty, status }: Judged): string {
  if (certainty === undefined) return '';
  const confidence = `${figureText(100 * certainty.confidence, 4)} % confidence${certainty.tests > 1 ? ` over ${certainty.tests} columns` : ''}`;
  const said = {
    fail: `beyond it with ${confidence}`,
    warn: `touches the limit at ${confidence}`,
    pass: `at ${confidence}`,
  };
  const answer = status === 'inconclusive' ? [] : [said[status]];
  return [...answer, ...certainty.exact].map((text) => `; ${text}`).join('');
}

const note = ({ figure }: Judged): string => {
  const estimated = figure?.estimated ? ['an estimate is no proof'] : [];
  const notes = [...estimated, ...(figure?.note === undefined ? [] : [figure.note])];
  return notes.map((text) => `; ${text}`).join('');
};

function nameOf(rule: Rule, { column }: Judged): string {
  if (column === null) return figureInWords(rule);
  return `${labelOf(rule.figure)} of ${column}${rule.slice === null ? '' : ` where ${rule.slice}`}`;
}

function limitText(rule: Rule, { threshold }: Judged, value: number): string {
  if (rule.limit.kind === 'absolute') return rule.limit.text;
  const of = rule.limit.to === 'baseline' ? 'the baseline' : "the current model's";
  const limit = textBeside(threshold.value ?? NaN, value);
  return `${limit} (${rule.limit.text} × ${of} ${figureText(threshold.reference ?? NaN)})`;
}

function others(judged: Judged[]): string {
  if (judged.length < 2) return '';
  const failed = judged.filter(({ status }) => status === 'fail').length;
  return failed === 0 ? `; the worst of ${judged.length} columns` : `; ${failed} of ${judged.length} columns failed`;
}
