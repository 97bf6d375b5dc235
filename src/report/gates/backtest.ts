import type { Backtest } from '../../documents/gates/gate-backtest.js';
import type { PageView, TableBlock } from '../blocks/blocks.js';
import { answerCell, countCell, textCell } from '../blocks/cells.js';
import { fact } from '../blocks/facts.js';
import { page, type PageContext } from '../blocks/page.js';
import { formatMoment } from '../format/dates.js';
import { formatCount } from '../format/numbers.js';
import { plural } from '../format/words.js';

/** What rules would have said to the stored history, beside what was said then. */
export function backtestPage(backtest: Backtest, context: PageContext): PageView {
  const { runs, summary, since, until, settings } = backtest;
  const differ = runs.filter(({ then, now }) => then !== now).length;
  return page(context, {
    about: 'gate-backtest',
    title: 'gate backtest',
    headline: differ === 0 ? 'The same verdicts' : `${differ} of ${runsWords(summary.runs)} would be judged otherwise`,
    summary:
      `${runsWords(summary.runs)}. Then: ${tallyText(summary.then)}, retraining asked for ${timesWords(summary.retrainThen)}. ` +
      `Now: ${tallyText(summary.now)}, ${timesWords(summary.retrainNow)}. Nothing is written.`,
    facts: [
      fact('From', formatMoment(since)),
      fact('To', until === null ? 'now' : formatMoment(until)),
      fact('Rules', settings.length === 0 ? 'as in mlops.json' : settings.join(', '), 80),
    ],
    blocks: [runsTable(runs), gatesTable(summary)],
  });
}

function runsTable(runs: Backtest['runs']): TableBlock {
  return {
    type: 'table',
    id: 'runs',
    title: 'Runs',
    columns: [
      { id: 'run', title: 'When' },
      { id: 'version', title: 'Version' },
      { id: 'then', title: 'Then' },
      { id: 'now', title: 'Now' },
      { id: 'changed', title: 'Gates that changed', wide: true },
    ],
    rows: runs.map(({ date, runId, modelVersion, then, now, changed }) => ({
      id: runId,
      marked: then !== now || changed.length > 0,
      cells: [
        { ...textCell(formatMoment(date)), sort: date, full: `run ${runId}` },
        textCell(modelVersion),
        answerCell(then),
        answerCell(now),
        changed.length === 0 ? { text: 'none', sort: '' } : textCell(changed.map(changeWords).join('; '), 200),
      ],
    })),
    filter: 'only what changed',
  };
}

const changeWords = ({ gate, then, now }: Backtest['runs'][number]['changed'][number]) =>
  `${gate}: ${then ?? 'no such gate'} → ${now ?? 'no such gate'}`;

function gatesTable({ gates }: Backtest['summary']): TableBlock {
  return {
    type: 'table',
    id: 'gates',
    title: 'Gates',
    columns: [
      { id: 'gate', title: 'Gate' },
      { id: 'failed-then', title: 'Failed then', number: true },
      { id: 'failed-now', title: 'Fails now', number: true },
      { id: 'inconclusive-now', title: 'Inconclusive now', number: true },
      { id: 'rule', title: 'Rule', wide: true },
    ],
    rows: gates.map(({ id, rule, failedThen, failedNow, inconclusiveNow }) => ({
      id,
      cells: [
        textCell(id, 40),
        countCell(failedThen),
        countCell(failedNow),
        countCell(inconclusiveNow),
        textCell(rule),
      ],
    })),
  };
}

const runsWords = (count: number) => `${formatCount(count)} ${plural(count, 'run')}`;

const timesWords = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** "3 fail, 1 pass". */
function tallyText(counts: Backtest['summary']['now']): string {
  return Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
}
