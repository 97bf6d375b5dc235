import type { BannerView, DecisionView, OverrideView, ReportView } from '../../src/report/view.js';
import { el, linkButton } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { answerIcon } from '../shared/icons.js';
import { pushButton } from '../toolkit.js';
import { ask } from './context.js';

export interface BannerSection {
  element: HTMLElement;
  /** Puts a what-if in the place of the answer, with a way back; null: the recorded answer. */
  show(whatIf: Pick<BannerView, 'headline' | 'summary'> | null, back: () => void): void;
}

/** The answer, what follows from it, and the one action that most likely comes next. */
export function drawBanner(view: ReportView, host: Host): BannerSection {
  const { banner, decision, next } = view;
  const action = next ? pushButton(next.label, 'primary', () => ask(host, next)) : null;
  action?.setAttribute('data-action', next!.command);
  const side = el('div', { class: 'banner-side' }, drawDecision(decision), action);
  const element = el('header', { class: 'banner', 'data-verdict': banner.verdict });
  const show: BannerSection['show'] = (whatIf, back) => {
    const answer = whatIf ? 'unknown' : banner.verdict;
    element.dataset.answer = answer;
    element.toggleAttribute('data-what-if', whatIf !== null);
    const drawn = drawAnswer(whatIf ?? banner);
    if (whatIf)
      drawn.append(el('p', {}, linkButton(`Back to: ${banner.headline}`, back, { 'data-action': 'reset-what-if' })));
    element.replaceChildren(answerIcon(answer), drawn, side);
  };
  show(null, () => undefined);
  return { element, show };
}

function drawAnswer({ headline, summary }: Pick<BannerView, 'headline' | 'summary'>): HTMLElement {
  return el('div', { class: 'answer' }, el('h1', {}, headline), el('p', {}, summary));
}

function drawDecision(decision: DecisionView): HTMLElement {
  const by = decision.by ? ` — ${decision.by}` : '';
  const full = [decision.reason, decision.recorded].filter(Boolean).join(' · ');
  return el(
    'div',
    { class: 'decision', 'data-decision': decision.action, title: full || null },
    el('span', { class: 'quiet' }, 'Decision'),
    el('span', {}, el('strong', {}, decision.text), el('span', { class: 'quiet' }, by)),
    decision.recorded ? el('span', { class: 'quiet small' }, decision.recorded) : null,
  );
}

/** An override stands above everything else as long as it counts. */
export function drawOverride(override: OverrideView, host: Host): HTMLElement {
  const { clear } = override;
  return el(
    'div',
    { class: 'override', role: 'note', 'data-override': override.name, 'data-answer': 'warn' },
    answerIcon('warn'),
    el(
      'p',
      {},
      'Override ',
      el('strong', {}, override.name),
      ` is on ${override.until}, by ${override.by}: “${override.reason}”. ${override.effect} `,
      clear ? linkButton(clear.label, () => ask(host, clear), { 'aria-label': `Clear ${override.name}` }) : null,
    ),
  );
}
