import { isAbsent, type CandidateView, type EvaluatedSplitView, type EvaluationView } from '../../src/report/view.js';
import { absentNote, el } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { drawBlock } from './blocks/block.js';
import { drawBar } from './blocks/bar.js';
import { drawFacts } from './facts.js';
import { drawFigure } from './blocks/figure.js';
import { drawCell } from './blocks/matrix.js';

/** All candidates side by side: figures on every split, confusion matrices, what each one looks at. */
export function drawEvaluation(view: EvaluationView, host: Host): HTMLElement[] {
  return [
    ...(view.origin ? [el('p', { class: 'origin quiet', 'data-origin': true }, view.origin)] : []),
    el(
      'header',
      { class: 'banner', 'data-chosen': view.candidates.find(({ chosen }) => chosen)?.name },
      el('div', { class: 'answer' }, el('h1', {}, view.headline), el('p', {}, view.summary)),
    ),
    drawFacts(view.facts, view.actions, host),
    ...(view.splits.length > 0 ? [drawFigures(view)] : []),
    ...(view.splits.some(({ matrices }) => matrices.length > 0) ? [drawMatrices(view)] : []),
    ...(view.blocks.length > 0 ? [drawBlocks(view, host)] : []),
    drawCandidates(view.candidates),
  ];
}

function drawBlocks({ blocks }: EvaluationView, host: Host): HTMLElement {
  return el('div', { class: 'splits' }, ...blocks.map((block) => drawBlock(block, host).element));
}

function chosenMark(): HTMLElement {
  return el('span', { class: 'chip chip-chosen' }, '★ chosen');
}

/** One row a metric, one group of columns a split, one column a candidate. */
function drawFigures({ splits, candidates }: EvaluationView): HTMLElement {
  const groups = splits.map(({ split, size }) =>
    el(
      'th',
      { scope: 'colgroup', colspan: candidates.length, class: 'group' },
      split,
      el('span', { class: 'quiet small' }, ` ${size}`),
    ),
  );
  const names = splits.flatMap(() =>
    candidates.map(({ name, chosen }, i) =>
      el('th', { scope: 'col', class: `number${i === 0 ? ' first' : ''}` }, chosen ? `★ ${name}` : name),
    ),
  );
  const body = (splits[0]?.metrics ?? []).map(({ id, title, betterIs }) =>
    el(
      'tr',
      { 'data-metric': id },
      el(
        'th',
        { scope: 'row' },
        title,
        betterIs === 'lower' ? el('span', { class: 'quiet small' }, ' lower is better') : null,
      ),
      ...splits.flatMap((split) => figureCells(split, id)),
    ),
  );
  const table = el(
    'table',
    { class: 'figures', 'data-columns': splits.length * candidates.length, 'aria-labelledby': 'heading-figures' },
    el('thead', {}, el('tr', {}, el('th', { rowspan: 2, scope: 'col' }, 'Figure'), ...groups), el('tr', {}, ...names)),
    el('tbody', {}, ...body),
  );
  return el(
    'section',
    { 'data-section': 'figures', 'aria-labelledby': 'heading-figures' },
    el('h2', { id: 'heading-figures' }, 'Figures'),
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': 'heading-figures' }, table),
    candidates.length > 1 ? el('p', { class: 'quiet small' }, 'Bold: the better figure on that split.') : null,
  );
}

function figureCells({ split, metrics }: EvaluatedSplitView, id: string): HTMLElement[] {
  const row = metrics.find((metric) => metric.id === id);
  return (row?.figures ?? []).map(({ candidate, figure, best }, i) =>
    el(
      'td',
      {
        class: `number${i === 0 ? ' first' : ''}`,
        'data-split': split,
        'data-candidate': candidate,
        'data-best': best,
      },
      best ? el('strong', {}, drawFigure(figure)) : drawFigure(figure),
    ),
  );
}

function drawMatrices({ splits, candidates }: EvaluationView): HTMLElement {
  const chosen = new Set(candidates.filter((one) => one.chosen).map(({ name }) => name));
  const cards = splits.map(({ split, size, matrices }) =>
    el(
      'div',
      { class: 'card', 'data-split': split },
      el('h3', {}, `${split} `, el('span', { class: 'quiet small' }, size)),
      el('div', { class: 'matrices' }, ...matrices.map((matrix) => drawSmallMatrix(matrix, split, chosen))),
    ),
  );
  return el(
    'section',
    { 'data-section': 'matrices', 'aria-labelledby': 'heading-matrices' },
    el('h2', { id: 'heading-matrices' }, 'Confusion'),
    el('div', { class: 'splits' }, ...cards),
  );
}

function drawSmallMatrix(
  { candidate, cells }: EvaluatedSplitView['matrices'][number],
  split: string,
  chosen: ReadonlySet<string>,
): HTMLElement {
  return el(
    'figure',
    { 'data-matrix': `${candidate} ${split}` },
    el('figcaption', {}, chosen.has(candidate) ? `★ ${candidate}` : candidate),
    cells
      ? el('div', { class: 'cells' }, ...cells.map((cell) => drawCell(cell)))
      : absentNote('It was not evaluated on this split.'),
  );
}

function drawCandidates(candidates: CandidateView[]): HTMLElement {
  return el(
    'section',
    { 'data-section': 'candidates', 'aria-labelledby': 'heading-candidates' },
    el('h2', { id: 'heading-candidates' }, 'Candidates'),
    el('div', { class: 'candidates' }, ...candidates.map(drawCandidate)),
  );
}

function drawCandidate({ name, chosen, facts, importance }: CandidateView): HTMLElement {
  const pairs = facts.map(({ label, text, full }) =>
    el('div', {}, el('dt', {}, label), el('dd', { title: full }, text)),
  );
  return el(
    'div',
    { class: 'card', 'data-candidate': name },
    el('h3', {}, `${name} `, chosen ? chosenMark() : null),
    el('div', { class: 'facts' }, el('dl', {}, ...pairs)),
    importance === null || isAbsent(importance)
      ? absentNote(importance?.absent ?? '')
      : drawImportance(importance, `Importance of each feature, ${name}`),
  );
}

function drawImportance(rows: { column: string; share: number; text: string }[], label: string): HTMLElement {
  const lines = rows.map(({ column, share, text }) =>
    el(
      'tr',
      { 'data-column': column },
      el('th', { scope: 'row', class: 'name', title: column }, column),
      el('td', { class: 'importance-bar' }, drawBar({ from: 0, to: share, limit: null, label: `${column}: ${text}` })),
      el('td', { class: 'number' }, text),
    ),
  );
  const head = el(
    'tr',
    {},
    el('th', { scope: 'col' }, 'Feature'),
    el('th', { scope: 'col' }, el('span', { class: 'unseen' }, 'Bar')),
    el('th', { scope: 'col', class: 'number' }, 'share of gain'),
  );
  return el('table', { 'aria-label': label, class: 'importance' }, el('thead', {}, head), el('tbody', {}, ...lines));
}
