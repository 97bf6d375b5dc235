import type { Calibration } from '../../documents/slices.js';
import type { ChartBlock } from '../blocks/blocks.js';
import { formatNumber } from '../format/numbers.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import type { Part } from '../view.js';

/** Whether a score of 0.3 means three in ten. */
export function calibrationOf(calibration: Calibration | null, reason: string | undefined): Part<ChartBlock> {
  if (!calibration) return { absent: reason ?? 'No calibration is recorded.' };
  if (calibration.bins.length === 0) return { absent: reason ?? 'No score can be grouped for a calibration.' };
  const { bins, ece, mce, binning } = calibration;
  const top = bins.reduce((most, { meanScore, positiveRate }) => Math.max(most, meanScore, positiveRate), 0);
  // Rare positives would all lie in one corner.
  const high = top < 0.5 ? top * 1.08 : 1;
  return {
    type: 'chart',
    id: 'calibration',
    title: 'Calibration',
    series: [
      {
        name: 'share of positives in each group of scores',
        role: 'current',
        draw: 'points',
        x: bins.map(({ meanScore }) => meanScore),
        y: bins.map(({ positiveRate }) => positiveRate),
      },
    ],
    x: { title: 'mean score', min: 0, max: high },
    y: { title: 'share of positives', min: 0, max: high },
    marks: [],
    diagonal: 'perfect',
    summary:
      `${ece === null ? 'The calibration error is not known' : `Expected calibration error ${formatNumber(ece)}`}` +
      `${mce === null ? '' : `, largest ${formatNumber(mce)}`}; above the line the model promises too little. ${binning}.`,
    table: {
      type: 'table',
      id: 'calibration-table',
      title: 'Calibration as a table',
      columns: [
        { id: 'scores', title: 'Scores' },
        { id: 'n', title: 'Rows', number: true },
        { id: 'mean', title: 'Mean score', number: true },
        { id: 'rate', title: 'Share of positives', number: true },
      ],
      rows: bins.map(({ from, to, n, meanScore, positiveRate }) => ({
        id: String(from),
        cells: [
          { ...textCell(`${formatNumber(from, 2)} – ${formatNumber(to, 2)}`), sort: from },
          countCell(n),
          numberCell(meanScore),
          numberCell(positiveRate),
        ],
      })),
    },
  };
}
