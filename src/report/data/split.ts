import type { SplitManifest } from '../../documents/tables/split-manifest.js';
import type { PageView } from '../blocks/blocks.js';
import { fact, runFact } from '../blocks/facts.js';
import { formatCount } from '../format/numbers.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import { page, type PageContext } from '../blocks/page.js';

/** How the feature groups were divided. */
export function splitPage(manifest: SplitManifest, context: PageContext): PageView {
  const parts = Object.entries(manifest.parts);
  const rows = parts.reduce((sum, [, part]) => sum + part.rows, 0);
  return page(context, {
    about: 'split-manifest',
    title: 'split',
    headline: `${formatCount(manifest.entities)} entities and ${formatCount(rows)} rows in four parts`,
    summary: manifest.rule,
    facts: [
      fact('Divided by', manifest.by),
      fact('Seed', manifest.seed === null ? null : String(manifest.seed)),
      fact('Run', manifest.runId),
      { ...runFact(manifest.createdAt, context.now), label: 'Made' },
    ],
    blocks: [
      {
        type: 'table',
        id: 'parts',
        title: 'Parts',
        columns: [
          { id: 'part', title: 'Part' },
          { id: 'entities', title: 'Entities', number: true },
          { id: 'rows', title: 'Rows', number: true },
          { id: 'share', title: 'Rows %', number: true },
          { id: 'positives', title: 'Positives', number: true },
          { id: 'rate', title: 'Positive %', number: true },
        ],
        rows: parts.map(([name, part]) => ({
          id: name,
          cells: [
            textCell(name),
            countCell(part.entities),
            countCell(part.rows),
            numberCell(rows > 0 ? (100 * part.rows) / rows : null, { decimals: 1, reason: 'there are no rows' }),
            countCell(part.positives, 'the target is no yes or no'),
            numberCell(part.positives === null || part.rows === 0 ? null : (100 * part.positives) / part.rows, {
              reason: part.rows === 0 ? 'there are no rows' : 'the target is no yes or no',
            }),
          ],
        })),
      },
    ],
  });
}
