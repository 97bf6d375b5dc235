import { overlayBox } from '../../src/report/overlay.js';
import { answerWords } from '../../src/report/words.js';
import { isAbsent, type DriftRowView, type ReportView } from '../../src/report/view.js';
import { card, el, svg } from '../shared/dom.js';
import { answerIcon } from '../shared/icons.js';
import { drawFigure } from './gates.js';

/** Every feature with its distribution at the baseline and now. */
export function drawDrift(view: ReportView): HTMLElement | null {
  const { drift } = view;
  if (drift === null || isAbsent(drift)) return null;
  const head = el(
    'tr',
    {},
    el('th', { scope: 'col' }, 'Feature'),
    el(
      'th',
      { scope: 'col' },
      el('span', { class: 'key key-baseline' }),
      'baseline ',
      el('span', { class: 'key key-current' }),
      'now',
    ),
    el('th', { scope: 'col', class: 'number' }, 'z'),
    el('th', { scope: 'col', class: 'number' }, 'null %'),
    el('th', { scope: 'col', class: 'number' }, 'importance'),
  );
  const table = el(
    'table',
    { 'aria-labelledby': 'heading-drift' },
    el('thead', {}, head),
    el('tbody', {}, ...drift.rows.map(drawRow)),
  );
  const scroll = el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': 'heading-drift' }, table);
  return card('drift', drift.title, scroll, el('p', { class: 'quiet small' }, drift.note));
}

/** Only what needs a person is marked; the rest stays quiet. */
const loud = new Set(['warn', 'fail', 'inconclusive', 'error']);

function drawRow(row: DriftRowView): HTMLElement {
  const mark = loud.has(row.status)
    ? el(
        'span',
        { class: 'answer-word', 'data-answer': row.status },
        answerIcon(row.status),
        el('span', { class: 'unseen' }, answerWords[row.status]),
      )
    : null;
  const before = row.baselineNulls.value === null ? null : `${row.baselineNulls.text} % at the baseline`;
  return el(
    'tr',
    { 'data-column': row.column, 'data-status': row.status, 'data-answer': row.status },
    el('th', { scope: 'row', class: 'name', title: row.column }, mark, row.column),
    el('td', { class: 'overlay-cell' }, drawOverlay(row)),
    el('td', { class: 'number' }, drawFigure(row.z)),
    el('td', { class: 'number', title: before }, drawFigure(row.nulls)),
    el('td', { class: 'number' }, drawFigure(row.importance)),
  );
}

function drawOverlay({ overlay, z }: DriftRowView): Node | string {
  if (!overlay) return el('span', { class: 'quiet small' }, z.reason ?? 'no histogram');
  return svg(
    'svg',
    {
      class: 'overlay',
      viewBox: `0 0 ${overlayBox.width} ${overlayBox.height}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': overlay.label,
    },
    svg('title', {}, overlay.label),
    svg('path', { class: 'line-baseline', d: overlay.baseline }),
    svg('path', { class: 'line-current', d: overlay.current }),
  );
}
