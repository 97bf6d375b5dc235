import type { AtThreshold, GateAtThreshold } from '../../src/report/monitoring/threshold.js';
import {
  isAbsent,
  type Answer,
  type BarView,
  type Figure,
  type GateView,
  type ReportView,
} from '../../src/report/view.js';
import { absentNote, el, linkButton } from '../shared/dom.js';
import type { Host } from '../shared/host.js';
import { answerIcon } from '../shared/icons.js';
import { ask } from './context.js';
import { tableActions } from './blocks/csv.js';
import { drawBar } from './bar.js';

export interface GatesSection {
  element: HTMLElement;
  /** Shows the rate gates as they would be at another threshold; null: as they were recorded. */
  show(at: AtThreshold | null): void;
}

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
export function drawGates(view: ReportView, host: Host): GatesSection {
  const heading = el('h2', { id: 'heading-gates' }, 'Gates');
  const section = (...children: HTMLElement[]) =>
    el(
      'section',
      { class: 'gates', 'data-section': 'gates', 'aria-labelledby': 'heading-gates' },
      heading,
      ...children,
    );
  if (view.gates === null || isAbsent(view.gates)) {
    return { element: section(absentNote(view.gates?.absent ?? '')), show: () => undefined };
  }
  const gates = view.gates;
  const body = el('tbody', { role: 'rowgroup' }, ...gates.map((gate) => drawRow(gate, host)));
  const table = el('table', { role: 'table', 'aria-labelledby': 'heading-gates' }, drawHead(), body);
  const said = view.gatesNote ? el('span', { class: 'quiet small' }, view.gatesNote) : null;
  const note = el('div', { class: 'table-foot' }, said, tableActions({ id: 'gates', title: 'Gates' }, host));
  return {
    element: section(table, note),
    show: (at) => {
      const moved = new Map(at?.gates.map((gate) => [gate.id, gate]));
      body.replaceChildren(...gates.map((gate) => drawRow(gate, host, moved.get(gate.id))));
      if (said) said.textContent = at?.soft ?? view.gatesNote;
    },
  };
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

function drawRow(gate: GateView, host: Host, moved?: GateAtThreshold): HTMLElement {
  const { status, word, value, n, bar, why, evidence } = moved ?? gate;
  const contents: Record<string, Node | string | null> = {
    status: drawAnswer(status, word),
    gate: el('span', { title: gate.id }, gate.title),
    level: el('span', { class: 'chip' }, gate.levelText),
    value: drawFigure(value),
    scale: drawScale(bar),
    limit: gate.mustBe,
    baseline: drawFigure(gate.baseline),
    n: drawFigure(n),
    why: el('span', { title: gate.detail }, why),
    evidence: drawEvidence(gate, evidence, host),
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
  const whatIf = moved !== undefined && moved.value.text !== gate.value.text;
  return el(
    'tr',
    { role: 'row', 'data-gate': gate.id, 'data-status': status, 'data-answer': status, 'data-what-if': whatIf },
    ...cells,
  );
}

export function drawAnswer(answer: Answer, word: string): HTMLElement {
  return el('span', { class: 'answer-word', 'data-answer': answer }, answerIcon(answer), word);
}

/** A figure; where it is missing, the reason is in the tooltip and read aloud. */
export function drawFigure(figure: Figure): HTMLElement | string {
  if (figure.reason === null) return figure.text;
  return el(
    'span',
    { class: 'missing', title: figure.reason },
    figure.text,
    el('span', { class: 'unseen' }, ` (${figure.reason})`),
  );
}

function drawScale(bar: BarView | null): SVGElement | null {
  return bar ? drawBar(bar) : null;
}

/** Rows are the host's to open; features are further down on this page. */
function drawEvidence(gate: GateView, evidence: GateView['evidence'], host: Host): Node | string | null {
  if (!evidence) return null;
  const { action, columns, label } = evidence;
  const about = { 'data-evidence': gate.id, 'aria-label': `${label} behind ${gate.title}` };
  if (action) return linkButton(label, () => ask(host, action), about);
  return columns.length > 0 ? linkButton(label, () => goToDrift(columns[0]), about) : label;
}

function goToDrift(column: string | undefined): void {
  const table = document.querySelector<HTMLElement>('[data-section="drift"] [tabindex]');
  const row = column ? table?.querySelector(`[data-row="${CSS.escape(column)}"]`) : undefined;
  table?.focus({ preventScroll: true });
  (row ?? table)?.scrollIntoView({ block: 'nearest' });
}
