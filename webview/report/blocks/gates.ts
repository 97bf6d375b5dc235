import type { GatesBlock, GateView } from '../../../src/report/blocks/gates-block.js';
import type { Answer } from '../../../src/report/view.js';
import { absentNote, el, linkButton } from '../../shared/dom.js';
import type { Host } from '../../shared/host.js';
import { answerIcon } from '../../shared/icons.js';
import { ask } from '../context.js';
import { tableActions } from './csv.js';
import { drawBar } from './bar.js';
import { drawFigure } from './figure.js';

interface Column {
  name: string;
  head: string;
  number?: boolean;
}
const columns: Column[] = [
  { name: 'status', head: 'Answer' },
  { name: 'gate', head: 'Gate' },
  { name: 'level', head: 'Level' },
  { name: 'value', head: 'Value', number: true },
  { name: 'scale', head: 'Scale' },
  { name: 'limit', head: 'Must be', number: true },
  { name: 'baseline', head: 'Baseline', number: true },
  { name: 'n', head: 'n', number: true },
  { name: 'why', head: 'Why' },
  { name: 'evidence', head: 'Evidence' },
];
/** Heads that a sighted reader does not need: what stands below explains itself. */
const silent = new Set(['status', 'scale', 'evidence']);

/** Every gate in one line. Roles are written out, for narrow panels lay the table out as blocks. */
export function drawGates(block: GatesBlock, host: Host): { element: HTMLElement; show: (block: GatesBlock) => void } {
  const { id, title } = block;
  const section = (...children: HTMLElement[]) =>
    el(
      'section',
      { class: 'gates', 'data-section': id, 'aria-labelledby': `heading-${id}` },
      el('h2', { id: `heading-${id}` }, title),
      ...children,
    );
  if (block.gates.length === 0) return { element: section(absentNote('No gate is recorded.')), show: () => undefined };
  const body = el('tbody', { role: 'rowgroup' });
  const said = block.note ? el('span', { class: 'quiet small' }) : null;
  const show = ({ gates, note }: GatesBlock) => {
    body.replaceChildren(...gates.map((gate) => drawRow(gate, host)));
    if (said) said.textContent = note;
  };
  show(block);
  const table = el('table', { role: 'table', 'aria-labelledby': `heading-${id}` }, drawHead(), body);
  return { element: section(table, el('div', { class: 'table-foot' }, said, tableActions(block, host))), show };
}

function drawHead(): HTMLElement {
  const cells = columns.map(({ name, head, number }) =>
    el(
      'th',
      { scope: 'col', role: 'columnheader', class: `col-${name}${number ? ' number' : ''}` },
      silent.has(name) ? el('span', { class: 'unseen' }, head) : head,
    ),
  );
  return el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...cells));
}

function drawRow(gate: GateView, host: Host): HTMLElement {
  const { status, word, value, n, bar, why } = gate;
  const contents: Record<string, Node | string | null> = {
    status: drawAnswer(status, word),
    gate: el('span', { title: gate.id }, gate.title),
    level: el('span', { class: 'chip' }, gate.levelText),
    value: drawFigure(value),
    scale: bar && drawBar(bar),
    limit: gate.mustBe,
    baseline: drawFigure(gate.baseline),
    n: drawFigure(n),
    why: el('span', { title: gate.detail }, why),
    evidence: drawEvidence(gate, host),
  };
  const cells = columns.map(({ name, number, head }) =>
    el(
      name === 'gate' ? 'th' : 'td',
      {
        class: `col-${name}${number ? ' number' : ''}`,
        role: name === 'gate' ? 'rowheader' : 'cell',
        scope: name === 'gate' ? 'row' : null,
        'data-head': head,
      },
      contents[name],
    ),
  );
  return el(
    'tr',
    { role: 'row', 'data-gate': gate.id, 'data-status': status, 'data-answer': status, 'data-what-if': gate.whatIf },
    ...cells,
  );
}

export function drawAnswer(answer: Answer, word: string): HTMLElement {
  return el('span', { class: 'answer-word', 'data-answer': answer }, answerIcon(answer), word);
}

/** Rows are the host's to open; features are further down on this page. */
function drawEvidence({ id, title, evidence }: GateView, host: Host): Node | string | null {
  if (!evidence) return null;
  const { action, columns, label } = evidence;
  const about = { 'data-evidence': id, 'aria-label': `${label} behind ${title}` };
  if (action) return linkButton(label, () => ask(host, action), about);
  return columns.length > 0 ? linkButton(label, () => goToDrift(columns[0]), about) : label;
}

function goToDrift(column: string | undefined): void {
  const table = document.querySelector<HTMLElement>('[data-section="drift"] [tabindex]');
  const row = column ? table?.querySelector(`[data-row="${CSS.escape(column)}"]`) : undefined;
  table?.focus({ preventScroll: true });
  (row ?? table)?.scrollIntoView({ block: 'nearest' });
}
