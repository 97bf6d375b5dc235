import type { Plugin } from 'chart.js';
import type { ChartBlock } from '../../../src/report/blocks/blocks.js';
import type { Palette } from './chart.js';

type State = NonNullable<ChartBlock['states']>[number];

export const bandHeight = 16;
const gap = 4;

/** Drawn by a sign and a word where there is room, and hatched where nothing is known: never by colour alone. */
const looks: Partial<Record<State['answer'], { sign: string; colour: (colours: Palette) => string; filled: boolean }>> =
  {
    fail: { sign: '▲', colour: ({ line }) => line.now, filled: true },
    pass: { sign: '✓', colour: ({ line }) => line['line-3'], filled: false },
  };
const unknown = { sign: '?', colour: ({ text }: Palette) => text, filled: false };

/** The states of an alarm over time as a band above the lines. */
export function stateBand(states: readonly State[], colours: Palette): Plugin<'scatter'> {
  return {
    id: 'state-band',
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      const top = chartArea.top - bandHeight - gap;
      for (const { from, to, answer, text } of states) {
        const { sign, colour, filled } = looks[answer] ?? unknown;
        const [left, right] = [from, to].map((at) =>
          Math.min(chartArea.right, Math.max(chartArea.left, scales.x!.getPixelForValue(at))),
        ) as [number, number];
        const width = Math.max(right - left - 1, 1);
        ctx.save();
        ctx.beginPath();
        ctx.rect(left, top, width, bandHeight);
        ctx.clip();
        ctx.strokeStyle = ctx.fillStyle = colour(colours);
        ctx.globalAlpha = filled ? 1 : 0.15;
        if (looks[answer] !== undefined) ctx.fillRect(left, top, width, bandHeight);
        else hatch(ctx, left, top, width);
        ctx.globalAlpha = 1;
        if (!filled) ctx.fillRect(left, top + bandHeight - 2, width, 2);
        ctx.font = `11px ${colours.font}`;
        ctx.textBaseline = 'middle';
        const words = [`${sign} ${text}`, sign].find((one) => ctx.measureText(one).width + 5 <= width);
        if (words !== undefined) {
          if (looks[answer] === undefined) {
            ctx.fillStyle = colours.paper;
            ctx.fillRect(left + 2, top, ctx.measureText(words).width + 6, bandHeight - 2);
          }
          ctx.fillStyle = filled ? colours.paper : colours.strong;
          ctx.fillText(words, left + 3, top + bandHeight / 2);
        }
        ctx.restore();
      }
    },
  };
}

function hatch(ctx: CanvasRenderingContext2D, left: number, top: number, width: number): void {
  ctx.globalAlpha = 0.6;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let x = left - bandHeight; x < left + width; x += 6) {
    ctx.moveTo(x, top + bandHeight);
    ctx.lineTo(x + bandHeight, top);
  }
  ctx.stroke();
}
