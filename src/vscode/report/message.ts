import { messageOf } from '../../common/errors.js';
import { recognise } from '../../documents/recognise.js';
import { openDocument } from '../../report/open.js';
import type { HostMessage } from '../../report/protocol.js';
import type { CommandId } from '../../report/view.js';
import type { Override } from '../../documents/ledger.js';
import { decisionNow } from './decision-now.js';

/** Where a document is looked at. */
export interface Place {
  project: string;
  environment: string;
  overrides: Override[];
}

/** What looking at any document needs; all else belongs to the project whose document it is. */
const looking: CommandId[] = ['viewJson', 'copyMarkdown'];
const acting: CommandId[] = ['retrain', 'monitor', 'clearOverride', 'openEvidence', 'compare', 'openLog'];

/**
 * The complete snapshot a page is sent. Overrides count only for a document of this very project and environment, and
 * decide anew what follows from its figures; its verdict stays as it was recorded.
 */
export function messageFor(name: string, text: string, place: Place | undefined, now: Date): HostMessage {
  const found = recogniseText(text);
  const results = found?.kind === 'monitoring-results' ? found.document : undefined;
  if (!results || results.project !== place?.project || results.environment !== place.environment) {
    return openDocument(name, text, { overrides: [], now, commands: looking });
  }
  const { overrides } = place;
  const decision = decisionNow(results, overrides, now);
  return openDocument(name, text, { overrides, now, decisionNow: decision, commands: [...looking, ...acting] });
}

/** A document that cannot even be read. */
export function unreadable(name: string, error: unknown): HostMessage {
  return { type: 'raw', name, reason: messageOf(error), text: '', actions: ['viewJson'] };
}

function recogniseText(text: string): ReturnType<typeof recognise> | undefined {
  try {
    return recognise(JSON.parse(text));
  } catch {
    return undefined;
  }
}
