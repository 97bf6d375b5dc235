import type { Block } from '../blocks/blocks.js';
import type { GateView } from '../blocks/gates-block.js';
import { isAbsent, type Part, type Place, type ReportView } from '../view.js';
import { classMatrix } from '../classes/class-matrix.js';
import { classTable } from '../classes/class-table.js';
import { calibrationOf } from './calibration.js';
import { driftOf } from './drift.js';
import { estimatedOf } from './estimated.js';
import { figuresOf } from './figures.js';
import { gainsOf } from './gains.js';
import { gatesBlock, gateViews } from './gates.js';
import { matrixOf } from './matrix.js';
import { prOf } from './pr.js';
import type { ReportContext } from '../report-context.js';
import type { ReportSource } from './report-source.js';
import { rocOf } from './roc.js';
import { slicesOf } from './slices.js';
import { withoutSweep } from './threshold.js';

interface SectionOf {
  place: Place;
  /** The block; or why it is not there; or null where it does not belong to such a model. */
  block: (source: ReportSource, context: ReportContext, gates: GateView[]) => Part<Block>;
}

/**
 * The sections of a monitoring report. A new one is an entry here and a file beside this one that makes its block: the
 * page, Markdown, CSV and exported files take it from there. What moves with the threshold is told by `what-if.ts`.
 */
const sections: SectionOf[] = [
  { place: 'top', block: (source, _, gates) => gatesBlock(source, gates) },
  { place: 'cards', block: (source, context, gates) => matrixOf(source, gates, context) },
  { place: 'cards', block: (source) => withoutSweep(source) },
  { place: 'cards', block: (source) => source.byClass && classMatrix(source.byClass) },
  { place: 'wide', block: (source) => source.byClass && classTable({ ...source, ...source.byClass }) },
  { place: 'top', block: (source) => (source.task === 'regression' ? figuresOf(source, 'Figures') : null) },
  { place: 'end', block: (source) => (source.task === 'regression' ? null : figuresOf(source, 'Other figures')) },
  { place: 'wide', block: (source) => estimatedOf(source) },
  { place: 'cards', block: (source) => prOf(source) },
  { place: 'pairs', block: (source) => rocOf(source) },
  { place: 'pairs', block: (source) => gainsOf(source) },
  { place: 'pairs', block: (source) => calibrationOfSource(source) },
  { place: 'wide', block: (source, context) => slicesOf({ ...source, worst: source.worstSlice }, context) },
  { place: 'cards', block: (source, context) => driftOf(source, context) },
];

/** What the report of a source holds, and why it does not hold the rest. */
export function sectionsOf(source: ReportSource, context: ReportContext): Pick<ReportView, 'sections' | 'absent'> {
  const gates = gateViews(source, context);
  const made = sections.map(({ place, block }) => ({ place, block: block(source, context, gates) }));
  return {
    sections: made.flatMap(({ place, block }) => (block === null || isAbsent(block) ? [] : [{ place, block }])),
    absent: made.flatMap(({ block }) => (block !== null && isAbsent(block) ? [block.absent] : [])),
  };
}

function calibrationOfSource({ task, calibration, reasons }: ReportSource): Part<Block> {
  return task === 'binary' ? calibrationOf(calibration, reasons.calibration) : null;
}
