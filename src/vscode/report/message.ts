import type { Override } from '../../documents/ledger.js';
import { recogniseLines } from '../../documents/capture/lines.js';
import { openDocument, openParsed, parseDocument, partOf } from '../../report/open.js';
import type { HostMessage } from '../../report/protocol.js';
import type { CommandId } from '../../report/view.js';
import { decisionNow } from '../../gates/decision-now.js';

/** Where a document is looked at. */
export interface Place {
  project: string;
  environment: string;
  overrides: Override[];
}

/** What looking at any document needs; all else belongs to the project whose document it is. */
const looking: CommandId[] = ['viewJson', 'copyMarkdown', 'copyCsv', 'saveCsv', 'exportReport', 'compare'];
const acting: CommandId[] = ['retrain', 'monitor', 'clearOverride', 'showRows', 'explainRow', 'openLog'];

/**
 * The complete snapshot a page is sent. Overrides count only for a document of this very project and environment, and
 * decide anew what follows from its figures; its verdict stays as it was recorded. A text is parsed once.
 */
export function messageFor(
  name: string,
  { text, whole }: { text: string; whole: boolean },
  place: Place | undefined,
  now: Date,
): HostMessage {
  const plain = { overrides: [], now, commands: looking };
  if (!whole) return partOf(name, text, plain);
  const parsed = parseDocument(text);
  // JSON lines, or no JSON at all; one captured request alone is JSON too.
  if (typeof parsed === 'string' || (parsed.found.kind === 'raw' && recogniseLines(text))) {
    return openDocument(name, text, plain);
  }
  const { found } = parsed;
  const results = found.kind === 'monitoring-results' ? found.document : undefined;
  if (!results || results.project !== place?.project || results.environment !== place.environment) {
    return openParsed(name, parsed, plain);
  }
  const { overrides } = place;
  const decision = decisionNow(results, overrides, now);
  return openParsed(name, parsed, { overrides, now, decisionNow: decision, commands: [...looking, ...acting] });
}
