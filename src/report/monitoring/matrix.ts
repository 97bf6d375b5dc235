import type { Confusion } from '../../documents/evaluation.js';
import type { GateView, CellName, CellView, MatrixView, Part } from '../view.js';
import { knownFigure } from '../../project/known-figures.js';
import { figureOf, formatCount } from '../format/numbers.js';
import type { ReportContext, Subject } from './report-source.js';
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
  subject: Subject,
  gates: readonly GateView[],
  context: Pick<ReportContext, 'commands'>,
): Part<MatrixView> {
  if (subject.task !== 'binary') return null;
  if (!subject.confusion) {
    return { absent: subject.reasons.confusion_matrix ?? 'No confusion matrix is recorded.' };
  }
  return {
    threshold: figureOf(subject.threshold),
    cells: cellsOf(subject.confusion, blamedCells(gates)),
    opens: context.commands.includes('showRows'),
  };
}

/** "9 found, 0 missed, 11,259 false alarms, 21,393 left alone". */
export function cellsText(confusion: Confusion): string {
  return cellsOf(confusion)
    .map(({ text, label }) => `${text} ${label}`)
    .join(', ');
}
