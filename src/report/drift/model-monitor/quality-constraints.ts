import { qualityLimits, type ModelQualityConstraints } from '../../../documents/model-monitor/quality-constraints.js';
import type { PageView } from '../../blocks/blocks.js';
import { numberCell, textCell } from '../../blocks/cells.js';
import { page, type PageContext } from '../../blocks/page.js';
import { plural } from '../../format/words.js';
import { modelMonitorOrigin } from './origin.js';

/** What a model's figures must be. */
export function qualityConstraintsPage(document: ModelQualityConstraints, context: PageContext): PageView {
  const { task, limits } = qualityLimits(document)!;
  return page(context, {
    about: 'model-quality-constraints',
    title: 'constraints',
    origin: modelMonitorOrigin,
    headline: `What ${limits.length} ${plural(limits.length, 'figure')} of a ${task} must be`,
    summary: '',
    blocks: [
      {
        type: 'table',
        id: 'limits',
        title: 'Limits',
        columns: [
          { id: 'metric', title: 'Metric' },
          { id: 'violated', title: 'Violated when' },
          { id: 'threshold', title: 'Threshold', number: true },
        ],
        rows: limits.map(([metric, { threshold, comparison_operator: operator }]) => ({
          id: metric,
          cells: [
            textCell(metric, 60),
            textCell(operator.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()),
            typeof threshold === 'number' ? numberCell(threshold, { decimals: 3 }) : textCell(threshold),
          ],
        })),
      },
    ],
  });
}
