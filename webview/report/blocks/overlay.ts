import type { OverlayView } from '../../../src/report/blocks/blocks.js';
import { overlayBox } from '../../../src/report/blocks/overlay.js';
import { svg } from '../../shared/dom.js';

/** Two distributions over the same bins; what they show is said in words too. */
export function drawOverlay({ baseline, current, label }: OverlayView): SVGElement {
  return svg(
    'svg',
    {
      class: 'overlay',
      viewBox: `0 0 ${overlayBox.width} ${overlayBox.height}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': label,
    },
    svg('title', {}, label),
    svg('path', { class: 'line-baseline', d: baseline }),
    current === '' ? null : svg('path', { class: 'line-current', d: current }),
  );
}
