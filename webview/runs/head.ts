import type { RunsHead } from '../../src/report/runs/protocol.js';
import { el, linkButton } from '../shared/dom.js';
import { answerIcon } from '../shared/icons.js';
import { pushButton } from '../toolkit.js';
import { say } from './editor.js';
import { drawKey, drawStrips } from './strips.js';

const act = (what: 'run' | 'report' | 'trend') => () => say({ type: 'do', what });

/** The last answer and how the runs went, then each gate over the last of them. */
export function drawHead({ answer, headline, summary, hasReport, strips, canRun }: RunsHead): HTMLElement[] {
  const run = canRun ? pushButton('Run', 'primary', act('run')) : null;
  run?.setAttribute('data-action', 'run');
  const report = !hasReport ? null : pushButton('Open last report', 'secondary', act('report'));
  report?.setAttribute('data-action', 'report');
  const banner = el(
    'header',
    { class: 'banner', 'data-verdict': answer, 'data-answer': answer },
    answer === null ? null : answerIcon(answer),
    el('div', { class: 'answer' }, el('h1', {}, headline), el('p', {}, summary)),
    el('div', { class: 'banner-side' }, report, run),
  );
  if (strips.length === 0) return [banner];
  const heading = el(
    'div',
    { class: 'strip-head' },
    el('h2', { id: 'heading-gates' }, 'Gates over the last runs'),
    drawKey(),
    linkButton('All gates over time', act('trend'), { 'data-action': 'trend' }),
  );
  const cards = el('div', { class: 'strips' }, ...drawStrips(strips, act('trend')));
  return [banner, el('section', { 'aria-labelledby': 'heading-gates' }, heading, cards)];
}
