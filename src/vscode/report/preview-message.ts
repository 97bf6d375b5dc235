import type { HostMessage } from '../../report/protocol.js';
import { viewOf } from '../../report/open.js';
import type { CommandId } from '../../report/view.js';

const looking: CommandId[] = ['copyMarkdown', 'copyCsv', 'saveCsv', 'readWhole'];

/** What a preview shows of what was found. An archive in an archive is listed, and not gone into. */
export function previewMessage(name: string, found: unknown, inArchive: boolean, now: Date): HostMessage {
  const commands = inArchive ? looking : [...looking, 'openMember' as const];
  const view = viewOf(found, { overrides: [], now, commands });
  if (typeof view !== 'string') return { type: 'report', view };
  return { type: 'raw', name, reason: view, text: '', actions: [] };
}
