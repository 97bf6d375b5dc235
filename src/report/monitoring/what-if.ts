import type { Confusion } from '../../documents/evaluation.js';
import type { Block, ChartBlock, TableBlock, TilesBlock, TileView } from '../blocks/blocks.js';
import type { GatesBlock, GateView } from '../blocks/gates-block.js';
import type { MatrixBlock, SweepView } from '../matrix-block.js';
import { commonDecimals, countOf, figureOf } from '../format/numbers.js';
import { plural } from '../format/words.js';
import type { BannerView, Figure, Section } from '../view.js';
import { changeOf } from './figures.js';
import { gateAt } from './gate-at.js';
import { softNote } from './gates.js';
import { blamedCells, cellsOf, matrixTitle } from './matrix.js';
import { prAt } from './pr.js';
import { movesWithThreshold, rateOfConfusion } from './rate-of-confusion.js';
import { rocAt } from './roc.js';
import { confusionAt } from './threshold.js';

/** A report at a threshold that nobody recorded. */
export interface WhatIf {
  threshold: Figure;
  /** In the place of the answer: "What if the threshold were 0.12: recall 0.833, precision 0.006". */
  banner: Pick<BannerView, 'headline' | 'summary'>;
  /** The sections, in their order; those that do not follow from the confusion matrix are as they were. */
  blocks: Block[];
  /** All of it in one sentence, to be read aloud. */
  summary: string;
}

interface At {
  threshold: Figure;
  confusion: Confusion;
  gates: GateView[];
}

/** What everything that follows from the matrix would be at a position of the sweep. Changes nothing. */
export function whatIfAt(sections: readonly Section[], sweep: SweepView, position: number): WhatIf {
  const confusion = confusionAt(sweep, position);
  const threshold = figureOf(sweep.threshold[position]);
  const gates = sections.flatMap(({ block }) => (block.type === 'gates' ? block.gates : []));
  const at = { threshold, confusion, gates: gates.map((gate) => gateAt(gate, confusion)) };
  return {
    threshold,
    banner: bannerAt(at),
    blocks: sections.map(({ block }) => blockAt(block, at)),
    summary: summaryAt(at),
  };
}

/** Every section that moves with the threshold, by its kind or its name. */
function blockAt(block: Block, at: At): Block {
  if (block.type === 'gates') return gatesAt(block, at);
  if (block.type === 'matrix') return matrixAt(block, at);
  if (block.type === 'tiles') return tilesAt(block, at);
  if (block.type === 'chart') return chartAt(block, at);
  return block.type === 'table' && block.id === 'slices' ? slicesAt(block) : block;
}

function gatesAt(block: GatesBlock, { gates }: At): GatesBlock {
  const failed = gates.filter(({ level, status }) => level === 'soft' && status === 'fail').length;
  return { ...block, gates, note: block.soft ? softNote({ ...block.soft, failed }) : block.note };
}

/** Rows are those of the recorded threshold, so no cell opens. */
function matrixAt(block: MatrixBlock, { threshold, confusion, gates }: At): MatrixBlock {
  const cells = cellsOf(confusion, blamedCells(gates));
  return { ...block, title: matrixTitle(threshold), cells, opens: false, whatIf: true };
}

function tilesAt(block: TilesBlock, { confusion }: At): TilesBlock {
  return { ...block, tiles: block.tiles.map((tile) => (movesWithThreshold(tile.id) ? tileAt(tile, confusion) : tile)) };
}

function tileAt(tile: TileView, confusion: Confusion): TileView {
  const { value } = rateOfConfusion(tile.id, confusion);
  const before = tile.baseline?.value ?? null;
  const decimals = tile.decimals ?? commonDecimals([value, before]);
  return {
    ...tile,
    value: figureOf(value, 'nothing to divide by at this threshold', decimals),
    change: value === null || before === null ? '' : changeOf(value, before, tile.betterIs ?? 'higher', decimals),
    note: `recorded ${tile.value.text}`,
    whatIf: true,
  };
}

/** Where the model would work on the two curves. */
function chartAt(block: ChartBlock, { confusion }: At): ChartBlock {
  const [recall, precision, fpr] = (['recall', 'precision', 'fpr'] as const).map(
    (name) => rateOfConfusion(name, confusion).value ?? null,
  ) as [number | null, number | null, number | null];
  if (block.id === 'pr') return prAt(block, recall === null || precision === null ? null : { recall, precision });
  return block.id === 'roc' ? rocAt(block, recall === null || fpr === null ? null : { x: fpr, y: recall }) : block;
}

/** Rows of a slice are not swept over thresholds. */
function slicesAt(block: TableBlock): TableBlock {
  const stay = 'Slices stay as recorded, at the recorded threshold.';
  return { ...block, note: [block.note, stay].filter(Boolean).join(' ') };
}

/** What the model would have found; says what the recorded answer is, which stays. */
function bannerAt(at: At): WhatIf['banner'] {
  const rate = (name: 'recall' | 'precision') => figureOf(rateOfConfusion(name, at.confusion).value).text;
  const { tp, fn, fp } = at.confusion;
  return {
    headline: `What if the threshold were ${at.threshold.text}: recall ${rate('recall')}, precision ${rate('precision')}`,
    summary:
      `The model would find ${countOf(tp).text} of ${countOf(tp + fn).text} ${plural(tp + fn, 'positive')} and raise ` +
      `${countOf(fp).text} false ${plural(fp, 'alarm')}; ${failingWords(at)}. ` +
      'Nothing is saved: the verdict and the decision stay as recorded.',
  };
}

function summaryAt(at: At): string {
  const { tp, fn, fp } = at.confusion;
  return (
    `Threshold ${at.threshold.text}: ${countOf(tp).text} found, ${countOf(fn).text} missed, ` +
    `${countOf(fp).text} false alarms; ${failingWords(at)}`
  );
}

function failingWords({ gates }: At): string {
  const rates = gates.filter(({ rate }) => rate !== null);
  const failing = rates.filter(({ status }) => status === 'fail' || status === 'warn').length;
  return `${failing} of ${rates.length} rate ${plural(rates.length, 'gate')} would fail`;
}
