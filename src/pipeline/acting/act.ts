import { join } from 'node:path';
import { appendLines } from '../../common/files.js';
import { inside } from '../../common/inside.js';
import type { AlarmNotice } from '../../documents/watching/notice.js';
import type { Action } from '../../project/alarms/actions-schema.js';
import { runActionCommand } from './command.js';
import { sendWebhook } from './webhook.js';

/** What the watcher does; a topic of SNS is told by CloudWatch. */
export type OwnAction = Exclude<Action, { kind: 'sns' }>;

/** Where an action is done: the project's folder, and the name that `mlops.json` gives the action. */
export interface ActingAt {
  folder: string;
  name: string;
}

/**
 * Does one action. Says what came of it; no secret is in that.
 * @throws the reason why it could not be done
 */
export async function act(action: OwnAction, at: ActingAt, notice: AlarmNotice, signal: AbortSignal): Promise<string> {
  switch (action.kind) {
    case 'notification':
      // Whoever watches shows it.
      return 'shown where it is watched';
    case 'file':
      await appendLines(inside(at.folder, join(at.folder, action.path)), [JSON.stringify(notice)]);
      return `added to ${action.path}`;
    case 'webhook':
      return sendWebhook(action, notice, signal);
    case 'command':
      return runActionCommand(action, at, notice, signal);
  }
}
