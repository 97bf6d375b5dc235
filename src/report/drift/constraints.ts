import type { ForeignConstraints } from '../../documents/foreign/foreign-files.js';
import type { PageView, TableRow } from '../blocks/blocks.js';
import { cellsText } from '../monitoring/matrix.js';
import { fact } from '../blocks/facts.js';
import { nameOf } from '../format/figure-names.js';
import { numberCell, textCell } from '../blocks/cells.js';
import { plural, versionWord } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

/** What the gates of a version resolve to in numbers; ours and the template's contract hold the same keys. */
export function constraintsPage(document: ForeignConstraints, origin: string | null, context: PageContext): PageView {
  const rows = rowsOf(document);
  const version = typeof document.modelVersion === 'string' ? document.modelVersion : null;
  const { baseline_confusion: confusion, feature_cols: columns } = document;
  return page(context, {
    about: 'monitoring-constraints',
    title: ['constraints', version && versionWord(version)].filter(Boolean).join(' · '),
    origin,
    headline: `${rows.length} ${plural(rows.length, 'limit')} that monitoring holds the model to`,
    summary: confusion ? `On the test set: ${cellsText(confusion)}.` : '',
    facts: [
      ...(version === null ? [] : [fact('Version', versionWord(version))]),
      fact('Threshold', document.decision_threshold === null ? null : numberCell(document.decision_threshold).text),
      fact('Target recall', document.target_recall === null ? null : numberCell(document.target_recall).text),
      { label: 'Features', text: String(columns.length), full: columns.join(', ') },
    ],
    blocks: [
      {
        type: 'table',
        id: 'limits',
        title: 'Limits',
        columns: [
          { id: 'level', title: 'Level' },
          { id: 'figure', title: 'Figure' },
          { id: 'min', title: 'At least', number: true },
          { id: 'max', title: 'At most', number: true },
          { id: 'baseline', title: 'Baseline', number: true },
          { id: 'action', title: 'Action' },
        ],
        rows,
      },
      ...(columns.length > 0
        ? [{ type: 'text' as const, id: 'features', title: 'Features', lines: [columns.join(', ')] }]
        : []),
    ],
  });
}

const none = 'no limit on this side';

function rowsOf({
  primary_constraint: primary,
  secondary_constraints: secondary,
  data_quality: quality,
}: ForeignConstraints): TableRow[] {
  const row = (
    level: string,
    figure: string,
    limits: { min?: number | null; max?: number | null; baseline?: number | null; action?: string | null },
  ): TableRow => ({
    id: figure,
    cells: [
      textCell(level),
      textCell(nameOf(figure).title),
      numberCell(limits.min, { reason: none }),
      numberCell(limits.max, { reason: none }),
      numberCell(limits.baseline, { reason: 'this limit needs no baseline' }),
      textCell(limits.action),
    ],
  });
  const floor = primary?.operator.startsWith('>') === true;
  return [
    ...(primary
      ? [row('primary', primary.metric, { [floor ? 'min' : 'max']: primary.threshold, action: primary.action })]
      : []),
    ...Object.entries(secondary).map(([figure, limits]) => row('secondary', figure, limits)),
    ...(quality.max_null_pct === null ? [] : [row('data', 'null_pct', { max: quality.max_null_pct })]),
    ...(quality.max_feature_drift === null
      ? []
      : [row('data', 'max_feature_drift', { max: quality.max_feature_drift })]),
  ];
}
