import type { ModelMonitorConstraints } from '../../../documents/model-monitor/constraints.js';
import type { PageView } from '../../blocks/blocks.js';
import { numberCell, textCell } from '../../blocks/cells.js';
import { page, type PageContext } from '../../blocks/page.js';
import { listed, plural } from '../../format/words.js';
import { modelMonitorOrigin } from './origin.js';

/** What a table must look like. */
export function monitorConstraintsPage(document: ModelMonitorConstraints, context: PageContext): PageView {
  const { features, monitoring_config: config } = document;
  const distribution = config?.distribution_constraints;
  const facts = [
    ['Evaluate', config?.evaluate_constraints],
    ['Type threshold', config?.datatype_check_threshold],
    ['Domain threshold', config?.domain_content_threshold],
    ['Comparison', distribution?.perform_comparison],
    ['Comparison threshold', distribution?.comparison_threshold],
    ['Comparison method', distribution?.comparison_method],
  ] as const;
  return page(context, {
    about: 'model-monitor-constraints',
    title: 'constraints',
    origin: modelMonitorOrigin,
    headline: `What ${features.length} ${plural(features.length, 'feature')} must look like`,
    summary: config ? '' : 'It holds no configuration; the monitor’s defaults count.',
    facts: facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, text: String(value), full: null }])),
    blocks: [
      {
        type: 'table',
        id: 'features',
        title: 'Features',
        columns: [
          { id: 'feature', title: 'Feature' },
          { id: 'type', title: 'Type' },
          { id: 'completeness', title: 'Completeness at least', number: true },
          { id: 'negative', title: 'Negative values' },
          { id: 'domain', title: 'Allowed values', wide: true },
        ],
        rows: features.map((feature) => {
          const domains = feature.string_constraints?.domains;
          return {
            id: feature.name,
            cells: [
              textCell(feature.name, 40),
              textCell(feature.inferred_type),
              numberCell(feature.completeness, { decimals: 2, reason: 'no limit' }),
              textCell(feature.num_constraints?.is_non_negative === true ? 'not allowed' : 'allowed'),
              domains === undefined
                ? textCell('any')
                : { text: listed(domains, 8), sort: domains.join('; '), full: domains.join(', ') },
            ],
          };
        }),
      },
    ],
  });
}
