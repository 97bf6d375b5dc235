import { violated, type ModelMonitorViolations } from '../../../documents/model-monitor/violations.js';
import type { PageView } from '../../blocks/blocks.js';
import { textCell } from '../../blocks/cells.js';
import { page, type PageContext } from '../../blocks/page.js';
import { listed, plural } from '../../format/words.js';
import { modelMonitorOrigin } from './origin.js';

/** Where a table was not what it must be. */
export function violationsPage({ violations }: ModelMonitorViolations, context: PageContext): PageView {
  const features = new Set(violations.map(violated));
  const what = violations.every(({ feature_name }) => feature_name !== undefined) ? 'feature' : 'metric';
  return page(context, {
    about: 'model-monitor-violations',
    title: 'violations',
    origin: modelMonitorOrigin,
    answer: violations.length > 0 ? 'fail' : 'pass',
    headline:
      violations.length === 0
        ? 'No constraint is violated'
        : `${violations.length} ${plural(violations.length, 'violation')} in ${features.size} ${plural(features.size, what)}`,
    summary: violations.length === 0 ? 'The file lists no violation.' : `${listed([...features])}.`,
    blocks:
      violations.length === 0
        ? []
        : [
            {
              type: 'table',
              id: 'violations',
              title: 'Violations',
              columns: [
                { id: 'feature', title: what === 'feature' ? 'Feature' : 'Metric' },
                { id: 'check', title: 'Check' },
                { id: 'description', title: 'What was found', wide: true },
              ],
              rows: violations.map((violation, at) => ({
                id: String(at),
                cells: [
                  textCell(violated(violation), 40),
                  textCell(violation.constraint_check_type.replaceAll('_', ' ')),
                  textCell(violation.description, 400),
                ],
              })),
            },
          ],
  });
}
