import {
  type FeatureStatistics,
  type ModelMonitorConstraints,
  type ModelMonitorStatistics,
  type ModelMonitorViolations,
  type ModelQualityConstraints,
  qualityLimits,
  violated,
} from '../../documents/model-monitor.js';
import type { Block, OverlayView, PageView } from '../blocks/blocks.js';
import { formatCount } from '../format/numbers.js';
import { categoryOverlay, overlayOf } from '../blocks/overlay.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import { listed, plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

const origin = 'A file of SageMaker Model Monitor, shown as it is.';

/** What Model Monitor saw of a table, feature by feature. */
export function statisticsPage(document: ModelMonitorStatistics, context: PageContext): PageView {
  const { features, dataset } = document;
  return page(context, {
    about: 'model-monitor-statistics',
    title: 'statistics',
    origin,
    headline: `${features.length} ${plural(features.length, 'feature')} of ${formatCount(dataset.item_count)} rows`,
    summary: `${features.filter(({ numerical_statistics: numbers }) => numbers).length} hold numbers; standard deviations divide by n.`,
    blocks: [
      {
        type: 'table',
        id: 'features',
        title: 'Features',
        columns: [
          { id: 'feature', title: 'Feature' },
          { id: 'type', title: 'Type' },
          { id: 'shape', title: 'Distribution' },
          { id: 'missing', title: 'Missing', number: true },
          ...['mean', 'std_dev', 'min', 'max'].map((id) => ({
            id,
            title: id.replace('std_dev', 'standard deviation'),
            number: true,
          })),
          { id: 'distinct', title: 'Distinct', number: true },
        ],
        rows: features.map((feature) => ({ id: feature.name, cells: featureCells(feature) })),
      },
      ...categories(features),
    ],
  });
}

function featureCells(feature: FeatureStatistics) {
  const { name, inferred_type: type, numerical_statistics: numbers, string_statistics: texts } = feature;
  const overlay = shapeOf(feature);
  const reason = texts ? 'it holds texts' : 'it holds no values';
  const distinct = numbers?.approximate_num_distinct_values ?? numberOf(texts?.distinct_count);
  return [
    textCell(name, 40),
    textCell(type),
    overlay ? { text: '', sort: null, overlay } : textCell(null),
    countCell((numbers ?? texts)?.common.num_missing),
    ...(['mean', 'std_dev', 'min', 'max'] as const).map((id) => numberCell(numberOf(numbers?.[id]), { reason })),
    countCell(distinct),
  ];
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function shapeOf({
  name,
  numerical_statistics: numbers,
  string_statistics: texts,
}: FeatureStatistics): OverlayView | null {
  const bins = numbers?.distribution?.kll?.buckets.map(({ count }) => numberOf(count) ?? 0);
  const counts = texts?.distribution?.categorical?.buckets.map(({ count }) => count);
  const drawn = bins
    ? overlayOf({ baseline: bins, current: bins })
    : counts && categoryOverlay({ baseline: counts.slice(0, 20), current: counts.slice(0, 20) });
  return drawn ? { ...drawn, current: '', label: `distribution of ${name}` } : null;
}

/** So many categories of a feature are listed. */
const mostCategories = 12;

function categories(features: FeatureStatistics[]): Block[] {
  const rows = features.flatMap(({ name, string_statistics: texts }) => {
    const buckets = texts?.distribution?.categorical?.buckets ?? [];
    if (buckets.length < 2) return [];
    return buckets.slice(0, mostCategories).map(({ value, count }) => ({
      id: `${name} ${value}`,
      cells: [textCell(name, 40), textCell(value), countCell(count)],
    }));
  });
  if (rows.length === 0) return [];
  return [
    {
      type: 'table',
      id: 'categories',
      title: `Most frequent values, up to ${mostCategories} a feature`,
      columns: [
        { id: 'feature', title: 'Feature' },
        { id: 'value', title: 'Value' },
        { id: 'count', title: 'Rows', number: true },
      ],
      rows,
    },
  ];
}

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
    origin,
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

/** Where a table was not what it must be. */
export function violationsPage({ violations }: ModelMonitorViolations, context: PageContext): PageView {
  const features = new Set(violations.map(violated));
  const what = violations.every(({ feature_name }) => feature_name !== undefined) ? 'feature' : 'metric';
  return page(context, {
    about: 'model-monitor-violations',
    title: 'violations',
    origin,
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

/** What a model's figures must be. */
export function qualityConstraintsPage(document: ModelQualityConstraints, context: PageContext): PageView {
  const { task, limits } = qualityLimits(document)!;
  return page(context, {
    about: 'model-quality-constraints',
    title: 'constraints',
    origin,
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
