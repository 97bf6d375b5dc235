import type { PageView } from '../blocks/blocks.js';
import { answerSigns, capital } from '../format/words.js';
import type { AnyView, EvaluationView, FactView, ReportView } from '../view.js';
import { blockMarkdown, table } from './block-markdown.js';
import { markdownText } from './markdown-text.js';

/** A report as Markdown, for an issue or a pull request: the same figures in the same words. */
export function markdownOf(view: AnyView): string {
  const parts =
    view.kind === 'monitoring' ? monitoring(view) : view.kind === 'evaluation' ? evaluation(view) : page(view);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function monitoring(view: ReportView): string[] {
  const { banner, decision, facts, sections, absent } = view;
  const by = [decision.by, decision.recorded].filter(Boolean).join('. ');
  return [
    `## ${answerSigns[banner.verdict]} ${markdownText(banner.headline)}`,
    markdownText(banner.summary),
    `**Decision:** ${markdownText(decision.text)}${by ? ` — ${markdownText(by)}` : ''}`,
    ...view.overrides.map(
      ({ name, until, by: who, reason, effect }) =>
        `> ⚠ Override **${name}** is on ${markdownText(until)}, by ${markdownText(who)}: “${markdownText(reason)}”. ${effect}`,
    ),
    view.origin ? `_${markdownText(view.origin)}_` : '',
    factLine(facts),
    ...sections.flatMap(({ block }) => blockMarkdown(block)),
    ...(absent.length > 0 ? ['### Not recorded', absent.map((reason) => `- ${markdownText(reason)}`).join('\n')] : []),
  ];
}

function page({ answer, headline, summary, origin, facts, blocks }: PageView): string[] {
  return [
    `## ${answer ? `${answerSigns[answer]} ` : ''}${markdownText(headline)}`,
    markdownText(summary),
    origin ? `_${markdownText(origin)}_` : '',
    factLine(facts),
    ...blocks.flatMap(blockMarkdown),
  ];
}

function evaluation(view: EvaluationView): string[] {
  const names = view.candidates.map(({ name, chosen }) => (chosen ? `★ ${name}` : name));
  return [
    `## ${markdownText(view.headline)}`,
    markdownText(view.summary),
    view.origin ? `_${markdownText(view.origin)}_` : '',
    factLine(view.facts),
    ...view.splits.flatMap(({ split, size, metrics }) => [
      `### ${markdownText(capital(split))}${size ? `: ${size}` : ''}`,
      table(
        ['Figure', ...names.map((name) => `>${name}`)],
        metrics.map(({ title, figures: row }) => [
          title,
          ...row.map(({ figure, best }) => (best ? `**${figure.text}**` : figure.text)),
        ]),
      ),
    ]),
    ...view.blocks.flatMap(blockMarkdown),
  ];
}

function factLine(facts: FactView[]): string {
  return facts.map(({ label, text: value }) => `${label} ${markdownText(value)}`).join(' · ');
}
