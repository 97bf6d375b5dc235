import type { GateStrip } from '../../src/report/runs/strip.js';
import { el, svg } from '../shared/dom.js';
import { answerIcon } from '../shared/icons.js';

const [width, tall, edge] = [160, 36, 5];
const x = (share: number) => (edge + share * (width - 2 * edge)).toFixed(1);
const y = (share: number) => (edge + share * (tall - 2 * edge)).toFixed(1);
const path = (points: { x: number; y: number }[]) =>
  points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(point.x)} ${y(point.y)}`).join('');

/** A card for each gate: its figure over the last runs against its limit; a press shows all of it. */
export function drawStrips(strips: GateStrip[], onPress: () => void): HTMLElement[] {
  return strips.map((strip) => {
    const card = el(
      'button',
      { type: 'button', class: 'strip', 'data-gate': strip.id, 'data-answer': strip.answer, title: strip.summary },
      el('span', { class: 'strip-title' }, el('span', { class: 'strip-name' }, strip.title), answerIcon(strip.answer)),
      drawLine(strip),
      el('span', { class: 'strip-foot' }, el('strong', {}, strip.value), el('span', { class: 'quiet' }, strip.limit)),
      el('span', { class: 'unseen' }, ` ${strip.answer}. ${strip.summary}`),
    );
    card.addEventListener('click', onPress);
    return card;
  });
}

/** What the signs of a strip mean. */
export function drawKey(): HTMLElement {
  const signs: [string, SVGElement][] = [
    ['limit', svg('path', { class: 'strip-limit', d: 'M0 6H14' })],
    ['now', svg('circle', { class: 'strip-last', cx: 7, cy: 6, r: 2.6 })],
    ['fail', drawMark({ x: 0, y: 0, answer: 'fail' }, [7, 6])],
    ['not judged', drawMark({ x: 0, y: 0, answer: 'inconclusive' }, [7, 6])],
    ['no verdict', svg('path', { class: 'strip-gap', d: 'M7 0V12' })],
  ];
  const drawn = signs.map(([word, sign]) =>
    el('span', {}, svg('svg', { viewBox: '0 0 14 12', 'aria-hidden': 'true' }, sign), word),
  );
  return el('span', { class: 'strip-key quiet small' }, ...drawn);
}

function drawLine({ lines, limits, marks, gaps }: GateStrip): SVGElement {
  const attributes = { class: 'strip-line', viewBox: `0 0 ${width} ${tall}`, 'aria-hidden': 'true' };
  const last = lines.at(-1)?.at(-1);
  return svg(
    'svg',
    attributes,
    ...gaps.map((at) => svg('path', { class: 'strip-gap', d: `M${x(at)} ${edge}V${tall - edge}` })),
    svg('path', { class: 'strip-limit', d: path(limits) }),
    ...lines.map((line) => svg('path', { class: 'strip-figure', d: path(line) })),
    last === undefined ? null : svg('circle', { class: 'strip-last', cx: x(last.x), cy: y(last.y), r: 2.6 }),
    ...marks.map((mark) => drawMark(mark)),
  );
}

/** A cross for a failure, a ring for what could not be told: never by colour alone. */
function drawMark(
  { x: at, y: up, answer }: GateStrip['marks'][number],
  [across, down] = [Number(x(at)), Number(y(up ?? 0.5))],
): SVGElement {
  if (answer === 'fail' || answer === 'error') {
    const d = `M${across - 3} ${down - 3}l6 6M${across + 3} ${down - 3}l-6 6`;
    return svg('path', { class: 'strip-mark', 'data-answer': answer, d });
  }
  return svg('circle', { class: 'strip-mark', 'data-answer': answer, cx: across, cy: down, r: 3 });
}
