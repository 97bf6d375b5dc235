import { isAbsent, type AnyView, type EvaluationView, type Figure, type Part, type ReportView } from './view.js';
import { answerSigns, capital } from './words.js';

/** A report as Markdown, for an issue or a pull request: the same figures in the same words. */
export function markdownOf(view: AnyView): string {
  const parts = view.kind === 'monitoring' ? monitoring(view) : evaluation(view);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function monitoring(view: ReportView): string[] {
  const { banner, decision, facts, gates, gatesNote } = view;
  const by = [decision.by, decision.recorded].filter(Boolean).join('. ');
  return [
    `## ${answerSigns[banner.verdict]} ${text(banner.headline)}`,
    text(banner.summary),
    `**Decision:** ${text(decision.text)}${by ? ` — ${text(by)}` : ''}`,
    ...view.overrides.map(
      ({ name, until, by: who, reason, effect }) =>
        `> ⚠ Override **${name}** is on ${text(until)}, by ${text(who)}: “${text(reason)}”. ${effect}`,
    ),
    view.origin ? `_${text(view.origin)}_` : '',
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
    ...drift(view),
  ];
}

function matrix({ matrix: part, pr }: ReportView): string[] {
  if (part === null) return [];
  const body = shown(part, ({ cells }) => cells.map(({ text: count, label }) => `**${count}** ${label}`).join(' · '));
  const threshold = isAbsent(part) ? '' : ` at threshold ${part.threshold.text}`;
  return [`### Confusion${threshold}`, body, pr && !isAbsent(pr) ? text(pr.summary) : ''];
}

function figures({ metrics }: ReportView): string[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map(({ title, value, baseline, change }) => [title, told(value), baseline.text, change]);
  return ['### Figures', table(['Figure', '>Now', '>Baseline', 'Change'], rows)];
}

function drift({ drift: part }: ReportView): string[] {
  if (part === null) return [];
  const body = shown(part, ({ rows }) =>
    table(
      ['', 'Feature', '>z', '>null %', '>importance'],
      rows.map(({ status, column, z, nulls, importance }) => [
        answerSigns[status],
        column,
        told(z),
        nulls.text,
        importance.text,
      ]),
    ),
  );
  return ['### Drift', body, isAbsent(part) ? '' : text(part.note)];
}

function evaluation(view: EvaluationView): string[] {
  const names = view.candidates.map(({ name, chosen }) => (chosen ? `★ ${name}` : name));
  return [
    `## ${text(view.headline)}`,
    text(view.summary),
    view.origin ? `_${text(view.origin)}_` : '',
    factLine(view.facts),
    ...view.splits.flatMap(({ split, size, metrics }) => [
      `### ${capital(split)}${size ? `: ${size}` : ''}`,
      table(
        ['Figure', ...names.map((name) => `>${name}`)],
        metrics.map(({ title, figures: row }) => [
          title,
          ...row.map(({ figure, best }) => (best ? `**${figure.text}**` : figure.text)),
        ]),
      ),
    ]),
  ];
}

function factLine(facts: ReportView['facts']): string {
  return facts.map(({ label, text: value }) => `${label} ${text(value)}`).join(' · ');
}

/** A figure, or why there is none. */
function told({ text: shownText, reason }: Figure): string {
  return reason === null ? shownText : `${shownText} (${reason})`;
}

function shown<T extends object>(part: Part<T>, draw: (content: T) => string): string {
  if (part === null) return '';
  return isAbsent(part) ? `_${text(part.absent)}_` : draw(part);
}

/** Heads that begin with `>` stand over figures, which are aligned to the right. */
function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = heads.map((head) => (head.startsWith('>') ? '---:' : '---'));
  return [line(heads.map((head) => head.replace(/^>/, ''))), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Names come from data: nothing in them may end a cell, or begin markup or HTML. */
function cell(content: string): string {
  return text(content).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function text(content: string): string {
  return content.replace(/[_<`[\]]/g, (sign) => `\\${sign}`);
}
