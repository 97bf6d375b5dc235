import type { FeatureStatistics, ModelMonitorStatistics } from '../../../documents/model-monitor/statistics.js';
import type { Block, OverlayView, PageView } from '../../blocks/blocks.js';
import { countCell, numberCell, textCell } from '../../blocks/cells.js';
import { categoryOverlay, overlayOf } from '../../blocks/overlay.js';
import { page, type PageContext } from '../../blocks/page.js';
import { formatCount } from '../../format/numbers.js';
import { plural } from '../../format/words.js';
import { modelMonitorOrigin } from './origin.js';

/** What Model Monitor saw of a table, feature by feature. */
export function statisticsPage(document: ModelMonitorStatistics, context: PageContext): PageView {
  const { features, dataset } = document;
  return page(context, {
    about: 'model-monitor-statistics',
    title: 'statistics',
    origin: modelMonitorOrigin,
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
