import type { Block, PageView, TableBlock, TableCell } from '../blocks/blocks.js';
import { causesOf, causesTable } from './changed.js';
import type { ColumnChange, Comparison, FigureChange, GateChange } from './compare.js';
import { sideBySide } from './side-by-side.js';
import { metricTitle, nameOf, parseMetric } from '../format/figure-names.js';
import { commonDecimals } from '../format/numbers.js';
import { answerCell, driftedCell, numberCell, textCell } from '../blocks/cells.js';
import { answerWords, listed, plural } from '../format/words.js';
import type { Answer } from '../view-parts.js';
import { page, type PageContext } from '../blocks/page.js';

/** Two documents side by side: first what matters, that is what moved. */
export function comparisonPage(comparison: Comparison, context: PageContext): PageView {
  const { a, b } = comparison;
  const commands = context.commands.filter((command) => command !== 'compare' && command !== 'viewJson');
  return page(
    { ...context, commands },
    {
      about: 'comparison',
      title: `${a.name} ↔ ${b.name}`,
      answer: b.verdict !== null && b.verdict in answerWords ? (b.verdict as Answer) : null,
      headline: headlineOf(comparison),
      summary: summaryOf(comparison),
      facts: [
        { label: 'A', text: sideText(a), full: null },
        { label: 'B', text: sideText(b), full: null },
      ],
      blocks: blocksOf(comparison),
    },
  );
}

/** What is another, what came of it, both models side by side; what is equal is folded away under its count. */
function blocksOf(comparison: Comparison): Block[] {
  const tables = comparisonTables(comparison);
  const { looks } = comparison;
  const other = tables.map((block) => ({
    ...block,
    filter: undefined,
    // Every row that is left has changed.
    columns: block.columns.map((column) => (column.id === 'changed' ? { ...column, hidden: true } : column)),
    rows: block.rows.filter(({ marked }) => marked),
  }));
  const equal = tables.map((block): TableBlock => {
    const rows = block.rows.filter(({ marked }) => !marked);
    const title = `Equal in both: ${rows.length} ${plural(rows.length, block.title.slice(0, -1).toLowerCase(), block.title.toLowerCase())}`;
    return { ...block, id: `${block.id}-equal`, title, filter: undefined, folded: true, rows };
  });
  return [
    ...other.filter(({ rows }) => rows.length > 0),
    ...(looks === undefined ? [] : sideBySide(looks.a, looks.b)),
    ...equal.filter(({ rows }) => rows.length > 0),
  ];
}

function sideText({ name, kind, verdict }: Comparison['a']): string {
  return [name, kind.replaceAll('-', ' '), verdict].filter(Boolean).join(' · ');
}

function headlineOf(comparison: Comparison): string {
  const { gates, a, b, figures } = comparison;
  const changed = gates.filter((gate) => gate.changed);
  if (a.verdict !== null && b.verdict !== null && a.verdict !== b.verdict) {
    const causes = causesOf(comparison).filter(({ kind }) => kind !== 'outcome');
    const first = causes.length === 0 ? '' : `: ${listed(causes.map(({ what }) => what))} changed`;
    return `From ${a.verdict} to ${b.verdict}${first}`;
  }
  if (changed.length > 0)
    return `${changed.length} ${plural(changed.length, 'gate answers', 'gates answer')} otherwise`;
  const moved = figures.filter(({ a: left, b: right }) => left !== right).length;
  return moved > 0 ? `${moved} ${plural(moved, 'figure')} moved, no gate answers otherwise` : 'Nothing moved';
}

function summaryOf({ figures, gates, columns, settings }: Comparison): string {
  const count = (better: boolean) => figures.filter((figure) => figure.better === better).length;
  const parts = [
    `${count(true)} ${plural(count(true), 'figure is', 'figures are')} better, ${count(false)} worse`,
    gates.length > 0 ? `${gates.filter(({ changed }) => changed).length} of ${gates.length} gates changed` : '',
    columns.length > 0
      ? `drift changed in ${columns.filter(({ changed }) => changed).length} of ${columns.length} columns`
      : '',
    `${settings.length} ${plural(settings.length, 'setting differs', 'settings differ')}`,
  ];
  return `From A to B: ${parts.filter(Boolean).join('; ')}.`;
}

/** The comparison as tables; also what a terminal prints. */
export function comparisonTables(comparison: Comparison): TableBlock[] {
  const { figures, gates, columns } = comparison;
  return [causesTable(comparison), gatesTable(gates), figuresTable(figures), columnsTable(columns)];
}

const absent = 'only the other one has it';

function gatesTable(gates: GateChange[]): TableBlock {
  const side = (one: GateChange['a'], decimals: number): TableCell[] =>
    one
      ? [
          answerCell(one.status),
          numberCell(one.value, { decimals }),
          numberCell(one.threshold, { decimals, reason: 'its limit is not recorded' }),
        ]
      : [textCell(null), textCell(null), textCell(null)];
  return {
    type: 'table',
    id: 'gates',
    title: 'Gates',
    filter: 'Only changed',
    columns: [
      { id: 'gate', title: 'Gate' },
      { id: 'a', title: 'A' },
      { id: 'a value', title: 'Value A', number: true },
      { id: 'a limit', title: 'Limit A', number: true },
      { id: 'b', title: 'B' },
      { id: 'b value', title: 'Value B', number: true },
      { id: 'b limit', title: 'Limit B', number: true },
      { id: 'changed', title: 'Changed' },
    ],
    rows: [...gates]
      .sort((left, right) => Number(right.changed) - Number(left.changed))
      .map(({ gate, a, b, changed }) => {
        const decimals = commonDecimals([
          a?.value ?? null,
          a?.threshold ?? null,
          b?.value ?? null,
          b?.threshold ?? null,
        ]);
        return {
          id: gate,
          marked: changed,
          cells: [
            { ...textCell(gate, 40), strong: changed },
            ...side(a, decimals),
            ...side(b, decimals),
            textCell(changed ? 'changed' : 'same'),
          ],
        };
      }),
  };
}

function figuresTable(figures: FigureChange[]): TableBlock {
  return {
    type: 'table',
    id: 'figures',
    title: 'Figures',
    filter: 'Only moved',
    columns: [
      { id: 'figure', title: 'Figure' },
      { id: 'a', title: 'A', number: true },
      { id: 'b', title: 'B', number: true },
      { id: 'change', title: 'Change', number: true },
      { id: 'better', title: 'Which way' },
    ],
    rows: figures.map(({ figure, a, b, change, better }) => {
      const counts = [a, b].every((value) => value === null || Number.isInteger(value));
      const decimals = counts ? 0 : commonDecimals([a, b]);
      const moved = numberCell(change, { decimals, reason: absent });
      return {
        id: figure,
        marked: change === null || Math.abs(change) > 1e-12,
        cells: [
          textCell(titleOf(figure), 48),
          numberCell(a, { decimals, reason: 'not recorded in A' }),
          numberCell(b, { decimals, reason: 'not recorded in B' }),
          { ...moved, text: change !== null && change > 0 ? `+${moved.text}` : moved.text },
          better === null
            ? textCell(change === 0 ? 'same' : ' ')
            : { ...answerCell(better ? 'pass' : 'warn', better ? 'better' : 'worse') },
        ],
      };
    }),
  };
}

function titleOf(figure: string): string {
  const [, before = '', own = figure] = /^([\w-]+: )?(.*)$/.exec(figure) ?? [];
  if (/^(tp|fp|fn|tn)$/.test(own))
    return before + { tp: 'found', fp: 'false alarms', fn: 'missed', tn: 'left alone' }[own as 'tp'];
  return before + (/[([{]/.test(own) ? metricTitle(parseMetric(own)) : nameOf(own).title);
}

function columnsTable(columns: ColumnChange[]): TableBlock {
  return {
    type: 'table',
    id: 'columns',
    title: 'Columns',
    filter: 'Only changed',
    columns: [
      { id: 'column', title: 'Column' },
      { id: 'a', title: 'A' },
      { id: 'a value', title: 'Drift A', number: true },
      { id: 'b', title: 'B' },
      { id: 'b value', title: 'Drift B', number: true },
      { id: 'change', title: 'Change', number: true },
    ],
    rows: [...columns]
      .sort((left, right) => Number(right.changed) - Number(left.changed))
      .map(({ column, a, b, changed }) => ({
        id: column,
        marked: changed,
        cells: [
          { ...textCell(column, 40), strong: changed },
          a ? driftedCell(a.drifted) : textCell(null),
          numberCell(a?.value, { reason: 'not recorded in A' }),
          b ? driftedCell(b.drifted) : textCell(null),
          numberCell(b?.value, { reason: 'not recorded in B' }),
          numberCell(a?.value != null && b?.value != null ? b.value - a.value : null, { reason: absent }),
        ],
      })),
  };
}
