import { messageOf, NoSuchObject } from '../../common/errors.js';
import { readRows } from '../../pipeline/rows/read-rows.js';
import type { ResultsAt } from '../../pipeline/stored-results.js';
import type { Block } from '../../report/blocks/blocks.js';
import type { Embedded } from '../../report/export/stand-alone.js';
import { explainedMessages, rowsMessage } from '../../report/monitoring/rows-view.js';
import { openDocument } from '../../report/open.js';
import type { ReportSource } from './report-source.js';

/** So many columns and slices get their rows: the first, which stand out most. */
const mostOpening = 20;

/** The rows behind every cell and gate, and behind what drifted most, each with what moved its score. */
export async function embeddedRows(
  { from, text }: ReportSource,
  most: number,
  tell: (text: string) => void,
): Promise<Omit<Embedded, 'message'>> {
  const embedded: Omit<Embedded, 'message'> = { rows: {}, explained: {} };
  if (!from || !(most > 0)) return embedded;
  const { environment, results, signal } = from;
  for (const selection of selectionsOf(results, text)) {
    try {
      const wish = { selection, limit: most, signal };
      // A version that is gone, or a model without contributions, still leaves the rows.
      const explained = await readRows(environment, results, { ...wish, contributions: true }).catch(() => undefined);
      const rows = explained ?? (await readRows(environment, results, { ...wish, contributions: false }));
      embedded.rows[selection] = rowsMessage(rows, explained !== undefined);
      for (const one of explained ? explainedMessages(explained) : []) embedded.explained[one.record] = one;
    } catch (error) {
      tell(`${selection}: its rows are left out: ${messageOf(error)}`);
      // Without a table there is nothing behind any other figure either.
      if (error instanceof NoSuchObject) break;
    }
  }
  return embedded;
}

function selectionsOf({ results }: ResultsAt, text: string): string[] {
  const opened = openDocument('results', text, { overrides: [], now: new Date(), commands: ['showRows'] });
  if (opened.type === 'raw' || opened.view.kind !== 'monitoring') return [];
  const cells = results.confusion_matrix ? ['cell:fn', 'cell:fp', 'cell:tp', 'cell:tn'] : [];
  return [...new Set([...cells, ...opened.view.sections.flatMap(({ block }) => openingIn(block))])];
}

/** What a press on a section's gates, or on its first rows, would open. */
function openingIn(block: Block): string[] {
  if (block.type === 'gates') return block.gates.flatMap(({ evidence }) => evidence?.action?.argument ?? []);
  return block.type === 'table' ? block.rows.slice(0, mostOpening).flatMap(({ open }) => open?.argument ?? []) : [];
}
