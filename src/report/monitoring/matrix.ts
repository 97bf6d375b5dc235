import type { Confusion } from '../../documents/evaluation.js';
import type { GateView } from '../blocks/gates-block.js';
import type { CellName, CellView, MatrixBlock } from '../matrix-block.js';
import type { Figure, Part } from '../view.js';
import { sweepOf } from './threshold.js';
import { knownFigure } from '../../project/rules/known-figures.js';
import { figureOf, formatCount } from '../format/numbers.js';
import type { ReportContext } from '../report-context.js';
import type { ReportSource } from './report-source.js';
import { cellWords } from '../format/words.js';

const cellOf: Record<string, CellName> = { 'false negatives': 'fn', 'false positives': 'fp' };

/** The wrong cell that a figure counts; undefined where it counts none, or both. */
export function countedCell(figure: string): CellName | undefined {
  return cellOf[knownFigure(figure)?.against ?? ''];
}

/** Found and missed above, false alarms and left alone below. */
const order: CellName[] = ['tp', 'fn', 'fp', 'tn'];

export function cellsOf(confusion: Confusion, blamed: ReadonlySet<CellName> = new Set()): CellView[] {
  return order.map((cell) => ({
    cell,
    count: confusion[cell],
    text: formatCount(confusion[cell]),
    ...cellWords[cell],
    blamed: blamed.has(cell),
  }));
}

/** The cells that failing gates count; where a hard gate fails, only the hard ones'. */
export function blamedCells(gates: readonly Pick<GateView, 'status' | 'level' | 'rate'>[]): Set<CellName> {
  const failing = gates.filter(({ status }) => status === 'fail');
  const hard = failing.filter(({ level }) => level === 'hard');
  const cells = (hard.length > 0 ? hard : failing).map(({ rate }) => (rate ? countedCell(rate.figure) : undefined));
  return new Set(cells.filter((cell) => cell !== undefined));
}

export function matrixOf(
  source: ReportSource,
  gates: readonly GateView[],
  context: Pick<ReportContext, 'commands'>,
): Part<MatrixBlock> {
  if (source.task !== 'binary') return null;
  if (!source.confusion) {
    return { absent: source.reasons.confusion_matrix ?? 'No confusion matrix is recorded.' };
  }
  const threshold = figureOf(source.threshold);
  return {
    ...{ type: 'matrix', id: 'matrix', title: matrixTitle(threshold), threshold },
    sweep: sweepOf(source),
    cells: cellsOf(source.confusion, blamedCells(gates)),
    opens: context.commands.includes('showRows'),
  };
}

export function matrixTitle({ value, text }: Figure): string {
  return value === null ? 'Confusion, threshold not recorded' : `Confusion at threshold ${text}`;
}

/** "9 found, 0 missed, 11,259 false alarms, 21,393 left alone". */
export function cellsText(confusion: Confusion): string {
  return cellsOf(confusion)
    .map(({ text, label }) => `${text} ${label}`)
    .join(', ');
}
