import { dataQualityBaseline, type DataQualityBaseline } from '../../documents/baselines.js';
import { textStatistics } from '../../drift/category-baseline.js';
import { histogramOf, statisticsOf } from '../../drift/statistics.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { textsOf } from '../../models/table/texts.js';
import { categoryTexts, columnsAsSeen } from './drift-table.js';
import type { Part } from './parts.js';

/** Statistics of every input of a model, and of every column of texts that a rule watches, over some rows. */
export function dataBaselineOf(bundle: Bundle, rows: Part): DataQualityBaseline {
  const numbers = [...columnsAsSeen(bundle, rows)].map(
    ([name, { filled, raw }]) =>
      [name, { ...statisticsOf(filled, raw), rows: raw.length, histogram: histogramOf(filled) }] as const,
  );
  const inputs = bundle.inputs.filter(({ type }) => type === 'category').map(({ name }) => name);
  const texts = [
    ...inputs.map((name) => ({ name, text: textsOf(rows.matrix, name) })),
    ...categoryTexts(rows, bundle),
  ].map(({ name, text }) => [name, { ...textStatistics(text), rows: text.length }] as const);
  return dataQualityBaseline([...numbers, ...texts]);
}
