import type { SearchResults, Trial } from '../../documents/search-results.js';
import type { ChartBlock, PageView, TableBlock } from '../blocks/blocks.js';
import { fact, runFact } from '../blocks/facts.js';
import { nameOf } from '../format/figure-names.js';
import { formatNumber } from '../format/numbers.js';
import { numberCell, parametersText, textCell, valueText } from '../blocks/cells.js';
import { capital, plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

/** A search as a leaderboard, with every trial's score in the order in which they ran. */
export function searchPage(search: SearchResults, context: PageContext): PageView {
  const best = search.trials.find(({ id }) => id === search.best);
  const metric = nameOf(search.metric).title;
  return page(context, {
    about: 'search-results',
    title: `search · ${search.candidate}`,
    headline: best ? `Trial ${best.id} is best: ${metric} ${scoreText(best)}` : headlineWithoutBest(search),
    summary: summaryOf(search, best),
    facts: [
      fact('Candidate', search.candidate),
      fact('Family', search.family),
      fact('Strategy', search.strategy),
      fact('Folds', `${search.folds.k} by ${search.folds.by}`),
      fact('Seed', String(search.seed)),
      { ...runFact(search.startedAt, context.now), label: 'Begun' },
    ],
    blocks: [chartOf(search), leaderboard(search)],
  });
}

function headlineWithoutBest({ status }: SearchResults): string {
  return status === 'running' ? 'The search runs; no trial is finished yet' : 'No trial has a score';
}

function scoreText({ score, std }: Trial): string {
  if (score === null) return 'not known';
  return `${formatNumber(score)}${std === null ? '' : ` ± ${formatNumber(std)}`}`;
}

function summaryOf({ trials, planned, status, better }: SearchResults, best: Trial | undefined): string {
  const count = (wanted: Trial['status']) => trials.filter((trial) => trial.status === wanted).length;
  const parts = (['finished', 'stopped', 'failed', 'running', 'waiting'] as const)
    .map((wanted) => ({ wanted, n: count(wanted) }))
    .filter(({ n }) => n > 0)
    .map(({ wanted, n }) => `${n} ${wanted}`);
  return [
    `${trials.length} of ${planned} planned ${plural(planned, 'trial')}: ${parts.join(', ') || 'none has begun'}; ${better} is better.`,
    status === 'interrupted' ? 'The search was interrupted.' : '',
    best ? `Best: ${parametersText(best.parameters)}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Each trial's score, and the best so far. */
function chartOf(search: SearchResults): ChartBlock {
  const scored = search.trials.filter(({ score }) => score !== null);
  const better = search.better === 'higher' ? Math.max : Math.min;
  let best: number | null = null;
  const soFar = scored.map(({ score, status }) => {
    if (status !== 'stopped') best = best === null ? score! : better(best, score!);
    return best;
  });
  const metric = nameOf(search.metric).title;
  const points = (stopped: boolean) => scored.filter(({ status }) => (status === 'stopped') === stopped);
  const series = (name: string, role: 'baseline' | 'other' | 'now', trials: Trial[]) => ({
    name,
    role,
    draw: 'points' as const,
    x: trials.map(({ id }) => id),
    y: trials.map(({ score }) => score),
  });
  const winner = search.trials.filter(({ id, score }) => id === search.best && score !== null);
  return {
    type: 'chart',
    id: 'scores',
    title: `${capital(metric)} of every trial`,
    series: [
      ...(winner.length > 0 ? [series('best', 'now', winner)] : []),
      series('finished', 'baseline', points(false)),
      ...(points(true).length > 0 ? [series('stopped early', 'other', points(true))] : []),
      { name: 'best so far', role: 'current', draw: 'steps', x: scored.map(({ id }) => id), y: soFar },
    ],
    x: { title: 'trial' },
    y: { title: metric },
    marks: [],
    summary: `${capital(metric)} of ${scored.length} ${plural(scored.length, 'trial')}${best === null ? '' : `; the best is ${formatNumber(best)}`}.`,
  };
}

function leaderboard({ trials, better, metric, best }: SearchResults): TableBlock {
  const sign = better === 'higher' ? -1 : 1;
  const varied = variedParameters(trials);
  const rank = ({ score, status }: Trial) =>
    score === null ? Infinity : sign * score + (status === 'stopped' ? 1e300 : 0);
  const ordered = [...trials].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
  return {
    type: 'table',
    id: 'trials',
    title: 'Leaderboard',
    columns: [
      { id: 'trial', title: 'Trial', number: true },
      { id: 'status', title: 'Status' },
      { id: 'score', title: nameOf(metric).title, number: true },
      { id: 'std', title: '± folds', number: true },
      ...varied.map((name) => ({ id: `parameter-${name}`, title: name, number: true })),
      { id: 'rounds', title: 'Rounds', number: true },
      { id: 'seconds', title: 'Seconds', number: true },
    ],
    rows: ordered.map((trial) => ({
      id: String(trial.id),
      answer: trial.status === 'failed' ? 'error' : undefined,
      cells: [
        { text: trial.id === best ? `★ ${trial.id}` : String(trial.id), sort: trial.id, strong: trial.id === best },
        { ...textCell(trial.status), full: trial.reason },
        numberCell(trial.score, { reason: trial.reason ?? `it is ${trial.status}` }),
        numberCell(trial.std, { reason: 'one fold, or none' }),
        ...varied.map((name) => parameterCell(trial.parameters[name])),
        numberCell(trial.rounds, { decimals: 0 }),
        numberCell(trial.seconds, { decimals: 1 }),
      ],
    })),
    note: trials.some(({ status }) => status === 'stopped')
      ? 'Stopped trials were cut by successive halving; their scores come from fewer rounds and stand below the finished ones.'
      : undefined,
  };
}

/** Parameters that differ between trials, in the order in which they occur; those that all share are in the summary. */
function variedParameters(trials: Trial[]): string[] {
  const names = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))];
  return names.filter((name) => new Set(trials.map(({ parameters }) => JSON.stringify(parameters[name]))).size > 1);
}

function parameterCell(value: unknown) {
  if (typeof value === 'number') return { text: valueText(value), sort: value };
  return textCell(value === undefined ? null : valueText(value));
}
