import type { Block, PageView } from '../blocks/blocks.js';
import { markdownCell, markdownText } from './markdown-text.js';
import { isAbsent, type AnyView, type EvaluationView, type Figure, type Part, type ReportView } from '../view.js';
import { answerSigns, capital } from '../format/words.js';

/** A report as Markdown, for an issue or a pull request: the same figures in the same words. */
export function markdownOf(view: AnyView): string {
  const parts =
    view.kind === 'monitoring' ? monitoring(view) : view.kind === 'evaluation' ? evaluation(view) : page(view);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function monitoring(view: ReportView): string[] {
  const { banner, decision, facts, gates, gatesNote } = view;
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
    '### Gates',
    shown(gates, (rows) =>
      table(
        ['', 'Gate', 'Level', '>Value', '>Must be', '>Baseline', '>n', 'Why'],
        rows.map((gate) => [
          `${answerSigns[gate.status]} ${gate.word}`,
          gate.title,
          gate.levelText,
          gate.value.text,
          gate.mustBe,
          gate.baseline.text,
          gate.n.text,
          gate.why,
        ]),
      ),
    ),
    gatesNote ?? '',
    ...matrix(view),
    ...figures(view),
    ...tables(view),
  ];
}

function matrix({ matrix: part, pr }: ReportView): string[] {
  if (part === null) return [];
  const body = shown(part, ({ cells }) => cells.map(({ text: count, label }) => `**${count}** ${label}`).join(' · '));
  const threshold = isAbsent(part) ? '' : ` at threshold ${part.threshold.text}`;
  return [`### Confusion${threshold}`, body, pr && !isAbsent(pr) ? markdownText(pr.summary) : ''];
}

function figures({ metrics }: ReportView): string[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map(({ title, value, baseline, change, interval }) => [
    title,
    told(value),
    baseline.text,
    [change, interval].filter(Boolean).join('; '),
  ]);
  return ['### Figures', table(['Figure', '>Now', '>Baseline', 'Change'], rows)];
}

function tables({ slices, drift, roc, calibration }: ReportView): string[] {
  const charts = [roc, calibration].flatMap((part) => (part && !isAbsent(part) ? blockLines(part) : []));
  const sliced = slices && !isAbsent(slices) ? blockLines(slices) : [];
  if (drift === null) return [...charts, ...sliced];
  return [
    ...charts,
    ...sliced,
    ...(isAbsent(drift) ? ['### Drift', `_${markdownText(drift.absent)}_`] : blockLines(drift)),
  ];
}

/** So many rows of a table; an issue is no place for more. */
const mostRows = 50;

/** A table with its heading; charts are told in their sentence, and everything else that draws is left out. */
function blockLines(block: Block): string[] {
  switch (block.type) {
    case 'table': {
      const drawn = block.columns.map(
        ({ id }, at) => id !== 'overlay' && block.rows.some(({ cells }) => cells[at]?.text),
      );
      const pick = <T>(all: readonly T[]) => all.filter((_, at) => drawn[at]);
      const heads = pick(block.columns.map(({ title, number }) => (number ? `>${title}` : title)));
      const rows = block.rows
        .slice(0, mostRows)
        .map(({ cells }) =>
          pick(
            cells.map(({ text: shownText, reason, answer }) =>
              answer ? `${answerSigns[answer]} ${shownText}` : told({ text: shownText, reason: reason ?? null }),
            ),
          ),
        );
      const more = block.rows.length > mostRows ? `${block.rows.length - mostRows} more rows are left out.` : '';
      return [`### ${markdownText(block.title)}`, table(heads, rows), more, block.note ? markdownText(block.note) : ''];
    }
    case 'chart':
      return [`### ${markdownText(block.title)}`, markdownText(block.summary)];
    case 'tiles':
      return [
        `### ${markdownText(block.title)}`,
        table(
          ['Figure', '>Value'],
          block.tiles.map(({ title, value }) => [title, told(value)]),
        ),
      ];
    case 'text':
      return [`### ${markdownText(block.title)}`, block.lines.map(markdownText).join('\n\n')];
    case 'beeswarm':
    case 'waterfall':
      return [];
  }
}

function page({ answer, headline, summary, origin, facts, blocks }: PageView): string[] {
  return [
    `## ${answer ? `${answerSigns[answer]} ` : ''}${markdownText(headline)}`,
    markdownText(summary),
    origin ? `_${markdownText(origin)}_` : '',
    factLine(facts),
    ...blocks.flatMap(blockLines),
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
    ...view.blocks.flatMap(blockLines),
  ];
}

function factLine(facts: ReportView['facts']): string {
  return facts.map(({ label, text: value }) => `${label} ${markdownText(value)}`).join(' · ');
}

/** A figure, or why there is none. */
function told({ text: shownText, reason }: Pick<Figure, 'text' | 'reason'>): string {
  return reason === null ? shownText : `${shownText} (${reason})`;
}

function shown<T extends object>(part: Part<T>, draw: (content: T) => string): string {
  if (part === null) return '';
  return isAbsent(part) ? `_${markdownText(part.absent)}_` : draw(part);
}

/** Heads that begin with `>` stand over figures, which are aligned to the right. */
function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  const rule = heads.map((head) => (head.startsWith('>') ? '---:' : '---'));
  return [line(heads.map((head) => head.replace(/^>/, ''))), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
