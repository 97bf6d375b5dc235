import type { TrainingHistory } from '../../documents/training-history.js';
import type { ChartBlock, PageView, TableBlock } from '../blocks/blocks.js';
import { fact, runFact } from '../blocks/facts.js';
import { nameOf } from '../format/figure-names.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { capital, plural, versionWord } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

type Candidate = TrainingHistory['candidates'][number];

/** How every candidate learned: one chart a figure, the best round marked. */
export function trainingHistoryPage(history: TrainingHistory, context: PageContext): PageView {
  const { candidates, modelVersion } = history;
  return page(context, {
    about: 'training-history',
    title: ['training', modelVersion && versionWord(modelVersion)].filter(Boolean).join(' · '),
    headline: `How ${candidates.length} ${plural(candidates.length, 'candidate')} learned`,
    summary: candidates.map(sentence).join(' '),
    facts: [
      fact('Version', modelVersion && versionWord(modelVersion)),
      { ...runFact(history.createdAt, context.now), label: 'Trained' },
    ],
    blocks: candidates.flatMap((candidate) => charts(candidate)),
  });
}

function sentence({ name, bestRound, rounds, stoppedEarly }: Candidate): string {
  if (bestRound === null) return `${name} has no rounds.`;
  const last = rounds.at(-1);
  const of = last === undefined ? '' : ` of ${formatCount(last)}`;
  return `${name}: best round ${formatCount(bestRound)}${of}${stoppedEarly ? ', stopped early' : ''}.`;
}

function charts(candidate: Candidate): ChartBlock[] {
  const metrics = [...new Set(candidate.series.map(({ metric }) => metric))];
  return metrics.map((metric): ChartBlock => {
    const { title, betterIs } = nameOf(metric);
    const series = candidate.series.filter((one) => one.metric === metric);
    const { bestRound, rounds, name } = candidate;
    return {
      type: 'chart',
      id: `${name}-${metric}`,
      title: `${name}: ${title}`,
      series: series.map(({ part, values }) => ({
        name: part,
        role: part === 'train' ? 'baseline' : 'current',
        draw: 'line',
        x: rounds,
        y: values,
      })),
      x: { title: 'round' },
      y: { title: `${title} (${series[0]?.better ?? betterIs} is better)` },
      marks: bestRound === null ? [] : [{ x: bestRound, label: `best round ${formatCount(bestRound)}` }],
      summary: summaryOf(candidate, title, series),
      table: tableOf(candidate, metric, series),
    };
  });
}

function summaryOf({ bestRound, rounds }: Candidate, title: string, series: Candidate['series']): string {
  const at = bestRound === null ? rounds.length - 1 : nearest(rounds, bestRound);
  const told = series.map(({ part, values }) => {
    const value = values[at] ?? null;
    return `${value === null ? 'not known' : formatNumber(value)} (${part})`;
  });
  return `${capital(title)} ${bestRound === null ? 'at the end' : `at round ${formatCount(rounds[at] ?? bestRound)}`}: ${told.join(', ')}.`;
}

function nearest(rounds: number[], wanted: number): number {
  return rounds.reduce(
    (best, round, at) => (Math.abs(round - wanted) < Math.abs(rounds[best]! - wanted) ? at : best),
    0,
  );
}

function tableOf({ rounds, name }: Candidate, metric: string, series: Candidate['series']): TableBlock {
  return {
    type: 'table',
    id: `${name}-${metric}-table`,
    title: `${name}, ${nameOf(metric).title} by round`,
    columns: [
      { id: 'round', title: 'Round', number: true },
      ...series.map(({ part }) => ({ id: part, title: part, number: true })),
    ],
    rows: rounds.map((round, at) => ({
      id: String(round),
      cells: [{ ...textCell(formatCount(round)), sort: round }, ...series.map(({ values }) => numberCell(values[at]))],
    })),
  };
}
