import type { Run } from '../../documents/run.js';
import type { PageView, TableBlock } from '../blocks/blocks.js';
import { fact, runFact } from '../blocks/facts.js';
import { anyCell, countCell, numberCell, textCell } from '../blocks/cells.js';
import type { Answer } from '../view.js';
import { capital, commitWords, plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

const statusAnswers: Record<Run['status'], Answer> = {
  running: 'unknown',
  succeeded: 'pass',
  failed: 'error',
  cancelled: 'inconclusive',
  interrupted: 'error',
};

/** One run with its stages: what ran, why, how long, from what and to what. */
export function runPage(run: Run, context: PageContext): PageView {
  const seconds = run.stages.reduce((sum, stage) => sum + (stage.seconds ?? 0), 0);
  return page(context, {
    about: 'run',
    title: `run ${run.id}`,
    answer: run.verdict ?? statusAnswers[run.status],
    headline: `${capital(run.status)}${run.verdict === null ? '' : `, verdict ${run.verdict}`}`,
    summary: [
      `${run.stages.filter(({ status }) => status === 'succeeded').length} of ${run.stages.length} stages ran in ${seconds.toFixed(1)} s, ` +
        `${run.stages.filter(({ status }) => status === 'skipped').length} ${plural(run.stages.filter(({ status }) => status === 'skipped').length, 'was', 'were')} skipped.`,
      run.error ? `${capital(run.error.message)}.` : '',
    ]
      .filter(Boolean)
      .join(' '),
    facts: [
      fact('Run', run.id),
      fact('Project', run.project),
      fact('Environment', run.environment),
      { ...runFact(run.startedAt, context.now), label: 'Started' },
      ...(run.source === undefined ? [] : [fact('Commit', commitWords(run.source))]),
    ],
    blocks: [stagesTable(run), figuresTable(run), filesTable(run)].filter(({ rows }) => rows.length > 0),
  });
}

const stageAnswers: Record<Run['stages'][number]['status'], Answer> = {
  running: 'unknown',
  succeeded: 'pass',
  skipped: 'unknown',
  failed: 'error',
  'not-run': 'unknown',
};

function stagesTable({ stages }: Run): TableBlock {
  return {
    type: 'table',
    id: 'stages',
    title: 'Stages',
    columns: [
      { id: 'status', title: 'Status' },
      { id: 'stage', title: 'Stage' },
      { id: 'seconds', title: 'Seconds', number: true },
      { id: 'reason', title: 'Why', wide: true },
      { id: 'summary', title: 'What came out', wide: true },
    ],
    rows: stages.map(({ name, status, seconds, reason, figures }) => ({
      id: name,
      cells: [
        { text: status, sort: status, answer: stageAnswers[status] },
        textCell(name),
        numberCell(seconds, { decimals: 1, reason: 'it did not run' }),
        textCell(reason, 200),
        textCell(typeof figures.summary === 'string' ? figures.summary : null, 200),
      ],
    })),
  };
}

function figuresTable({ stages }: Run): TableBlock {
  const rows = stages.flatMap(({ name, figures }) =>
    Object.entries(figures)
      .filter(([figure]) => figure !== 'summary')
      .map(([figure, value]) => ({
        id: `${name} ${figure}`,
        cells: [textCell(name), textCell(figure.replaceAll('_', ' ')), anyCell(value)],
      })),
  );
  return {
    type: 'table',
    id: 'figures',
    title: 'Figures',
    columns: [
      { id: 'stage', title: 'Stage' },
      { id: 'figure', title: 'Figure' },
      { id: 'value', title: 'Value', number: true },
    ],
    rows,
  };
}

function filesTable({ stages }: Run): TableBlock {
  const rows = stages.flatMap(({ name, inputs, outputs }) => [
    ...inputs.map(({ uri, sha256 }) => ({ way: 'in', uri, sha256, rows: null as number | null, name })),
    ...outputs.map(({ uri, sha256, rows: count }) => ({ way: 'out', uri, sha256, rows: count, name })),
  ]);
  return {
    type: 'table',
    id: 'files',
    title: 'Inputs and outputs',
    columns: [
      { id: 'stage', title: 'Stage' },
      { id: 'way', title: 'Way' },
      { id: 'uri', title: 'What', wide: true },
      { id: 'rows', title: 'Rows', number: true },
      { id: 'sha256', title: 'SHA-256' },
    ],
    rows: rows.map(({ name, way, uri, sha256, rows: count }, at) => ({
      id: `${at}`,
      cells: [
        textCell(name),
        textCell(way),
        textCell(uri, 120),
        countCell(count, 'not counted'),
        sha256 === '' ? textCell(null) : { text: sha256.slice(0, 8), sort: sha256, full: sha256 },
      ],
    })),
  };
}
